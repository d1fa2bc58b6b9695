package narwhal.history.facts;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.regex.Pattern;
import narwhal.history.facts.FactsBuilder.Sets;
import narwhal.history.facts.Tokens.Token;

/// Takes facts out of a sentence: `2000 train / 1000 validation, batch 20, RMSprop 1e-4`. Each pattern looks for a few words beside a
/// number; what fits no pattern is not guessed at.
final class FreeText {
    private static final Map<String, Long> NUMBER_WORDS = Map.ofEntries(Map.entry("two", 2L), Map.entry("three", 3L),
            Map.entry("four", 4L),
            Map.entry("five", 5L), Map.entry("six", 6L), Map.entry("seven", 7L), Map.entry("eight", 8L),
            Map.entry("nine", 9L),
            Map.entry("ten", 10L), Map.entry("twelve", 12L), Map.entry("twenty", 20L), Map.entry("hundred", 100L));

    /// The range of bytes, wherever it stands: `(32, 32, 3) 0-255`, `[0, 255]`.
    private static final Pattern BYTES = Pattern.compile("(?<![\\d.])0 ?(?:-|–|\\.\\.|,|to) ?255(?![\\d.])");

    /// Columns of a table and their ranges: `area (500..9000)`.
    private static final Pattern COLUMNS = Pattern
            .compile("(?i)\\b(?:columns?|features?|measurements?|attributes?|variables?)\\b");
    private static final Pattern RANGE = Pattern
            .compile("-?\\d{1,12}(?:\\.\\d{1,6})?\\.\\.(\\d{1,12}(?:\\.\\d{1,6})?)");
    /// `13 measurements (alcohol 11-15, proline 278-1680)`
    private static final Pattern NAMED_RANGES = Pattern
            .compile("\\(((?:[a-z_ ]{3,30} \\d{1,9}(?:\\.\\d+)?-\\d{1,9}(?:\\.\\d+)?(?:, ?)?)+)");
    private static final Pattern NAMED_RANGE = Pattern.compile("(\\d{1,9}(?:\\.\\d+)?)-(\\d{1,9}(?:\\.\\d+)?)");

    /// Well-known networks with batch normalisation in every block.
    private static final Pattern NORMALISED_BASES = Pattern
            .compile("(?:inception|resnet|resnext|densenet|mobilenet|efficientnet|xception|nasnet)");

    private final FactsBuilder facts;
    private final List<Token> tokens;
    private final String line;
    /// The kind of thing that the words before a momentum spoke of.
    private boolean batchNormBefore;

    private FreeText(String line, FactsBuilder facts) {
        this.line = line;
        this.facts = facts;
        this.tokens = Tokens.of(line);
    }

    static void read(String line, FactsBuilder facts) {
        new FreeText(line, facts).scan();
    }

    private void scan() {
        for (int i = 0; i < tokens.size(); i++) {
            var token = tokens.get(i);
            if (token.isNumber()) number(i);
            else if (token.isWord()) word(i);
        }
        if (BYTES.matcher(line).find()) facts.byDefault(FactKey.INPUT_RANGE, "0..255");
        if (COLUMNS.matcher(line).find()) {
            RANGE.matcher(line).results().max(Comparator.comparingDouble(range -> Double.parseDouble(range.group(1))))
                    .ifPresent(range -> facts.byDefault(FactKey.INPUT_RANGE, range.group()));
            NAMED_RANGES.matcher(line).results().flatMap(list -> NAMED_RANGE.matcher(list.group(1)).results())
                    .max(Comparator.comparingDouble(range -> Double.parseDouble(range.group(2))))
                    .ifPresent(range -> facts.byDefault(FactKey.INPUT_RANGE, range.group(1) + ".." + range.group(2)));
        }
        LayerText.read(line, tokens, facts);
    }

    // ------------------------------------------------------------------------------------------------ looking around

    private Token at(int i) {
        return i >= 0 && i < tokens.size() ? tokens.get(i) : NOTHING;
    }

    private static final Token NOTHING = new Token(" ", " ", Double.NaN, 0, 0);

    /// The number behind a word, over small words and signs: `batch size of 32`, `lr = 0.1`, `(lr: 0.1)`.
    private int numberAfter(int i, int most) {
        int k = i + 1;
        for (int skipped = 0; skipped < most; skipped++, k++) {
            var token = at(k);
            if (token.isNumber()) return k;
            if (!token.is("=", ":", "(", "of", "is", "was", "~", "about", "with", "size", "rate", "to", "at", "the",
                    "a", "set", "==", "\"", "'",
                    "constant", "fixed", "initial", "approximately", "around", "default", "only", "[", "≈", "sizes",
                    ".", "than", "near")) {
                return -1;
            }
            if (token.is(".") && k != i + 1) return -1;
        }
        return -1;
    }

