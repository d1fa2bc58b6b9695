package narwhal.doctor;

import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import narwhal.doctor.statistics.Robust;
import narwhal.doctor.statistics.Trend;
import narwhal.history.log.Series;

/// One metric over the epochs, finite values only: what the tests of shape and level look at.
public final class Curve {
    /// Half of the steps are larger.
    public static final double HALF = 0.5;
    /// One step in four is larger.
    public static final double OFTEN = 0.75;
    /// No value at all.
    public static final Curve NONE = new Curve(new int[0], new double[0], new double[0]);

    /// Relative rounding of float32.
    private static final double FLOAT = 6e-8;

    private final int[] epochs;
    private final double[] values;
    private final double[] halves;

    private Curve(int[] epochs, double[] values, double[] halves) {
        this.epochs = epochs;
        this.values = values;
        this.halves = halves;
    }

    /// The finite values of a series.
    public static Curve of(Series series) {
        var points = series.points().stream().filter(point -> point.reading().finite()).toList();
        return new Curve(points.stream().mapToInt(Series.Point::epoch).toArray(),
                points.stream().mapToDouble(point -> point.reading().value()).toArray(),
                points.stream().mapToDouble(point -> point.reading().half()).toArray());
    }

    /// Values of given epochs, without rounding.
    public static Curve of(int[] epochs, double[] values) {
        return new Curve(epochs.clone(), values.clone(), new double[values.length]);
    }

    public boolean isEmpty() {
        return values.length == 0;
    }

    /// How many values there are.
    public int size() {
        return values.length;
    }

    /// The value of index `i`, from 0.
    public double value(int i) {
        return values[i];
    }

    /// The number of the epoch of index `i`.
    public int epoch(int i) {
        return epochs[i];
    }

    public double[] values() {
        return values.clone();
    }

    public int[] epochs() {
        return epochs.clone();
    }

    /// The first value; not-a-number for an empty curve.
    public double first() {
        return isEmpty() ? Double.NaN : values[0];
    }

    /// The last value; not-a-number for an empty curve.
    public double last() {
        return isEmpty() ? Double.NaN : values[values.length - 1];
    }

    /// Index of the smallest value, the first of equals; -1 for an empty curve.
    public int lowest() {
        int best = isEmpty() ? -1 : 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[best]) best = i;
        }
        return best;
    }

    /// Index of the largest value, the first of equals; -1 for an empty curve.
    public int highest() {
        int best = isEmpty() ? -1 : 0;
        for (int i = 1; i < values.length; i++) {
            if (values[i] > values[best]) best = i;
        }
        return best;
    }

    /// The smallest value; not-a-number for an empty curve.
    public double least() {
        return Arrays.stream(values).min().orElse(Double.NaN);
    }

    /// The largest value; not-a-number for an empty curve.
    public double most() {
        return Arrays.stream(values).max().orElse(Double.NaN);
    }

    public double median() {
        return Robust.median(values);
    }

    public double mean() {
        return Arrays.stream(values).average().orElse(Double.NaN);
    }

    /// Largest less smallest value over the absolute mean; 0 for a curve that is 0 throughout.
    public double relativeRange() {
        double mean = Math.abs(mean());
        return most() == least() ? 0 : (most() - least()) / mean;
    }

    /// The noise around its slow course, see [Robust#noise]; never below what rounding alone makes.
    public double noise() {
        double rounding = isEmpty() ? 0 : Robust.median(halves) / Math.sqrt(3);
        return Math.max(Robust.noise(values), rounding);
    }

    /// What that share of the steps from value to value stays below, see [#HALF] and [#OFTEN]; up and down alike.
    public double steps(double share) {
        return Robust.quantile(share, Arrays.stream(Robust.differences(values)).map(Math::abs).toArray());
    }

    public Trend trend() {
        return Trend.of(values);
    }

    /// From index `first` on.
    public Curve from(int first) {
        return slice(first, values.length);
    }

    /// Indices `first` to `end` − 1.
    public Curve slice(int first, int end) {
        return new Curve(Arrays.copyOfRange(epochs, first, end), Arrays.copyOfRange(values, first, end),
                Arrays.copyOfRange(halves, first, end));
    }

    /// The last `count` values, or all.
    public Curve tail(int count) {
        return from(Math.max(0, values.length - count));
    }

    /// The late epochs: the last max(5, a quarter).
    public Curve late() {
        return tail(Math.max(5, (values.length + 3) / 4));
    }

    /// The values of those epochs that `other` has too.
    public Curve on(Curve other) {
        if (Arrays.equals(epochs, other.epochs)) return this;
        var theirs = Arrays.stream(other.epochs).boxed().collect(Collectors.toSet());
        var keep = IntStream.range(0, values.length).filter(i -> theirs.contains(epochs[i])).toArray();
        return new Curve(Arrays.stream(keep).map(i -> epochs[i]).toArray(),
                Arrays.stream(keep).mapToDouble(i -> values[i]).toArray(),
                Arrays.stream(keep).mapToDouble(i -> halves[i]).toArray());
    }

    /// Index of the value of an epoch, or of the nearest before it; -1 where there is none.
    public int indexOf(int epoch) {
        int found = -1;
        for (int i = 0; i < epochs.length && epochs[i] <= epoch; i++) found = i;
        return found;
    }

    /// Whether a value and one of another curve may be the same number, printed twice.
    public boolean isSame(int i, Curve other, int k) {
        return Math.abs(values[i] - other.values[k]) <= Math.max(0.999 * (halves[i] + other.halves[k]),
                FLOAT * Math.abs(values[i]));
    }

    /// How often a value occurs.
    public long times(double value) {
        return Arrays.stream(values).filter(other -> other == value).count();
    }

    /// The longest run of values at the end that are the same to print precision: within both halves of the last one.
    public int frozenAtEnd() {
        int count = 0;
        for (int i = values.length - 1; i >= 0 && Math.abs(values[i] - last()) <= same(i); i--) count++;
        return count;
    }

    /// Whether some value lies further from the last one than equal weights allow: their mean may come to lie on the edge of a digit
    /// and be printed one digit higher or lower, but no more.
    public boolean moved() {
        for (int i = 0; i < values.length; i++) if (Math.abs(values[i] - last()) > 1.5 * same(i)) return true;
        return false;
    }

    /// More digits than a float has are the rounding of a sum, which depends on the order of the batches.
    private double same(int i) {
        return Math.max(0.999 * (halves[i] + halves[halves.length - 1]), FLOAT * Math.abs(values[i]));
    }
}
