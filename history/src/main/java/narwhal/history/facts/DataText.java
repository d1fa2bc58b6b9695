package narwhal.history.facts;

import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;
import narwhal.history.facts.FactsBuilder.Sets;

/// What a sentence says of the images: order, augmentation, preprocessing, range, type, how they are split.
final class DataText {
    private static final Pattern OF_IMAGES = Pattern
            .compile("(?i)\\b(?:images|pictures|data|samples|inputs|features|together|both)\\b");
    /// The range of bytes, wherever it stands: `(32, 32, 3) 0-255`, `[0, 255]`.
    private static final Pattern BYTES = Pattern.compile("(?<![\\d.])0 ?(?:-|–|\\.\\.|,|to|and) ?255(?![\\d.])");
    /// `rescale [0,255] --> [0,1]`
    private static final Pattern BYTES_RESCALED = Pattern.compile(
            "(?<![\\d.])0 ?(?:-|–|\\.\\.|,|to) ?255\\.?[])]? ?(?:-*>|=>|→|to|into|in) ?(?:the range )?[\\[(]? ?-?[01](?![\\d])");

    /// `validation_data is exactly the same data as the training data`
    private static final Pattern SAME_AS_TRAINING = Pattern.compile(
            "(?i)\\b(?:val|valid|validation|validating|test|evaluation)(?:\\b|_)[^.;]{0,60}?(?<!not the |not )\\bsame (?:[\\d,]{1,9} )?"
                    + "(?:data|images|samples|pictures|set|dataset|examples|array|arrays)\\b[^.;]{0,40}?\\b(?:as|of)\\b[^.;]{0,20}?\\btrain");
    /// `33 % when I evaluate the very same images`
    private static final Pattern TRAINED_ON_AGAIN = Pattern.compile(
            "(?i)\\b(?:evaluat|predict|test)(?:e|ed|ing|s|ion)?\\b[^.;]{0,30}?\\bsame (?:\\d{1,9} )?(?:training )?(?:data|images|samples|pictures|examples)"
                    + "\\b(?! ?(?:aug|prep|gen|set|format|pipe|type|shape|size))");
    /// `the same data are used for training and validation`
    private static final Pattern SAME_FOR_BOTH = Pattern.compile(
            "(?i)\\bsame (?:data|images|samples|pictures|set|dataset|examples|array|arrays)\\b[^.;]{0,30}?\\b(?:for|as)\\b[^.;]{0,12}?"
                    + "\\btrain[^.;]{0,20}?\\b(?:val|validation|evaluation|test)");

    /// `training and validation data are exactly the same 2 samples`, `train and val sets are identical`
    private static final Pattern BOTH_THE_SAME = Pattern.compile(
            "(?i)\\btrain(?:ing)? (?:and|&|=|/) (?:val|validation|test)(?:ing)? (?:data|sets?|images|samples|datasets?) (?:are|is)"
                    + " (?:exactly |both |all )?(?:the same (?:\\d{1,9} )?(?:data|images|samples|pictures|examples|set|files)?\\b|identical)"
                    + "(?! ?(?:size|shape|dist|type|format|source|folder))");

    /// `fit on 2 samples, validation_data is exactly the same 2 samples`
    private static final Pattern THE_SAME = Pattern.compile(
            "(?i)\\b(?:val|validation)(?:_| )?(?:data|sets?|images|samples) (?:is|are|=) (?:exactly |just |simply )?the (?:very )?same"
                    + " (?:\\d{1,9} )?(?:data|images|samples|pictures|examples)(?![ \\w]*\\b(?:for|in|across|size|shape|source))");

    private static final List<Pattern> VALIDATED_ON_TRAINING = List.of(SAME_AS_TRAINING, TRAINED_ON_AGAIN,
            SAME_FOR_BOTH, BOTH_THE_SAME,
            THE_SAME);