    /// Which set the words around speak of, nearest first within the phrase.
    private Sets sets(int i) {
        int from = i;
        while (from > 0 && i - from < 8 && !at(from - 1).is(";", ",", ".", "|", "/")) from--;
        int to = i;
        while (to + 1 < tokens.size() && to - i < 6 && !at(to + 1).is(";", ",", ".", "|", "/")) to++;
        for (int distance = 0; distance <= 8; distance++) {
            for (int k : new int[]{i - distance, i + distance}) {
                if (k < from || k > to) continue;
                var role = role(at(k).text());
                if (role.isPresent()) return role.get();
            }
        }
        return Sets.ALL;
    }

    private static Optional<Sets> role(String word) {
        if (word.startsWith("train") || word.equals("trn")) return Optional.of(Sets.TRAINING);
        if (word.startsWith("valid") || word.equals("val") || word.startsWith("val_") || word.startsWith("eval")
                || word.equals("dev")) {
            return Optional.of(Sets.VALIDATION);
        }
        return Optional.empty();
    }

    /// Whether `no`, `not`, `without` or `= False` negates the word.
    private boolean negated(int i) {
        for (int k = Math.max(0, i - 3); k < i; k++) {
            if (at(k).is("no", "not", "without", "never", "non", "un", "disabled", "isn't", "don't", "missing",
                    "neither", "nor"))
                return true;
            if (at(k).is(";", ",", ".")) continue;
        }
        int k = i + 1;
        if (at(k).is("=", ":")) k++;
        return at(k).is("false", "off", "none", "no") || at(k).is("disabled");
    }

    private boolean affirmed(int i) {
        int k = i + 1;
        if (at(k).is("=", ":")) k++;
        return at(k).is("true", "on", "yes");
    }

    private boolean near(int i, int distance, String... words) {
        for (int k = Math.max(0, i - distance); k <= Math.min(tokens.size() - 1, i + distance); k++) {
            if (at(k).is(words)) return true;
        }
        return false;
    }

    /// `SGD, momentum 0.9, batch 32` speaks of no batch normalisation.
    private boolean nearBatchNorm(int i) {
        for (int k = i - 5; k <= i + 4; k++) {
            if (at(k).is("batch") && at(k + 1).is("norm", "normalization", "normalisation")) return true;
        }
        return false;
    }

    /// `Sigmoid() at the end of the model`
    private boolean atTheEnd(int i) {
        int k = i + 1;
        while (at(k).is("(", ")")) k++;
        return at(k).is("at") && at(k + 1).is("the") && at(k + 2).is("end");
    }

    private boolean follows(int i, String word) {
        return tokens.subList(i + 1, tokens.size()).stream().anyMatch(token -> token.is(word));
    }

    /// The same up to three words away, but in the same part of the sentence.
    private boolean beside(int i, String... words) {
        for (int step : new int[]{-1, 1}) {
            for (int k = i + step; Math.abs(k - i) <= 3 && !at(k).is(",", ";", ".", "|"); k += step) {
                if (at(k).is(words)) return true;
            }
        }
        return false;
    }

    // ------------------------------------------------------------------------------------------------ numbers first

    private void number(int i) {
        long n = at(i).whole();
        if (n < 0) return;
        imagesAt(i, n);
        var next = at(i + 1);
        var second = at(i + 2);
        if (next.is("-", "‐") && second.is("class", "way", "classes")) classes(n);
        if (next.is("classes", "categories", "class", "labels", "species", "target-classes")) classes(n);
        if ((next.is("output", "different", "distinct", "image", "object", "digit", "target")
                && second.is("classes", "categories", "class", "labels"))) {
            classes(n);
        }
        if (next.is("epochs", "epoch") && n > 0) facts.put(FactKey.EPOCHS, n);
        if (next.is("steps", "iterations", "batches") && n > 0) steps(i, n);
        if (next.is("validation", "val", "eval") && second.is("steps", "batches"))
            facts.put(FactKey.VALIDATION_STEPS, n);
        if (next.is("training", "train") && second.is("steps", "batches")) facts.put(FactKey.STEPS_PER_EPOCH, n);
        if (next.is("outputs") && n > 0) facts.put(FactKey.OUTPUT_UNITS, n);
        if (next.is("output") && second.is("units", "neurons", "nodes", "unit", "neuron"))
            facts.put(FactKey.OUTPUT_UNITS, n);
        // `inputs /255`, `divided by 255`
        if (n == 255 && (at(i - 1).is("/") || at(i - 1).is("by") && at(i - 2).is("divided", "scaled"))) {
            facts.byDefault(FactKey.TRAINING_PREPROCESSING, "/255");
            facts.byDefault(FactKey.VALIDATION_PREPROCESSING, "/255");
        }
        // `=4413//128`: the divisor is the batch size that the steps were computed with.
        if (next.is("//") && second.whole() > 0 && n > second.whole()) facts.put(FactKey.BATCH_DIVISOR, second.whole());
        // `160 of 4000 are fraud`
        if (next.is("of") && second.whole() > n && at(i + 3).is("are") && n > 0 && !facts.has(FactKey.CLASS_COUNTS))
            facts.put(FactKey.CLASS_COUNTS, new Counts(List.of(second.whole() - n, n)));
        if (next.is("per") && second.is("batch") && n > 0) facts.batch(sets(i), n);
        if (next.is("images", "samples", "examples") && second.is("per") && at(i + 3).is("class", "category")
                && facts.has(FactKey.CLASSES)) {
            long classes = facts.soFar().value(FactKey.CLASSES).orElse(0L);
            if (classes > 0 && classes <= 10_000)
                facts.put(FactKey.CLASS_COUNTS, new Counts(java.util.Collections.nCopies((int) classes, n)));
        }
    }

