package narwhal.cli;

import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import narwhal.data.augmentation.Shift;
import picocli.CommandLine.TypeConversionException;

/// One number, or several with commas between them; the form of Keras' ranges.
///
/// @param word as it was given
/// @param values at least one, finite
record Numbers(String word, List<Double> values) {
    private static final Pattern WHOLE = Pattern.compile("\\d{1,6}");

    Numbers {
        values = List.copyOf(values);
    }

    static Numbers of(double value) {
        return new Numbers(Double.toString(value), List.of(value));
    }

    static Numbers parse(String word) {
        try {
            var values = Arrays.stream(word.strip().split(",", -1)).map(Double::parseDouble).toList();
            if (values.stream().allMatch(Double::isFinite)) return new Numbers(word.strip(), values);
        } catch (NumberFormatException e) {
            // told below, as for numbers without an end
        }
        throw new TypeConversionException("expected a number, or several such as 0.8,1.2");
    }

    double first() {
        return values.getFirst();
    }

    double last() {
        return values.getLast();
    }

    boolean isPair() {
        return values.size() == 2;
    }

    boolean isOne() {
        return values.size() == 1;
    }

    /// As Python reads `width_shift_range`: a whole number, another number, or a list.
    Shift shift() {
        if (!isOne()) return Shift.oneOf(values.stream().mapToDouble(Double::doubleValue).toArray());
        boolean whole = WHOLE.matcher(word).matches() && first() > 0;
        return whole ? Shift.wholePixels((int) first()) : Shift.within(first());
    }

    @Override
    public String toString() {
        return word;
    }
}