    /// Columns of a table and their ranges: `area (500..9000)`.
    private static final Pattern COLUMNS = Pattern
            .compile("(?i)\\b(?:columns?|features?|measurements?|attributes?|variables?)\\b");
    private static final Pattern RANGE = Pattern
            .compile("-?\\d{1,12}(?:\\.\\d{1,6})?\\.\\.(\\d{1,12}(?:\\.\\d{1,6})?)");
    /// `inputs Age and EstimatedSalary (19000, 20000, 43000, ...)`
    private static final Pattern COLUMN = Pattern.compile(
            "(?i)(?:\\b(?:inputs?|columns?|features?|predictors?)\\b|\\.csv,)[^()]{1,60}\\((?:head: )?"
                    + "((?:\\d{1,9}(?:\\.\\d{1,6})?[,; ] ?){3,30})(?:\\.\\.\\.|…|\\d{1,9})\\)");
    private static final Pattern NUMBER = Pattern.compile("\\d+(?:\\.\\d+)?");
    /// `inputs balance (0 to 2654), income (772 to 73554)`
    private static final Pattern COLUMN_RANGES = Pattern
            .compile(
                    "(?i)\\b(?:inputs?|columns?|features?|predictors?)\\b.*?[a-z]{3,} \\(-?\\d{1,9}(?:\\.\\d{1,6})? to \\d.*");
    private static final Pattern COLUMN_RANGE = Pattern
            .compile("\\((-?\\d{1,9}(?:\\.\\d{1,6})?) to (\\d{1,9}(?:\\.\\d{1,6})?)\\)");
    /// `13 measurements (alcohol 11-15, proline 278-1680)`
    private static final Pattern NAMED_RANGES = Pattern
            .compile("\\(((?:[a-z_ ]{3,30} \\d{1,9}(?:\\.\\d+)?-\\d{1,9}(?:\\.\\d+)?(?:, ?)?)+)");
    private static final Pattern NAMED_RANGE = Pattern.compile("(\\d{1,9}(?:\\.\\d+)?)-(\\d{1,9}(?:\\.\\d+)?)");

    private final Sentence text;
    private final FactsBuilder facts;

    DataText(Sentence text, FactsBuilder facts) {
        this.text = text;
        this.facts = facts;
    }

    void word(int i) {
        var word = text.at(i).text();
        shuffling(i, word);
        augmentation(i, word);
        split(i, word);
        inputs(i, word);
    }

    void number(int i) {
        // `inputs /255`, `divided by 255`
        if (text.at(i).whole() == 255
                && (text.at(i - 1).is("/") || text.at(i - 1).is("by") && text.at(i - 2).is("divided", "scaled"))) {
            preparedByDefault("/255");
        }
    }

    /// What stands anywhere in the sentence, after all that says more.
    void anywhere() {
        var line = text.line();
        if (VALIDATED_ON_TRAINING.stream().anyMatch(said -> said.matcher(line).find()))
            facts.put(FactKey.VALIDATION_IS_TRAINING, true);
        if (BYTES_RESCALED.matcher(line).find()) {
            facts.replace(FactKey.TRAINING_PREPROCESSING, "/255");
            facts.replace(FactKey.VALIDATION_PREPROCESSING, "/255");
        } else if (BYTES.matcher(line).find()) facts.byDefault(FactKey.INPUT_RANGE, "0..255");
        COLUMN.matcher(line).results().flatMap(list -> NUMBER.matcher(list.group(1)).results())
                .max(Comparator.comparingDouble(number -> Double.parseDouble(number.group())))
                .ifPresent(most -> facts.byDefault(FactKey.INPUT_RANGE, "up to " + most.group()));
        if (COLUMN_RANGES.matcher(line).find()) {
            COLUMN_RANGE.matcher(line).results()
                    .max(Comparator.comparingDouble(range -> Double.parseDouble(range.group(2))))
                    .ifPresent(range -> facts.byDefault(FactKey.INPUT_RANGE, range.group(1) + ".." + range.group(2)));
        }
        if (!COLUMNS.matcher(line).find()) return;
        RANGE.matcher(line).results().max(Comparator.comparingDouble(range -> Double.parseDouble(range.group(1))))
                .ifPresent(range -> facts.byDefault(FactKey.INPUT_RANGE, range.group()));
        NAMED_RANGES.matcher(line).results().flatMap(list -> NAMED_RANGE.matcher(list.group(1)).results())
                .max(Comparator.comparingDouble(range -> Double.parseDouble(range.group(2))))
                .ifPresent(range -> facts.byDefault(FactKey.INPUT_RANGE, range.group(1) + ".." + range.group(2)));
    }

    /// `labels shuffled at random`, `random labels`: nothing is said of images.
    private boolean isOfLabelsAlone(int i) {
        boolean random = text.at(i).is("random", "randomised", "randomized")
                && text.at(i + 1).is("labels", "targets");
        boolean shuffled = text.at(i).is("shuffled", "permuted", "scrambled", "randomised", "randomized")
                && text.near(i, 2, "labels", "targets") && !OF_IMAGES.matcher(text.phrase(i)).find();
        return random || shuffled;
    }