    /// `4413 training`, `50000 training images`, `2000 images for training`.
    private void imagesAt(int i, long n) {
        if (n < 2) return;
        int k = i + 1;
        var key = imageKey(at(k).text());
        if (key.isEmpty() && at(k).is("images", "samples", "examples", "pictures", "photos", "instances", "files",
                "datapoints", "rows", "data")) {
            if (at(k + 1).is("for", "in", "as") || at(k + 1).is("(")) {
                int word = at(k + 2).is("the", "each") ? k + 3 : k + 2;
                key = imageKey(at(word).text());
            } else if (!isOther(at(k + 2))) {
                key = imageKey(at(k + 1).text());
            }
        }
        if (key.isEmpty() || isOther(at(k + 1))) return;
        facts.put(key.get(), n);
    }

    /// `1719 training steps` counts no images.
    private static boolean isOther(Token token) {
        return token.is("steps", "batches", "batch", "epochs", "epoch", "loss", "accuracy", "acc", "%", "step",
                "iterations", "classes", "set's",
                "time", "error", "hours", "minutes", "seconds", "runs", "size", "speed");
    }

    private static Optional<FactKey<Long>> imageKey(String word) {
        return switch (word) {
            case "train", "training", "trainset" -> Optional.of(FactKey.TRAINING_IMAGES);
            case "validation", "val", "valid", "validating", "dev" -> Optional.of(FactKey.VALIDATION_IMAGES);
            case "test", "testing", "tests" -> Optional.of(FactKey.TEST_IMAGES);
            default -> Optional.empty();
        };
    }

    private void classes(long n) {
        if (n >= 2 && n <= 1_000_000) facts.put(FactKey.CLASSES, n);
    }

    private void steps(int i, long n) {
        var previous = at(i - 1);
        if (at(i + 1).is("batches") && (near(i + 1, 3, "exist", "available", "exists", "there"))) {
            facts.put(FactKey.VALIDATION_BATCHES, n);
            return;
        }
        if (at(i + 2).is("available", "exist")) {
            facts.put(FactKey.VALIDATION_BATCHES, n);
            return;
        }
        boolean validation = sets(i) == Sets.VALIDATION;
        boolean warm = previous.is("warmup", "warm-up", "every", "after")
                || at(i + 1).is("iterations") && !at(i + 2).is("per");
        if (!warm) facts.put(validation ? FactKey.VALIDATION_STEPS : FactKey.STEPS_PER_EPOCH, n);
    }

    // ------------------------------------------------------------------------------------------------ words first

    private void word(int i) {
        var word = at(i).text();
        if (i > 0 && at(i - 1).is("import", "from")) return;
        named(i, word);
        batch(i, word);
        rates(i, word);
        switches(i, word);
        heads(i, word);
        inputs(i, word);
        frameworks(i, word);
        callbacks(i, word);
        wordsForNumbers(i, word);
    }

    /// `NAME_WITH_UNDERSCORES value`.
    private void named(int i, String word) {
        var key = Aliases.count(word);
        if (key.isEmpty()) {
            if (word.equals("training-images") || word.equals("validation-images")) key = Aliases.count(word);
            if (key.isEmpty()) return;
        }
        int k = numberAfter(i, 3);
        if (k < 0 || at(k).whole() < 0) return;
        facts.put(key.get(), Tokens.count(tokens, k));
    }

