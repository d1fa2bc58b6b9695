package narwhal.history.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import narwhal.history.facts.FactsBuilder.Sets;
import narwhal.history.facts.Tokens.Token;

/// Counts in a sentence: images, classes, steps, epochs, batches.
final class CountText {
    /// What classes are called.
    private static final Set<String> CLASSES = Set.of("classes", "categories", "class", "labels", "species",
            "target-classes", "kinds", "types", "genera", "breeds", "topics", "genres", "grades", "varieties");

    /// Pairs of classes that are often of unequal size.
    private static final Set<String> UNEQUAL = Set.of("legitimate", "genuine", "fraudulent", "fraud", "frauds",
            "normal",
            "abnormal", "benign", "malignant", "positive", "positives", "negative", "negatives", "healthy", "diseased",
            "sick", "infected", "uninfected", "parasitized", "spam", "ham", "defective", "faulty", "good", "bad",
            "churned",
            "melanoma", "nevus", "cancer", "pneumonia", "covid", "real", "fake", "defects");

    private final Sentence text;
    private final FactsBuilder facts;

    CountText(Sentence text, FactsBuilder facts) {
        this.text = text;
        this.facts = facts;
    }

    void word(int i) {
        var word = text.at(i).text();
        named(i, word);
        batch(i, word);
        wordsForNumbers(i, word);
    }

    void number(int i) {
        long n = text.at(i).whole();
        if (n < 0) return;
        imagesAt(i, n);
        var next = text.at(i + 1);
        var second = text.at(i + 2);
        if (next.is("-", "‐") && second.is("class", "way", "classes")) classes(n);
        classesAt(i, n);
        if (next.is("epochs", "epoch", "ep", "eps") && n > 0
                && !text.at(i - 1).is("every", "after", "each", "last", "first", "at", "of"))
            facts.put(FactKey.EPOCHS, n);
        if (next.is("steps", "iterations", "batches") && n > 0) steps(i, n);
        if (next.is("validation", "val", "eval") && second.is("steps", "batches"))
            facts.put(FactKey.VALIDATION_STEPS, n);
        if (next.is("training", "train") && second.is("steps", "batches")) facts.put(FactKey.STEPS_PER_EPOCH, n);
        if (next.is("outputs") && n > 0) facts.put(FactKey.OUTPUT_UNITS, n);
        if (next.is("output") && second.is("units", "neurons", "nodes", "unit", "neuron"))
            facts.put(FactKey.OUTPUT_UNITS, n);
        // `=4413//128`: the divisor is the batch size that the steps were computed with.
        if (next.is("//") && second.whole() > 0 && n > second.whole()) facts.put(FactKey.BATCH_DIVISOR, second.whole());
        // `160 of 4000 are fraud`
        if (next.is("of") && second.whole() > n && text.at(i + 3).is("are") && n > 0
                && !facts.has(FactKey.CLASS_COUNTS))
            facts.put(FactKey.CLASS_COUNTS, new Counts(List.of(second.whole() - n, n)));
        if (next.is("per", "a") && second.is("batch") && n > 0) facts.batch(text.sets(i), n);
        pair(i, n);
        boolean perClass = next.is("per") && second.is("class", "category")
                || next.is("images", "samples", "examples") && second.is("per")
                        && text.at(i + 3).is("class", "category");
        if (perClass && facts.has(FactKey.CLASSES)) {
            long classes = facts.soFar().value(FactKey.CLASSES).orElse(0L);
            if (classes > 0 && classes <= 10_000)
                facts.put(FactKey.CLASS_COUNTS, new Counts(Collections.nCopies((int) classes, n)));
        }
    }

    /// `284315 legitimate and 492 fraudulent`: images of each class.
    void unequal() {
        var counts = new ArrayList<Long>();
        for (int i = 0; i + 1 < text.size(); i++) {
            boolean counted = text.at(i).whole() > 0 && UNEQUAL.contains(text.at(i + 1).text());
            if (counted) counts.add(text.at(i).whole());
        }
        if (counts.size() >= 2) facts.byDefault(FactKey.CLASS_COUNTS, new Counts(counts));
    }