    private void shuffling(int i, String word) {
        boolean sorted = (text.at(i).is("sorted", "class-sorted", "ordered", "class-ordered"))
                && (word.startsWith("class")
                        || text.near(i, 4, "class", "classes", "label", "labels", "directories", "folders", "by"));
        boolean order = text.at(i).is("order") && (text.at(i + 1).is("of")
                && text.near(i, 4, "class", "classes", "label", "labels")
                || text.near(i, 4, "joined", "stacked", "concatenated", "appended"));
        if ((sorted || order) && !text.negated(i)) facts.put(FactKey.VALIDATION_SORTED, true);
        if (isOfLabelsAlone(i)) {
            facts.put(FactKey.RANDOM_LABELS, !text.negated(i));
            return;
        }
        boolean shuffle = text.at(i).is("shuffle", "shuffled", "shuffling");
        boolean unshuffled = text.at(i).is("unshuffled", "non-shuffled");
        if (!shuffle && !unshuffled) return;
        if (text.at(i).is("shuffle") && text.at(i - 1).is(".")) return;
        // What a base sees to compute features comes in order, and training mixes the features.
        if (text.near(i, 6, "bottleneck")) {
            facts.understood();
            return;
        }
        boolean yes = shuffle && !text.negated(i);
        var sets = text.sets(i);
        if (sets == Sets.ALL && isOfValidation()) sets = Sets.VALIDATION;
        if (sets == Sets.VALIDATION || text.at(i).is("validation-shuffle")) facts.put(FactKey.VALIDATION_SHUFFLE, yes);
        else if (sets == Sets.TRAINING) facts.put(FactKey.TRAINING_SHUFFLE, yes);
        else if (text.near(i, 8, "test", "testing")) facts.understood();
        else {
            facts.put(FactKey.TRAINING_SHUFFLE, yes);
            if (text.near(i, 5, "both")) facts.put(FactKey.VALIDATION_SHUFFLE, yes);
        }
    }

    /// Whether the sentence speaks of the validation set and of no other.
    private boolean isOfValidation() {
        return text.tokens().stream().anyMatch(token -> token.is("validation", "val", "valid"))
                && text.tokens().stream()
                        .noneMatch(token -> token.text().startsWith("train") || token.is("fit", "test"));
    }

    private void inputs(int i, String word) {
        boolean scaling = text.at(i).is("rescale", "rescaling", "rescaled", "standardised", "standardized",
                "normalised", "normalized", "unscaled", "unnormalised", "unnormalized", "preprocess_input", "scaled",
                "standardise", "standardize", "featurewise_center", "standardscaler", "minmaxscaler", "z-score",
                "z-scored", "z-scores",
                "standardisation",
                "standardization")
                || text.at(i).is("normalisation", "normalization")
                        && text.near(i, 3, "input", "inputs", "image", "images", "pixel", "pixels", "feature",
                                "features", "data");
        // `preprocess(..., normalize=False)`
        scaling |= text.at(i).is("normalize", "normalise", "scale") && text.at(i + 1).is("=") && text.negated(i);
        if (scaling && !text.at(i - 1).is("batch", "layer")) {
            boolean out = text.line().contains("commented out");
            var recipe = (out || text.negated(i) || text.at(i - 1).is("not", "un") ? "not " : "")
                    + text.phrase(i).replaceFirst("^(not|no) ", "");
            prepared(text.sets(i), recipe);
        }
        boolean none = text.at(i).is("scaler", "scaling") && text.negated(i)
                || text.at(i).is("as") && text.at(i + 1).is("they") && text.at(i + 2).is("are", "come")
                || text.at(i).is("as") && text.at(i + 1).is("read") && text.at(i + 2).is("from", ";", ",", ".", "")
                || text.at(i).is("raw") && text.at(i + 1).is("numbers", "columns", "features", "inputs", "data");
        if (none) prepared(Sets.ALL, "not scaled");
        boolean nothingElse = text.at(i).is("preprocessing") && text.at(i - 1).is("other", "further")
                && text.at(i - 2).is("no", "without");
        if (nothingElse) preparedByDefault("not scaled");
        // A generator without arguments hands images on as they are.
        if (text.at(i).is("imagedatagenerator") && text.at(i + 1).is("(") && text.at(i + 2).is(")"))
            prepared(text.sets(i + 1), "nothing");
        // `raw images read from files` are no archive.
        if (text.at(i).is("raw") && text.at(i + 1).is("pixels", "pixel", "images", "values")
                && !text.at(i + 2).is("read", "files") || text.at(i).is("0..255"))
            facts.put(FactKey.INPUT_RANGE, "0..255");
        if (text.at(i).is("inputs", "input", "pixels", "values", "levels")
                || text.at(i).is("range") && !text.at(i + 1).is("("))
            range(i);
        if (text.at(i).is("uint8", "float32", "float64", "int64", "float16")) {
            facts.put(FactKey.INPUT_TYPE, word);
        }
    }