    private void batch(int i, String word) {
        boolean batch = word.equals("batch") || word.equals("batch_size") || word.equals("batchsize")
                || word.equals("batches") && at(i + 1).is("of")
                || word.equals("batch-size") || word.equals("bs") || word.equals("mini-batch")
                || word.equals("minibatch") || word.equals("batch_sizes");
        boolean training = word.equals("train_batchsize") || word.equals("train_batch_size")
                || word.equals("training_batch_size")
                || word.equals("train_batch") || word.equals("batch_size_train") || word.equals("training-batch");
        boolean validation = word.equals("val_batchsize") || word.equals("val_batch_size")
                || word.equals("validation_batch_size")
                || word.equals("val_batch") || word.equals("batch_size_val") || word.equals("valid_batch_size")
                || word.equals("validation-batch")
                || word.equals("test_batch_size") || word.equals("eval_batch_size");
        if (!batch && !training && !validation) return;
        if (at(i + 1).is("norm", "normalization", "normalisation", "normalized", "-") && batch) return;
        int k = numberAfter(i, 4);
        long n = k < 0 ? -1 : at(k).whole();
        if (n < 1 || n > 1_000_000) return;
        if (at(k + 1).is("x")) return;
        var sets = training
                ? Sets.TRAINING
                : validation
                        ? Sets.VALIDATION
                        : near(i, 6, "everywhere", "both", "all") ? Sets.ALL : sets(i);
        facts.batch(sets, n);
    }

    private void rates(int i, String word) {
        var optimizer = Optimizers.name(word);
        if (word.equals("gradient") && at(i + 1).is("descent")) optimizer = Optional.of("sgd");
        if (optimizer.isPresent()) {
            optimizer(i, optimizer.get());
            return;
        }
        boolean rate = word.equals("lr") || word.equals("learning_rate") || word.equals("learning-rate")
                || word.equals("init_lr")
                || word.equals("base_lr") || word.equals("initial_lr") || word.equals("learningrate")
                || word.equals("lrate")
                || word.equals("learning") && at(i + 1).is("rate", "rates");
        if (rate) {
            int k = numberAfter(word.equals("learning") ? i + 1 : i, 5);
            if (k > 0 && at(k).number() >= 0 && at(k).number() <= 100
                    && !at(k + 1).is("epochs", "times", "x", "%", "epoch"))
                facts.rate(at(k).number());
        }
        if (word.equals("momentum")) {
            int k = numberAfter(i, 4);
            if (k > 0 && at(k).number() <= 1) {
                boolean norm = near(i, 4, "bn", "batchnorm", "batchnormalization", "batch_norm", "batch-norm")
                        || nearBatchNorm(i) || batchNormBefore;
                facts.put(norm ? FactKey.BATCH_NORM_MOMENTUM : FactKey.MOMENTUM, at(k).number());
            }
        }
        if (word.equals("decay") && at(i - 1).is("weight") || word.equals("weight_decay") || word.equals("l2")) {
            int k = numberAfter(i, 4);
            if (k > 0 && at(k).number() < 10) facts.put(FactKey.L2, at(k).number());
            else if (negated(word.equals("decay") ? i - 1 : i)) facts.put(FactKey.L2, 0.0);
        }
        if (word.equals("dropout") || word.equals("dropouts")) dropout(i);
        if (word.equals("validation_split") || word.equals("split") && at(i - 1).is("validation", "val")) {
            int k = numberAfter(i, 3);
            if (k > 0) {
                double share = at(k + 1).is("%") || at(k).number() > 1 ? at(k).number() / 100 : at(k).number();
                if (share > 0 && share < 1) facts.put(FactKey.VALIDATION_SPLIT, share);
            }
        }
        schedules(i, word);
    }

    private void optimizer(int i, String name) {
        batchNormBefore = false;
        OptionalDouble rate = OptionalDouble.empty();
        OptionalDouble momentum = OptionalDouble.empty();
        boolean byDefault = false;
        int depth = 0;
        for (int k = i + 1; k < Math.min(tokens.size(), i + 24); k++) {
            var token = at(k);
            if (token.is("(")) depth++;
            if (token.is(")")) {
                if (--depth <= 0) break;
            }
            if (depth == 0 && token.is(";", "|", ".") || depth == 0 && token.is(",", "/", "+") && k > i + 1) break;
            if (token.is("default", "defaults")) byDefault = true;
            if (!token.isNumber() || token.number() < 0) continue;
            var before = at(k - 1).is("=", ":", "~", "of") ? at(k - 2) : at(k - 1);
            boolean counts = at(k + 1).is("epochs", "steps", "images", "classes", "epoch", "layers", "blocks", "x", "%",
                    "batches", "runs");
            if (before.is("momentum", "nesterov")) momentum = OptionalDouble.of(token.number());
            else if (before.is("decay", "weight_decay", "rho", "beta_1", "beta_2", "epsilon", "eps", "clipnorm",
                    "clipvalue", "betas", "beta", "alpha",
                    "global_clipnorm", "patience", "factor", "batch", "size", "batch_size"))
                continue;
            else if (rate.isEmpty() && !counts && token.number() <= 10
                    && (token.number() != Math.rint(token.number()) || token.number() <= 2
                            || before.is("lr", "learning_rate", "rate"))) {
                if (token.whole() > 0 && !before.is("lr", "learning_rate", "rate", "(", "default") && k > i + 1)
                    continue;
                rate = OptionalDouble.of(token.number());
            }
        }
        if (rate.isPresent() && byDefault) {
            // `SGD default 0.01` says both.
            facts.optimizer(name, rate, momentum);
            return;
        }
        facts.optimizer(name, rate, momentum);
    }