    /// `20 classes`, `5 rhythm classes`, `4 kinds of waste`.
    private void classesAt(int i, long n) {
        for (int k = i + 1; k <= i + 3; k++) {
            var token = text.at(k);
            if (CLASSES.contains(token.text())) {
                boolean parts = text.at(k + 1).is("of")
                        && text.at(k + 2).is("layer", "layers", "augmentation", "noise");
                if (!parts) classes(n);
                return;
            }
            if (!token.isWord() || isOther(token) || imageKey(token.text()).isPresent() || isSmall(token)) return;
        }
    }

    /// `gamma 2 with class weights` speaks of no two classes.
    private static boolean isSmall(Token token) {
        return token.is("with", "of", "for", "in", "and", "or", "per", "by", "on", "to", "the", "a", "at", "from",
                "as");
    }

    /// `4413 training`, `50000 training images`, `2000 images for training`, `1,115 messages val`, `1790 to validate`.
    private void imagesAt(int i, long n) {
        if (n < 2 || isBatch(i) || isVersion(i)) return;
        int k = i + 1;
        // `100 CIFAR-10 training images`
        if (Character.isUpperCase(text.at(k).original().charAt(0)) && imageKey(text.at(k).text()).isEmpty()) {
            k++;
            if (text.at(k).is("-") && text.at(k + 1).isNumber()) k += 2;
        }
        if (isNoun(text.at(k))) k++;
        if (text.at(k).is("for", "in", "as", "to") || text.at(k).is("(") && k > i + 1) k++;
        if (text.at(k).is("the", "each")) k++;
        var key = imageKey(text.at(k).text());
        // `training 2,400 validation 600`
        boolean before = k == i + 1 && imageKey(text.at(i - 1).text()).isPresent() && text.at(k + 1).isNumber();
        if (key.isEmpty() || before || isOther(text.at(k + 1))) return;
        facts.put(key.get(), n);
    }

    /// `batch 64 for training, 1000 for testing`
    private boolean isBatch(int i) {
        boolean role = false;
        for (int k = i - 1; k >= Math.max(0, i - 6); k--) {
            boolean size = text.at(k).is("batch", "bs", "batch_size", "batchsize", "batches");
            if (size) return role || k >= i - 2;
            role |= imageKey(text.at(k).text()).isPresent();
        }
        return false;
    }

    /// `TensorFlow 2 training loop`
    private boolean isVersion(int i) {
        // `CIFAR-10 training images`
        boolean named = text.at(i - 1).is("-") && text.at(i - 1).end() == text.at(i).start()
                && text.at(i - 2).isWord() && text.at(i - 2).end() == text.at(i - 1).start();
        return named || text.at(i).whole() < 10
                && text.at(i - 1).is("tensorflow", "tf", "keras", "pytorch", "python", "version");
    }

    /// Things that are counted: images, or whatever they are called here.
    private static boolean isNoun(Token token) {
        if (token.is("data")) return true;
        return token.isWord() && token.text().endsWith("s") && token.text().length() > 3 && !isOther(token)
                && imageKey(token.text()).isEmpty() && !CLASSES.contains(token.text());
    }

    /// `50k/10k`, `55000 + 5000`, `14,034 and 3,000 images`, `1,279 rows / 320 rows`: training first.
    private void pair(int i, long n) {
        int sign = isNoun(text.at(i + 1)) ? i + 2 : i + 1;
        boolean sum = text.at(sign).is("/", "+");
        if (!sum && !text.at(sign).is("and") || text.at(i - 1).is("/", "+", "x", "*", "steps", "batch", "by")) return;
        long second = text.at(sign + 1).whole();
        var noun = text.at(sign + 2);
        if (second < 20 || second > n || isOther(noun) || noun.is("x", "*", "=")) return;
        if (sign == i + 2 && !noun.is(text.at(i + 1).text())) return;
        boolean widths = LayerNames.kind(text.at(i - 1).text()).isPresent()
                || Activations.name(noun.text()).isPresent();
        if (widths || !isNoun(noun) && (n < 1_000 || !sum)) return;
        facts.byDefault(FactKey.TRAINING_IMAGES, n);
        facts.byDefault(FactKey.VALIDATION_IMAGES, second);
        long third = noun.is("/", "+") ? text.at(sign + 3).whole() : -1;
        if (third >= 20) facts.byDefault(FactKey.TEST_IMAGES, third);
    }

