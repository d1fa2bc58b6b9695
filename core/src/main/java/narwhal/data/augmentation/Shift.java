package narwhal.data.augmentation;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/// How far a picture may be moved along one axis: the three readings of Keras' `width_shift_range` and
/// `height_shift_range`.
public sealed interface Shift {
    /// Nothing moves.
    Shift NONE = within(0);

    /// A number: any place between −range and range.
    ///
    /// @param range fraction of the extent below 1, pixels from 1 on; at least 0
    static Shift within(double range) {
        return new Within(range);
    }

    /// A whole number n: 0 to n − 1 whole pixels, either way.
    ///
    /// @param pixels at least 1
    static Shift wholePixels(int pixels) {
        if (pixels < 1) throw new IllegalArgumentException("a shift has at least 1 place, got " + pixels);
        return new OneOf(IntStream.range(0, pixels).asDoubleStream().boxed().toList());
    }

    /// A sequence: one of these, either way.
    ///
    /// @param values fractions of the extent if all lie below 1, otherwise pixels
    static Shift oneOf(double... values) {
        return new OneOf(Arrays.stream(values).boxed().toList());
    }

    /// Whether nothing moves.
    boolean isNone();

    /// The pixels of one picture.
    ///
    /// @param extent of the picture along the axis, in pixels
    /// @param place random, in [0, 1): which place
    /// @param side random, in [0, 1): which way, where the places have none
    double pixels(int extent, double place, double side);

    /// See [#within].
    record Within(double range) implements Shift {
        public Within {
            if (!(range >= 0) || Double.isInfinite(range)) {
                throw new IllegalArgumentException("a range of a shift is at least 0, got " + range);
            }
        }

        @Override
        public boolean isNone() {
            return range == 0;
        }

        @Override
        public double pixels(int extent, double place, double side) {
            return isNone() ? 0 : (-range + 2 * range * place) * (range < 1 ? extent : 1);
        }
    }

    /// See [#oneOf].
    record OneOf(List<Double> values) implements Shift {
        public OneOf {
            values = List.copyOf(values);
            if (values.isEmpty() || !values.stream().allMatch(Double::isFinite)) {
                throw new IllegalArgumentException("a shift is one of some numbers, got " + values);
            }
        }

        @Override
        public boolean isNone() {
            return values.stream().allMatch(value -> value == 0);
        }

        @Override
        public double pixels(int extent, double place, double side) {
            double value = values.get((int) (place * values.size()));
            boolean fraction = values.stream().allMatch(each -> each < 1);
            return (side < 0.5 ? -value : value) * (fraction ? extent : 1);
        }
    }
}