    private void dropout(int i) {
        if (negated(i)) {
            facts.put(FactKey.DROPOUT, 0.0);
            return;
        }
        double largest = -1;
        int k = numberAfter(i, 4);
        while (k > 0 && k < tokens.size() && at(k).isNumber()) {
            double rate = at(k + 1).is("%") ? at(k).number() / 100 : at(k).number();
            if (rate < 0 || rate >= 1 && !at(k + 1).is("%")) break;
            largest = Math.max(largest, rate);
            int next = at(k + 1).is("%") ? k + 2 : k + 1;
            if (!at(next).is("-", "to", "and", "/", "–", ",", "..") || !at(next + 1).isNumber()
                    || at(next + 1).number() >= 1)
                break;
            k = next + 1;
        }
        if (largest >= 0) {
            double earlier = facts.soFar().value(FactKey.DROPOUT).orElse(-1.0);
            if (largest > earlier) facts.replace(FactKey.DROPOUT, largest);
            else
                facts.understood();
        } else {
            facts.understood();
        }
    }

    private void schedules(int i, String word) {
        boolean schedule = word.equals("schedule") || word.equals("scheduler") || word.equals("cosine")
                || word.equals("learningratescheduler")
                || word.equals("steplr") || word.equals("multisteplr") || word.equals("exponentiallr")
                || word.equals("warmup") || word.equals("annealing")
                || word.equals("cosineannealinglr")
                || word.equals("decay") && at(i - 1).is("rate", "lr", "step", "exponential")
                || word.equals("onecyclelr");
        if (schedule) {
            if (negated(i)) facts.put(FactKey.SCHEDULE, "none");
            else
                facts.put(FactKey.SCHEDULE, phrase(i));
        }
        if (word.equals("constant") && (at(i + 1).is("learning", "lr", "rate"))) facts.put(FactKey.SCHEDULE, "none");
        boolean clip = word.equals("clipping") || word.equals("clipnorm") || word.equals("clipvalue")
                || word.equals("clip") || word.equals("clipped")
                || word.equals("clip_grad_norm_") || word.equals("global_clipnorm");
        if (clip && (word.length() > 4 || near(i, 2, "gradient", "gradients", "norm"))) {
            facts.put(FactKey.CLIPPING, negated(i) || at(i - 2).is("no", "without") ? "none" : phrase(i));
        }
    }

    /// The words around, between commas.
    private String phrase(int i) {
        int from = i;
        int depth = 0;
        while (from > 0 && (depth > 0 || !at(from - 1).is(",", ";", "|")) && i - from < 20) {
            if (at(from - 1).is(")")) depth++;
            if (at(from - 1).is("(")) depth--;
            if (depth < 0) break;
            from--;
        }
        int to = i;
        depth = 0;
        while (to + 1 < tokens.size() && (depth > 0 || !at(to + 1).is(",", ";", "|", ")")) && to - i < 40) {
            if (at(to + 1).is("(")) depth++;
            if (at(to + 1).is(")")) depth--;
            to++;
        }
        return FactsBuilder.shortened(line.substring(at(from).start(), at(to).end()));
    }

    // Yes and no

    private void switches(int i, String word) {
        shuffling(i, word);
        boolean norm = word.equals("batchnorm") || word.equals("batchnormalization")
                || word.equals("batch_normalization") || word.equals("bn")
                || word.equals("batchnorm2d") || word.equals("batch-norm") || word.equals("batch_norm")
                || word.equals("batch")
                        && at(i + 1).is("norm", "normalization", "normalisation", "normalised", "normalized");
        if (norm) {
            batchNormBefore = true;
            facts.put(FactKey.BATCH_NORM, !negated(i) && !at(i + 2).is("no", "none", "false"));
        }
        if (NORMALISED_BASES.matcher(word).lookingAt()) facts.byDefault(FactKey.BATCH_NORM, true);
        boolean augment = word.startsWith("augment") || word.equals("data_augmentation") || word.equals("augmentations")
                || word.equals("randaugment");
        if (augment) {
            boolean yes = !negated(i) && !at(i - 2).is("no", "without");
            var sets = sets(i);
            if (near(i, 3, "validation", "val") && sets == Sets.VALIDATION)
                facts.put(FactKey.VALIDATION_AUGMENTED, yes);
            else
                facts.put(FactKey.TRAINING_AUGMENTED, yes);
        }
        if (word.equals("pretrained") || word.equals("pre-trained") || word.equals("imagenet")
                || word.equals("fine-tuning") || word.equals("finetuning")
                || word.equals("fine-tuned") || word.equals("fine-tune") || word.equals("finetune")
                || word.equals("transfer") && at(i + 1).is("learning")) {
            boolean pictures = word.equals("imagenet") && near(i, 2, "dataset");
            // Word vectors that were trained elsewhere leave all the rest of a network to be trained.
            boolean words = near(i, 3, "embedding", "embeddings", "glove", "word2vec", "fasttext", "vectors");
            if (!pictures && !words) facts.put(FactKey.PRETRAINED, !negated(i));
        }
        if (word.equals("frozen") || word.equals("freeze") || word.equals("freezing") || word.equals("froze"))
            facts.put(FactKey.FROZEN, !negated(i));
        if (word.equals("trainable") && at(i + 1).is("=") && at(i + 2).is("false")) facts.put(FactKey.FROZEN, true);
        if (word.equals("unfrozen") || word.equals("unfreeze")) facts.put(FactKey.FROZEN, false);
        if (word.equals("from_logits") || word.equals("from-logits")) {
            if (affirmed(i)) facts.put(FactKey.FROM_LOGITS, true);
            else if (negated(i)) facts.put(FactKey.FROM_LOGITS, false);
        }
    }