    /// `1719 training steps` counts no images.
    private static boolean isOther(Token token) {
        return token.is("steps", "batches", "batch", "epochs", "epoch", "loss", "accuracy", "acc", "%", "step",
                "iterations", "classes", "set's",
                "time", "error", "hours", "minutes", "seconds", "runs", "size", "speed");
    }

    private static Optional<FactKey<Long>> imageKey(String word) {
        return switch (word) {
            case "train", "training", "trainset", "trn" -> Optional.of(FactKey.TRAINING_IMAGES);
            case "validation", "val", "valid", "validating", "validate", "validated", "dev" ->
                Optional.of(FactKey.VALIDATION_IMAGES);
            case "test", "testing", "tests" -> Optional.of(FactKey.TEST_IMAGES);
            default -> Optional.empty();
        };
    }

    private void classes(long n) {
        if (n >= 2 && n <= 1_000_000) facts.put(FactKey.CLASSES, n);
    }

    private void steps(int i, long n) {
        var previous = text.at(i - 1);
        if (text.at(i + 1).is("batches") && (text.near(i + 1, 3, "exist", "available", "exists", "there"))) {
            facts.put(FactKey.VALIDATION_BATCHES, n);
            return;
        }
        if (text.at(i + 2).is("available", "exist")) {
            facts.put(FactKey.VALIDATION_BATCHES, n);
            return;
        }
        // `150 steps and 100 validation steps`
        boolean validation = !text.at(i + 2).is("and") && text.sets(i) == Sets.VALIDATION;
        boolean warm = previous.is("warmup", "warm-up", "every", "after")
                || text.at(i + 1).is("iterations") && !text.at(i + 2).is("per");
        if (!warm) facts.put(validation ? FactKey.VALIDATION_STEPS : FactKey.STEPS_PER_EPOCH, n);
    }

    /// `NAME_WITH_UNDERSCORES value`.
    private void named(int i, String word) {
        var key = Aliases.count(word);
        if (key.isEmpty()) return;
        int k = text.numberAfter(i, 3);
        if (k < 0 || text.at(k).whole() < 0) return;
        long n = Tokens.count(text.tokens(), k);
        // `classes 0, 1, 2` are names.
        if (key.get().equals(FactKey.CLASSES)) classes(n);
        else
            facts.put(key.get(), n);
    }

    private void batch(int i, String word) {
        var name = word.replace('-', '_');
        boolean batch = Set
                .of("batch", "batch_size", "batchsize", "bs", "mini_batch", "minibatch", "batch_sizes", "yields",
                        "yielding")
                .contains(name)
                || text.at(i).is("batches", "generators") && text.at(i + 1).is("of")
                || text.at(i).is("batches") && text.at(i + 1).isNumber() && !text.at(i - 1).isNumber();
        boolean training = Set.of("train_batchsize", "train_batch_size", "training_batch_size", "train_batch",
                "batch_size_train", "training_batch").contains(name);
        boolean validation = Set.of("val_batchsize", "val_batch_size", "validation_batch_size", "val_batch",
                "batch_size_val", "valid_batch_size", "validation_batch", "test_batch_size", "eval_batch_size")
                .contains(name) || batch && text.at(i - 1).is("eval");
        if (!batch && !training && !validation) return;
        if (text.at(i + 1).is("norm", "normalization", "normalisation", "normalized", "-") && batch) return;
        int k = text.numberAfter(i, 4);
        long n = k < 0 ? -1 : text.at(k).whole();
        if (n < 1 || n > 1_000_000) return;
        if (text.at(k + 1).is("x")) return;
        var sets = training
                ? Sets.TRAINING
                : validation
                        ? Sets.VALIDATION
                        : text.near(i, 6, "everywhere", "both", "all") ? Sets.ALL : text.sets(i);
        facts.batch(sets, n);
    }

