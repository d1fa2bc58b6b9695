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

    /// Whether `value` is better than `best` by more than `minDelta`, both as 32-bit numbers: what differs by less is equal
    /// for Keras 3. Not-a-number never is better.
    ///
    /// Source: `keras/src/callbacks/monitor_callback.py` of Keras 3, whose `ops.less` converts to float32.
    public boolean improves(double value, double best, double minDelta) {
        return isBetter((float) worse(value, minDelta), (float) best);
    }

    /// Whether `a` is better than `b` to the last bit.
    boolean isBetter(double a, double b) {
        return largerIsBetter ? a > b : a < b;
    }

    /// A value made worse.
    double worse(double value, double by) {
        return largerIsBetter ? value - by : value + by;
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
