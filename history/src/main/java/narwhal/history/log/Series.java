package narwhal.history.log;

import java.util.List;

/// One metric over the complete epochs of a run that have it, in order.
///
/// @param metric role and name
/// @param printedAs the log's own name, such as `val_binary_accuracy`
/// @param points in order of epochs
public record Series(Metric metric, String printedAs, List<Point> points) {
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

    /// Whether all values are printed with all the digits that they have.
    public boolean full() {
        return points.stream().allMatch(point -> point.reading().full());
    }

    /// Whether all values are ordinary numbers.
    public boolean finite() {
        return points.stream().allMatch(point -> point.reading().finite());
    }
}