    private void wordsForNumbers(int i, String word) {
        if (text.at(i).is("binary")
                && text.at(i + 1).is("classification", "classifier", "problem", "task", "labels", "targets", "target",
                        "outcome", "label"))
            classes(2);
        dataset(i, word);
        if ((text.at(i).is("epochs", "nb_epoch")) && text.numberAfter(i, 2) > 0
                && text.at(text.numberAfter(i, 2)).whole() > 0 && !text.at(i - 1).isNumber()) {
            facts.put(FactKey.EPOCHS, text.at(text.numberAfter(i, 2)).whole());
        }
        int steps = text.at(i + 1).is("=") ? i + 2 : i + 1;
        if (text.at(i).is("steps") && !text.at(i - 1).isNumber() && text.at(steps).whole() > 0) {
            facts.put(text.sets(i) == Sets.VALIDATION ? FactKey.VALIDATION_STEPS : FactKey.STEPS_PER_EPOCH,
                    text.at(steps).whole());
            // `steps 100 and 50`
            if (text.at(steps + 1).is("and", "/") && text.at(steps + 2).whole() > 0)
                facts.put(FactKey.VALIDATION_STEPS, text.at(steps + 2).whole());
        }
        if (text.at(i).is("classes") && !text.at(i - 1).isNumber() && text.at(i + 1).is("=", ":")
                && text.at(i + 2).whole() > 1)
            classes(text.at(i + 2).whole());
        trainOn(i, word);
        shape(i, word);
    }

    /// `x_train (100, 32, 32, 3)`
    private void shape(int i, String word) {
        if (!word.startsWith("x_") || !text.at(i + 1).is("(") || text.at(i + 2).whole() < 2 || !text.at(i + 3).is(","))
            return;
        int end = word.indexOf('_', 2);
        imageKey(end < 0 ? word.substring(2) : word.substring(2, end))
                .ifPresent(key -> facts.put(key, text.at(i + 2).whole()));
    }

    /// Sets that everybody knows.
    private void dataset(int i, String word) {
        var name = word.equals("cifar") && text.at(i + 1).is("-") ? word + text.at(i + 2).text() : word;
        switch (name) {
            case "mnist", "fashion-mnist", "fashion_mnist", "fashionmnist", "kmnist", "svhn", "cifar10", "cifar-10" ->
                facts.byDefault(FactKey.CLASSES, 10L);
            case "cifar100" -> facts.byDefault(FactKey.CLASSES, 100L);
            case "imdb" -> facts.byDefault(FactKey.CLASSES, 2L);
            case "reuters" -> facts.byDefault(FactKey.CLASSES, 46L);
            case "cifar" -> facts.understood();
            default -> {
                // A set that we do not know, or none.
            }
        }
    }

    /// `trained on 2000 images`, `training set of 2000`, `validation set: 500 images`, `train 2,934 - valid 736`.
    private void trainOn(int i, String word) {
        if (imageKey(word).isEmpty() && !text.at(i).is("trained")) return;
        int k = i + 1;
        int skipped = 0;
        boolean set = false;
        while (skipped++ < 5
                && text.at(k).is("set", "on", "of", "has", "with", "data", "images", "samples", "is", ":", "=",
                        "size", "contains", "only", "about", "~", "dataset", "examples", "the", "other", "first")) {
            set |= text.at(k).is("set", "on", "images", "samples", "data", "size", "dataset", "examples", "has");
            k++;
        }
        long n = text.at(k).whole();
        if (n < 2 || !set && (n < 20 || text.at(i).is("trained") || isOfBatches(i))) return;
        var noun = text.at(k + 1);
        boolean images = isNoun(noun) || noun.is(",", ";", ".", "and", "/", ")", "(", "-", "+", "|", "of", "test")
                || k + 1 >= text.size() || noun.isWord() && (isNoun(text.at(k + 2)) || text.at(k + 2).isNumber());
        boolean other = imageKey(noun.text()).filter(key -> key != FactKey.TEST_IMAGES).isPresent();
        if (images && !isOther(noun) && (!other || text.at(k + 2).isNumber()))
            facts.put(imageKey(word).orElse(FactKey.TRAINING_IMAGES), n);
    }

    /// `batch train 32, test 100` counts no images.
    private boolean isOfBatches(int i) {
        for (int k = Math.max(0, i - 6); k < i; k++) {
            if (text.at(k).is("batch", "batches", "bs", "batch_size", "steps", "accuracy", "acc", "loss", "size"))
                return true;
        }
        return false;
    }
}
