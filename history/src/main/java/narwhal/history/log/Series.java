package narwhal.history.log;

import java.util.List;

/// One metric over the complete epochs of a run that have it, in order.
///
/// @param metric role and name
/// @param printedAs the log's own name, such as `val_binary_accuracy`
/// @param points in order of epochs
public record Series(Metric metric, String printedAs, List<Point> points) {
    private static final double SEVEN_DIGITS = 1e-7;

    public Series {
        points = List.copyOf(points);
    }

    /// A value of one epoch.
    ///
    /// @param epoch its number
    /// @param reading what is printed
    public record Point(int epoch, Reading reading) {}

    /// Number of epochs.
    public int size() {
        return points.size();
    }

    public boolean isEmpty() {
        return points.isEmpty();
    }

    /// The values, one for each epoch that has one.
    public double[] values() {
        return points.stream().mapToDouble(point -> point.reading().value()).toArray();
    }

    /// Half a unit of the last digit of each value.
    public double[] halves() {
        return points.stream().mapToDouble(point -> point.reading().half()).toArray();
    }

    /// The numbers of the epochs.
    public int[] epochs() {
        return points.stream().mapToInt(Point::epoch).toArray();
    }

    /// Whether all values are printed with seven digits or more, about as many as float32 has.
    public boolean precise() {
        return points.stream().map(Point::reading)
                .allMatch(reading -> reading.full() || reading.half() < SEVEN_DIGITS * Math.abs(reading.value()));
    }

    /// Whether all values are ordinary numbers.
    public boolean finite() {
        return points.stream().allMatch(point -> point.reading().finite());
    }
}
