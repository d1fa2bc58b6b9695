package narwhal.callbacks;

import java.util.OptionalDouble;
import narwhal.history.Epoch;

/// A metric to watch together with its better direction, so that nobody has to guess it from a name.
///
/// @param name of the metric in an epoch
/// @param largerIsBetter whether a larger value is an improvement
public record Monitor(String name, boolean largerIsBetter) {
    public static final Monitor LOSS = new Monitor("loss", false);
    public static final Monitor ACCURACY = new Monitor("accuracy", true);
    public static final Monitor VAL_LOSS = new Monitor("val_loss", false);
    public static final Monitor VAL_ACCURACY = new Monitor("val_accuracy", true);

    /// Whether `value` is better than `best` by more than `minDelta`. Not-a-number never is.
    public boolean improves(double value, double best, double minDelta) {
        return largerIsBetter ? value - minDelta > best : value + minDelta < best;
    }

    /// Worse than every number.
    public double worst() {
        return largerIsBetter ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
    }

    /// The watched metric of an epoch; empty where it has none.
    public OptionalDouble of(Epoch epoch) {
        return epoch.metric(name);
    }
}
