package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;

/// The house's names of metrics, from whatever people call them.
final class Names {
    private static final Map<String, Role> ROLES = roles();
    private static final Set<String> ACCURACY = Set.of("acc", "ac", "accuracy", "accuracies", "accu", "accurancy",
            "acuracy",
            "accuarcy", "binary_accuracy", "categorical_accuracy", "sparse_categorical_accuracy", "top1", "top_1",
            "top1_acc",
            "top1_accuracy", "acc1", "acc_1", "acc@1", "prec@1", "prec1", "precision@1", "acc_top1", "accuracy_top1",
            "top_1_acc",
            "top_1_accuracy", "top-1", "top@1", "classification_accuracy", "acc_score", "accuracy_score",
            "multiclass_accuracy",
            "multiclassaccuracy", "binaryaccuracy", "class_acc", "overall_acc", "correct_rate", "acc_top_1",
            "top_1_categorical_accuracy", "exactitud", "acuracia", "genauigkeit", "success_rate", "hit_rate",
            "top-1_accuracy", "top-1_acc", "accuratezza", "accuratezze",
            "correct", "total_correct", "num_correct", "n_correct", "accuracy01", "accuracy_top-1", "acc_top-1");
    private static final Set<String> LOSS = Set.of("loss", "losses", "cost", "cross_entropy", "crossentropy",
            "cross-entropy", "ce",
            "ce_loss", "xent", "bce", "bce_loss", "cross_entropy_loss", "crossentropyloss", "nll", "nll_loss",
            "objective", "lossvalue",
            "loss_value", "lost", "perdida", "perda", "verlust", "perte", "logloss", "log_loss", "batch_loss",
            "epoch_loss", "loss_epoch", "criterion",
            "loss_func", "multi_logloss", "binary_logloss", "mlogloss", "perdita", "strata", "kayip");
    /// Words that say nothing about which metric it is.
    private static final Set<String> FILLERS = Set.of("set", "sets", "set's", "avg", "average", "mean", "total",
            "running", "final", "the",
            "of", "on", "model", "network", "current", "cur", "data", "dataset", "images", "overall", "epoch", "is",
            "was", "a", "for",
            "in", "ave", "avg_", "cumulative", "score", "value", "result", "results", "per", "got", "and", "with", "at",
            "phase", "s",
            "now", "this", "our", "has", "step", "mini-batch", "minibatch", "end", "over", "all", "full", "smoothed",
            "metrics",
            "metric", "m", "split", "main", "no", "na", "de", "di", "del", "en", "auf", "im", "finished", "completed",
            "complete", "done", "ended", "global", "client", "clients");

    /// Role and metric by their initials, `TrL`, `VAcc`, or in one German word.
    private static final Map<String, List<String>> INITIALS = Map.ofEntries(glued("trl", "train", "loss"),
            glued("tracc", "train", "acc"), glued("tl", "train", "loss"), glued("ta", "train", "acc"),
            glued("vl", "val", "loss"), glued("va", "val", "acc"), glued("vloss", "val", "loss"),
            glued("vacc", "val", "acc"), glued("trainingsverlust", "train", "loss"),
            glued("trainingsgenauigkeit", "train", "acc"), glued("validierungsverlust", "val", "loss"),
            glued("validierungsgenauigkeit", "val", "acc"), glued("testgenauigkeit", "test", "acc"));

    private static final Memo<Parsed> KERAS = new Memo<>(Names::parseKeras);
    private static final Memo<Parsed> FREE = new Memo<>(Names::parseFree);
    private static final Memo<Boolean> BOOKKEEPING = new Memo<>(Names::saysBookkeeping);

    private Names() {
    }

    private static Map.Entry<String, List<String>> glued(String word, String role, String metric) {
        return Map.entry(word, List.of(role, metric));
    }