    private void shuffling(int i, String word) {
        boolean sorted = (word.equals("sorted") || word.equals("class-sorted") || word.equals("ordered")
                || word.equals("class-ordered"))
                && (word.startsWith("class")
                        || near(i, 4, "class", "classes", "label", "labels", "directories", "folders", "by"));
        boolean order = word.equals("order") && at(i + 1).is("of") && near(i, 4, "class", "classes", "label", "labels");
        if ((sorted || order) && !negated(i)) facts.put(FactKey.VALIDATION_SORTED, true);
        boolean shuffle = word.equals("shuffle") || word.equals("shuffled") || word.equals("shuffling");
        boolean unshuffled = word.equals("unshuffled") || word.equals("non-shuffled");
        if (!shuffle && !unshuffled) return;
        if (word.equals("shuffle") && at(i - 1).is(".")) return;
        boolean yes = shuffle && !negated(i);
        var sets = sets(i);
        if (sets == Sets.VALIDATION || word.equals("validation-shuffle")) facts.put(FactKey.VALIDATION_SHUFFLE, yes);
        else if (sets == Sets.TRAINING) facts.put(FactKey.TRAINING_SHUFFLE, yes);
        else if (near(i, 8, "test", "testing")) facts.understood();
        else
            facts.put(FactKey.TRAINING_SHUFFLE, yes);
    }

    // Loss, activations, metrics

    private void heads(int i, String word) {
        var loss = Losses.name(tokens, i);
        if (loss.isPresent() && !isMetric(i)) facts.put(FactKey.LOSS, loss.get());
        if (loss.isPresent() && isMetric(i)) facts.understood();
        if (word.equals("bcewithlogitsloss")) facts.put(FactKey.FROM_LOGITS, true);
        var activation = Activations.name(word);
        if (activation.isPresent()) {
            // `last relu, Dense 10 softmax`: the last of the hidden ones.
            boolean output = (beside(i, "output", "final", "last", "head", "outputs") || atTheEnd(i))
                    && (word.equals("softmax") || !follows(i, "softmax"));
            boolean hidden = near(i, 3, "hidden", "activation", "activations");
            if (output) facts.put(FactKey.OUTPUT_ACTIVATION, activation.get());
            else if (word.equals("softmax")) facts.put(FactKey.OUTPUT_ACTIVATION, activation.get());
            else if (hidden || !word.equals("linear") && !word.equals("sigmoid"))
                facts.put(FactKey.HIDDEN_ACTIVATION, activation.get());
            else
                facts.understood();
        }
        boolean none = word.equals("activation") && at(i - 1).is("no", "without");
        if (none && near(i, 4, "output", "final", "last", "head", "end", "outputs"))
            facts.put(FactKey.OUTPUT_ACTIVATION, "linear");
        var initializer = Initializers.name(tokens, i);
        initializer.ifPresent(name -> facts.put(FactKey.INITIALIZER, name));
        if (word.equals("metrics") || word.equals("metric")) metrics(i);
        if (word.equals("class_mode") || word.equals("class-mode") || word.equals("label_mode")) {
            int k = at(i + 1).is("=", ":") ? i + 2 : i + 1;
            if (at(k).is("'", "\"")) k++;
            if (at(k).is("binary", "categorical", "sparse", "int", "input", "none")) {
                facts.put(FactKey.CLASS_MODE, at(k).is("int") ? "sparse" : at(k).text());
            }
        }
        if (word.equals("prices") || word.equals("salary") || word.equals("forecasting") || word.equals("forecast"))
            facts.byDefault(FactKey.TARGET, "continuous");
        if (word.equals("regression") || word.equals("continuous"))
            facts.put(FactKey.TARGET, negated(i) ? "class" : "continuous");
        if ((word.equals("target") || word.equals("targets")) && at(i + 1).is("between"))
            facts.put(FactKey.TARGET, "continuous");
        if (word.equals("multi-label") || word.equals("multilabel")) facts.put(FactKey.MULTI_LABEL, !negated(i));
        if ((word.equals("classification") || word.equals("classifier")) && !near(i, 2, "head")) {
            facts.put(FactKey.TARGET, "class");
            if (at(i - 1).is("binary")) classes(2);
        }
        if (word.equals("labels") && at(i - 1).is("sparse", "integer")) facts.understood();
        if (word.equals("one-hot") || word.equals("onehot")) facts.understood();
    }

