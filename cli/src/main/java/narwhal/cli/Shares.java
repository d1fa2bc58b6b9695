package narwhal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import picocli.CommandLine.TypeConversionException;

/// How a set is divided, such as `70:25:5`; only the proportions count.
///
/// @param parts for training, validation and, perhaps, test
record Shares(List<Double> parts) {
    /// As in the question about orca calls.
    static final Shares USUAL = new Shares(List.of(70.0, 25.0, 5.0));

    private static final Pattern FORM = Pattern.compile("\\d+(\\.\\d+)?([:,/]\\d+(\\.\\d+)?){1,2}");

    Shares {
        parts = List.copyOf(parts);
    }

    static Shares parse(String word) {
        if (!FORM.matcher(word).matches())
            throw new TypeConversionException("expected TRAIN:VALIDATION or TRAIN:VALIDATION:TEST such as 70:25:5");
        var parts = Arrays.stream(word.split("[:,/]", -1)).map(Double::parseDouble).toList();
        if (!(parts.get(0) > 0) || !(parts.get(1) > 0))
            throw new TypeConversionException("expected shares above 0 for training and validation");
        return new Shares(parts);
    }

    @Override
    public String toString() {
        return parts.stream().map(part -> part == Math.rint(part)
                ? String.format(Locale.ROOT, "%.0f", part)
                : part.toString()).collect(Collectors.joining(":"));
    }
}