    private static Map<String, Role> roles() {
        var roles = new java.util.HashMap<String, Role>();
        for (var word : List.of("train", "training", "trn", "tr", "trainset", "tra", "trained", "entrenamiento",
                "learn", "in-sample", "treino", "treinamento", "entrainement",
                "addestramento"))
            roles.put(word, Role.TRAINING);
        for (var word : List.of("val", "v", "valid", "validation", "dev", "eval", "evaluation", "validate",
                "validating",
                "vali", "cv",
                "valset", "validset", "out-of-sample", "holdout", "held-out", "validaton", "vld", "evaluating",
                "evaluate", "vl",
                "va", "validacion", "validacao", "validazione")) {
            roles.put(word, Role.VALIDATION);
        }
        for (var word : List.of("test", "testing", "tst", "te", "testset", "tested", "teste", "prueba"))
            roles.put(word, Role.TEST);
        return Map.copyOf(roles);
    }

    /// The role that a word names: `Valid` is validation.
    static Optional<Role> role(String word) {
        return Optional.ofNullable(ROLES.get(word.toLowerCase(Locale.ROOT)));
    }

    /// A name taken apart.
    ///
    /// @param role empty where the name has none
    /// @param name in the house's words
    /// @param known whether it is one of the metrics that people print
    record Parsed(Optional<Role> role, String name, boolean known) {
        boolean isBareMetric() {
            return known && role.isEmpty();
        }

        Metric metric(Role otherwise) {
            return new Metric(role.orElse(otherwise), name);
        }
    }

    /// A name as Keras prints it: only `val_` in front has a meaning.
    static Parsed keras(String original) {
        return KERAS.of(original);
    }

    private static Parsed parseKeras(String original) {
        var name = Tongues.english(original).trim().toLowerCase(Locale.ROOT);
        Optional<Role> role = Optional.empty();
        for (var prefix : new String[]{"val_", "val. ", "val ", "val."}) {
            if (name.startsWith(prefix) && name.length() > prefix.length()) {
                role = Optional.of(Role.VALIDATION);
                name = name.substring(prefix.length()).trim();
                break;
            }
        }
        if (role.isEmpty()) role = Optional.of(Role.TRAINING);
        return new Parsed(role, canonical(name.endsWith(".") ? name.substring(0, name.length() - 1) : name), true);
    }

    /// A name as people write it: `Train Loss`, `valid_acc`, `val/top1`, `Average loss on the validation set`.
    static Parsed free(String original) {
        return FREE.of(original);
    }

    private static Parsed parseFree(String original) {
        var lower = Tongues.english(original).trim().toLowerCase(Locale.ROOT);
        var words = words(lower);
        // Training images in evaluation mode are neither what is trained by nor held out.
        if (words.size() > 2 && words.get(0).startsWith("train") && words.get(1).startsWith("eval"))
            return new Parsed(Optional.of(Role.TRAINING), "eval_" + String.join("_", words.subList(2, words.size())),
                    true);
        Optional<Role> role = Optional.empty();
        var rest = new ArrayList<String>();
        for (int i = 0; i < words.size(); i++) {
            var word = words.get(i);
            var named = Optional.ofNullable(ROLES.get(word));
            boolean letters = word.length() <= 2 && words.size() == 1;
            if (named.isPresent() && !letters) {
                if (role.isEmpty() || named.get() != Role.TRAINING) role = named;
            } else {
                rest.add(word);
            }
        }
        boolean phrase = lower.indexOf(' ') > 0;
        var kept = rest.stream().filter(word -> !FILLERS.contains(word) || !phrase && rest.size() == 1).toList();
        // `valid metric` of a loop that takes any metric.
        if (kept.isEmpty() && role.isPresent() && rest.equals(List.of("metric")))
            return new Parsed(role, "metric", true);
        // `L_tr`, `va_a`, and LightGBM's `valid_1`.
        if (role.isPresent() && kept.equals(List.of("l"))) kept = List.of("loss");
        if (role.isPresent() && kept.equals(List.of("a"))) kept = List.of("acc");
        if (role.isPresent() && kept.size() > 1 && isDigit(kept.getFirst())) kept = kept.subList(1, kept.size());
        var joined = String.join("_", kept);
        var name = canonical(joined);
        if (!name.equals("loss") && !name.equals("accuracy") && kept.size() > 1) name = byLastWord(kept, name);
        return new Parsed(role, name, isKnown(name));
    }

    private static boolean isDigit(String word) {
        return word.length() == 1 && Readings.isDigit(word.charAt(0));
    }