    private boolean isMetric(int i) {
        return near(i, 2, "metric", "metrics") && !near(i, 2, "loss");
    }

    private void metrics(int i) {
        var names = new ArrayList<String>();
        for (int k = i + 1; k < Math.min(tokens.size(), i + 20); k++) {
            var token = at(k);
            if (token.is(";", "]", ")", ".")) break;
            if (token.is("acc", "accuracy", "mse", "mae", "auc", "precision", "recall", "binary_accuracy",
                    "categorical_accuracy", "f1",
                    "sparse_categorical_accuracy", "mean_squared_error", "mean_absolute_error",
                    "top_k_categorical_accuracy")) {
                names.add(token.text());
            }
        }
        if (!names.isEmpty()) facts.put(FactKey.METRICS, new Names(names));
    }

    // Inputs

    private void inputs(int i, String word) {
        boolean scaling = word.equals("rescale") || word.equals("rescaling") || word.equals("rescaled")
                || word.equals("standardised")
                || word.equals("standardized") || word.equals("normalised") || word.equals("normalized")
                || word.equals("unscaled")
                || word.equals("unnormalised") || word.equals("unnormalized") || word.equals("preprocess_input")
                || word.equals("scaled")
                || word.equals("standardise") || word.equals("standardize") || word.equals("featurewise_center");
        if (scaling && !at(i - 1).is("batch")) {
            var text = (negated(i) || at(i - 1).is("not", "un") ? "not " : "")
                    + phrase(i).replaceFirst("^(not|no) ", "");
            var sets = sets(i);
            if (sets != Sets.VALIDATION) facts.put(FactKey.TRAINING_PREPROCESSING, text);
            if (sets != Sets.TRAINING) facts.put(FactKey.VALIDATION_PREPROCESSING, text);
        }
        if ((word.equals("raw") && at(i + 1).is("pixels", "pixel", "images", "values")) || word.equals("0..255"))
            facts.put(FactKey.INPUT_RANGE, "0..255");
        if (word.equals("inputs") || word.equals("input") || word.equals("pixels") || word.equals("values")
                || word.equals("range") && !at(i + 1).is("("))
            range(i);
        if (word.equals("uint8") || word.equals("float32") || word.equals("float64") || word.equals("int64")
                || word.equals("float16")) {
            facts.put(FactKey.INPUT_TYPE, word);
        }
    }

    /// `inputs 0..255`, `inputs in [0, 1]`, `pixels 0-255`.
    private void range(int i) {
        for (int k = i + 1; k < Math.min(tokens.size(), i + 6); k++) {
            if (at(k).is(",", ";", ".")) return;
            if (!at(k).isNumber() && !at(k).is("-")) continue;
            int low = at(k).is("-") ? k + 1 : k;
            if (!at(low).isNumber() || !at(low + 1).is("..", "-", ",", "to", "–")) return;
            if (!at(low + 2).isNumber()) return;
            // `inputs /255, 10 classes` is a divisor and what comes next.
            double first = low == k ? at(low).number() : -at(low).number();
            if (at(low - 1).is("/") || first >= at(low + 2).number()) return;
            facts.put(FactKey.INPUT_RANGE, (low == k ? "" : "-") + at(low).original() + ".." + at(low + 2).original());
            return;
        }
    }

    private void frameworks(int i, String word) {
        var name = switch (word) {
            case "keras" -> "keras";
            case "tensorflow", "tf", "tf.keras" -> "tensorflow";
            case "pytorch", "torch" -> "pytorch";
            case "narwhal" -> "narwhal";
            case "theano" -> "";
            default -> "";
        };
        if (name.isEmpty()) return;
        var next = at(i + 1);
        var version = "";
        if (next.isNumber() || next.is("v")
                || next.text().startsWith("v") && next.text().length() > 1 && Tokens.isDigit(next.text().charAt(1))) {
            int start = next.isNumber() ? next.start() : next.start() + 1;
            int end = start;
            while (end < line.length() && (Tokens.isDigit(line.charAt(end)) || line.charAt(end) == '.')) end++;
            version = line.substring(start, end);
            while (version.endsWith(".")) version = version.substring(0, version.length() - 1);
        }
        if (version.isEmpty() && (facts.has(FactKey.FRAMEWORK) || word.equals("tf"))) return;
        var earlier = facts.soFar().value(FactKey.FRAMEWORK);
        boolean better = earlier.isEmpty() || earlier.get().version().isEmpty();
        if (better) facts.replace(FactKey.FRAMEWORK, new Framework(name, version));
    }