    private void prepared(Sets sets, String recipe) {
        if (sets != Sets.VALIDATION) facts.put(FactKey.TRAINING_PREPROCESSING, recipe);
        if (sets != Sets.TRAINING) facts.put(FactKey.VALIDATION_PREPROCESSING, recipe);
    }

    private void preparedByDefault(String recipe) {
        facts.byDefault(FactKey.TRAINING_PREPROCESSING, recipe);
        facts.byDefault(FactKey.VALIDATION_PREPROCESSING, recipe);
    }

    /// `inputs 0..255`, `inputs in [0, 1]`, `pixels 0-255`.
    private void range(int i) {
        for (int k = i + 1; k < Math.min(text.size(), i + 6); k++) {
            if (text.at(k).is(",", ";", ".")) return;
            if (!text.at(k).isNumber() && !text.at(k).is("-")) continue;
            int low = text.at(k).is("-") ? k + 1 : k;
            if (!text.at(low).isNumber() || !text.at(low + 1).is("..", "-", ",", "to", "–")) return;
            if (!text.at(low + 2).isNumber()) return;
            // `inputs /255, 10 classes` is a divisor and what comes next.
            double first = low == k ? text.at(low).number() : -text.at(low).number();
            if (text.at(low - 1).is("/") || first >= text.at(low + 2).number()) return;
            // `input (200, 400)` is a shape.
            if (text.at(low - 1).is("(") && text.at(low + 1).is(",") && first > 1) return;
            facts.put(FactKey.INPUT_RANGE,
                    (low == k ? "" : "-") + text.at(low).original() + ".." + text.at(low + 2).original());
            return;
        }
    }

    private void augmentation(int i, String word) {
        boolean augment = word.startsWith("augment")
                || text.at(i).is("data_augmentation", "augmentations", "randaugment");
        if (augment) {
            boolean yes = !text.negated(i) && !text.at(i - 2).is("no", "without");
            var sets = text.sets(i);
            if (text.near(i, 3, "validation", "val") && sets == Sets.VALIDATION)
                facts.put(FactKey.VALIDATION_AUGMENTED, yes);
            else
                facts.put(FactKey.TRAINING_AUGMENTED, yes);
        }
    }

    private void split(int i, String word) {
        if (text.at(i).is("validation_split") || text.at(i).is("split") && text.at(i - 1).is("validation", "val")) {
            int k = text.numberAfter(i, 3);
            if (k > 0 && text.at(k).number() == 1 && text.at(k + 1).is("/") && text.at(k + 2).number() > 1)
                facts.put(FactKey.VALIDATION_SPLIT, 1 / text.at(k + 2).number());
            if (k > 0) {
                double share = text.at(k + 1).is("%") || text.at(k).number() > 1
                        ? text.at(k).number() / 100
                        : text.at(k).number();
                if (share > 0 && share < 1) facts.put(FactKey.VALIDATION_SPLIT, share);
            }
        }
        if (text.at(i).is("last") && text.at(i - 1).is("the")) tail(i);
    }

    /// `the last 600 for validation`, `the last 20 % as validation set`
    private void tail(int i) {
        double number = text.at(i + 1).number();
        int k = text.at(i + 2).is("%") ? i + 3 : i + 2;
        for (int end = k + 2; k < end && !text.at(k).is("for", "as", "are", "is", "go"); k++) {
        }
        boolean held = text.near(k + 1, 1, "validation", "val", "test", "testing", "validate");
        if (!(number > 0) || !text.at(k).is("for", "as", "are", "is", "go") || !held) return;
        double all = facts.soFar().value(FactKey.TRAINING_IMAGES).orElse(0L);
        for (int n = 0; n < i; n++) {
            if (text.at(n).number() > number && text.at(n + 1).is("images", "samples", "examples", "rows", "pictures"))
                all = text.at(n).number();
        }
        double share = text.at(i + 2).is("%") ? number / 100 : number < 1 ? number : number / all;
        if (share > 0 && share < 1) facts.byDefault(FactKey.VALIDATION_SPLIT, share);
    }
}