    /// `resnet_acc` and `top5_acc` stay what they are; `avg_val_loss` has lost its fillers already.
    private static String byLastWord(List<String> words, String name) {
        var meaningful = words.stream().filter(word -> !FILLERS.contains(word)).toList();
        var shorter = canonical(String.join("_", meaningful));
        return shorter.equals("loss") || shorter.equals("accuracy") ? shorter : name;
    }

    private static List<String> words(String lower) {
        var words = new ArrayList<String>();
        int start = 0;
        for (int i = 0; i <= lower.length(); i++) {
            boolean cut = i == lower.length() || " _/.()[]{}'\"|#*%\t:".indexOf(lower.charAt(i)) >= 0;
            if (!cut) continue;
            if (i > start) words.add(lower.substring(start, i));
            start = i + 1;
        }
        return splitGlued(words);
    }

    /// `trainLoss`, `valacc`, `testloss` glue role and metric together.
    private static List<String> splitGlued(List<String> words) {
        var out = new ArrayList<String>(words.size());
        for (var word : words) {
            var initials = INITIALS.get(word);
            if (initials != null && (word.length() > 2 || words.size() == 1)) {
                out.addAll(initials);
                continue;
            }
            int cut = -1;
            for (var role : new String[]{"training", "validation", "train", "valid", "val", "test", "dev", "trn", "tr",
                "te",
                "va"}) {
                if (word.startsWith(role) && word.length() > role.length()) {
                    var rest = word.substring(role.length());
                    if (rest.startsWith("-")) rest = rest.substring(1);
                    if (ACCURACY.contains(rest) || LOSS.contains(rest)) {
                        cut = role.length();
                        out.add(role);
                        out.add(rest);
                        break;
                    }
                }
            }
            if (cut < 0 && word.indexOf('-') > 0 && ROLES.containsKey(word.substring(0, word.indexOf('-')))) {
                out.add(word.substring(0, word.indexOf('-')));
                out.add(word.substring(word.indexOf('-') + 1));
                cut = 0;
            }
            if (cut < 0) out.add(word);
        }
        return out;
    }

    static String canonical(String name) {
        if (ACCURACY.contains(name)) return "accuracy";
        if (LOSS.contains(name)) return "loss";
        return name;
    }

    /// Whether people print such a number about the quality of a model: anything else may be a time, a size or a count.
    static boolean isKnown(String name) {
        if (name.equals("loss") || name.equals("accuracy")) return true;
        for (var part : new String[]{"loss", "acc", "err", "mse", "mae", "rmse", "auc", "f1", "prec", "recall", "iou",
            "dice",
            "top5", "top_5", "top3", "top-5", "psnr", "perplexity", "ppl", "kappa", "mcc", "map", "r2", "jaccard",
            "sensitivity",
            "specificity", "bleu", "ssim", "hinge", "kl", "entropy", "fscore", "f_score", "f-score", "cost", "mape",
            "deviation", "mistakes"}) {
            if (name.contains(part)) return true;
        }
        return false;
    }

    /// Whether a number under this name is about the run, not about the model: times, rates, counts.
    static boolean isBookkeeping(String name) {
        return BOOKKEEPING.of(name);
    }

    private static boolean saysBookkeeping(String name) {
        for (var word : name.toLowerCase(Locale.ROOT).split("[^a-z0-9]+", 12)) {
            switch (word) {
                case "time", "eta", "elapsed", "sec", "secs", "seconds", "second", "min", "mins", "minutes", "ms",
                        "took", "speed",
                        "lr", "rate", "mem", "memory", "date", "size", "patience", "seed", "batch", "step", "steps",
                        "iter",
                        "iters", "iteration", "samples", "images", "gpu", "version", "epoch", "epochs", "data", "it",
                        "throughput",
                        "duration", "runtime", "counter", "rank", "wd", "momentum", "params", "flops", "batches", "num",
                        "total",
                        "examples", "best", "grad", "norm", "gnorm", "wps", "tokens", "img", "worker", "workers",
                        "hours",
                        "cuda", "device", "threshold", "temperature", "alpha", "margin", "h", "epsilon", "len",
                        "length", "number",
                        "dur", "finished", "fps", "wall", "remaining", "progress", "per", "parameters" -> {
                    return true;
                }
                default -> {
                    // A word about the model, or one that says nothing.
                }
            }
        }
        return false;
    }
}