    private void callbacks(int i, String word) {
        switch (word) {
            case "modelcheckpoint", "checkpoint", "checkpoints" -> facts.put(FactKey.CHECKPOINT, monitor(i));
            case "earlystopping", "early-stopping", "early_stopping" -> facts.put(FactKey.EARLY_STOPPING, monitor(i));
            case "reducelronplateau", "reduce_lr", "reduce-lr" -> facts.put(FactKey.REDUCE_LR, monitor(i));
            case "early" -> {
                if (at(i + 1).is("stopping") && !negated(i)) facts.put(FactKey.EARLY_STOPPING, monitor(i));
            }
            default -> {
                // No callback.
            }
        }
    }

    private MonitorFact monitor(int i) {
        Optional<String> monitor = Optional.of("val_loss");
        OptionalLong patience = OptionalLong.empty();
        OptionalDouble factor = OptionalDouble.empty();
        boolean bestOnly = false;
        int depth = 0;
        int end = i;
        for (int k = i + 1; k < Math.min(tokens.size(), i + 60); k++) {
            var token = at(k);
            if (token.is("(")) depth++;
            if (token.is(")")) {
                depth--;
                end = k;
                if (depth <= 0) break;
            }
            if (depth == 0 && token.is(";", "|")) break;
            end = k;
            if (token.text().startsWith("val_") || token.is("acc", "accuracy", "loss")
                    && at(k - 1).is("=", "'", "\"", "(", "on", "monitor", "best", "monitoring")) {
                monitor = Optional.of(token.text());
            }
            int value = at(k + 1).is("=", ":") ? k + 2 : k + 1;
            if (token.is("patience") && at(value).whole() >= 0) patience = OptionalLong.of(at(value).whole());
            if (token.is("factor") && at(value).isNumber()) factor = OptionalDouble.of(at(value).number());
            if (token.is("save_best_only") && !at(value).is("false")) bestOnly = true;
            if (token.is("best-only", "best_only") || token.is("best") && !at(k + 1).is("=")) bestOnly = true;
        }
        if (at(i - 1).is("best-only", "best", "best_only")) bestOnly = true;
        return new MonitorFact(monitor, patience, factor, bestOnly,
                FactsBuilder.shortened(line.substring(at(i).start(), at(end).end())));
    }

    private void wordsForNumbers(int i, String word) {
        var n = NUMBER_WORDS.get(word);
        if (n != null && at(i + 1).is("classes", "categories")) classes(n);
        if (word.equals("binary") && at(i + 1).is("problem", "task", "labels", "targets", "target", "outcome", "label"))
            classes(2);
        if (word.equals("mnist") || word.equals("fashion-mnist") || word.equals("cifar")) facts.understood();
        if ((word.equals("epochs") || word.equals("nb_epoch")) && numberAfter(i, 2) > 0
                && at(numberAfter(i, 2)).whole() > 0 && !at(i - 1).isNumber()) {
            facts.put(FactKey.EPOCHS, at(numberAfter(i, 2)).whole());
        }
        if (word.equals("steps") && !at(i - 1).isNumber() && at(i + 1).isNumber() && at(i + 1).whole() > 0) {
            facts.put(sets(i) == Sets.VALIDATION ? FactKey.VALIDATION_STEPS : FactKey.STEPS_PER_EPOCH,
                    at(i + 1).whole());
        }
        if (word.equals("classes") && !at(i - 1).isNumber() && at(i + 1).is("=", ":") && at(i + 2).whole() > 1)
            classes(at(i + 2).whole());
        trainOn(i, word);
    }

    /// `trained on 2000 images`, `training set of 2000`, `validation set: 500 images`.
    private void trainOn(int i, String word) {
        if (imageKey(word).isEmpty() && !word.equals("trained")) return;
        int k = i + 1;
        int skipped = 0;
        boolean set = false;
        while (skipped++ < 5 && at(k).is("set", "on", "of", "has", "with", "data", "images", "samples", "is", ":", "=",
                "size", "contains", "only", "about", "~",
                "dataset", "examples")) {
            set |= at(k).is("set", "on", "images", "samples", "data", "size", "dataset", "examples");
            k++;
        }
        if (!set || at(k).whole() < 2) return;
        var noun = at(k + 1);
        boolean images = noun.is("images", "samples", "examples", "pictures", "photos", "instances", "files", "rows")
                || noun.is(",", ";", ".", "and", "/", ")") || k + 1 >= tokens.size();
        if (images && imageKey(at(k + 1).text()).isEmpty())
            facts.put(imageKey(word).orElse(FactKey.TRAINING_IMAGES), at(k).whole());
    }

    static String lower(String text) {
        return text.toLowerCase(Locale.ROOT);
    }
}
