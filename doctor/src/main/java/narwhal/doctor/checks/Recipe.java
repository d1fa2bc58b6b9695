package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Locale;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/// How images are brought to numbers, read from the user's words: only what changes their scale or offset, no augmentation.
///
/// @param steps in alphabetical order
record Recipe(SortedSet<String> steps) {
    private static final Pattern RESCALE = Pattern.compile(
            "(?:rescale\\s*[=:]?\\s*|rescaling\\s*\\(?\\s*)?1\\.?0?\\s*/\\s*(\\d+(?:\\.\\d+)?)|/=?\\s*(\\d{2,3}(?:\\.\\d+)?)");
    private static final Pattern EACH = Pattern.compile("^\\s*[\\w.]+\\s*,\\s*[\\w.]+(?:\\s*,\\s*[\\w.]+)*\\s*=");
    private static final Pattern NUMBER = Pattern.compile("-?\\d+(?:\\.\\d+)?(?:e-?\\d+)?");
    private static final String[] NAMED = {"preprocess_input", "featurewise_center", "featurewise_std",
        "samplewise_center",
        "samplewise_std", "totensor", "normalize(", "standardi", "mean subtraction", "imagenet"};

    static Recipe of(String words) {
        var steps = new TreeSet<String>();
        if (isDenied(words)) return new Recipe(steps);
        var text = words.toLowerCase(Locale.ROOT);
        var matcher = RESCALE.matcher(text);
        while (matcher.find()) {
            var divisor = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
            steps.add("1/" + divisor.replaceAll("\\.0*$", ""));
        }
        for (var name : NAMED) if (text.contains(name)) steps.add(name.replace("(", ""));
        return new Recipe(steps);
    }

    /// Whether the words say that nothing of the kind is done: `not scaled`.
    static boolean isDenied(String words) {
        return words.startsWith("not ");
    }

    /// How often a text divides the same images by 255, counting `ToTensor`, which does it too.
    static int rescalings(String words) {
        var text = words.toLowerCase(Locale.ROOT);
        // `x_train, x_test = x_train / 255, x_test / 255` divides each of them once.
        if (EACH.matcher(text).find())
            return Arrays.stream(text.split(",")).mapToInt(Recipe::rescalings).max().orElse(0);
        int count = text.contains("totensor") ? 1 : 0;
        var matcher = RESCALE.matcher(text);
        while (matcher.find()) count++;
        return count;
    }

    boolean rescales() {
        return !steps.isEmpty();
    }

    String words() {
        return steps.isEmpty() ? "no rescaling" : String.join(", ", steps);
    }

    /// The largest number in a range such as `0..255`; 0 where there is none.
    static double largest(String range) {
        double largest = 0;
        var matcher = NUMBER.matcher(range.replace("..", " "));
        while (matcher.find()) largest = Math.max(largest, Math.abs(Double.parseDouble(matcher.group())));
        return largest;
    }
}
