package narwhal.history.log;

import java.util.Comparator;

/// The name of a metric in the house's own words, whatever the log called it: `val_acc`, `Valid Acc` and `val_accuracy` are
/// all the accuracy on the validation images. The original name is kept by [Run#printedAs].
///
/// @param role the images it was measured on
/// @param name in lower case: `loss`, `accuracy`, or the log's own name such as `auc` or `mean_absolute_error`
public record Metric(Role role, String name) implements Comparable<Metric> {
    public static final Metric LOSS = new Metric(Role.TRAINING, "loss");
    public static final Metric ACCURACY = new Metric(Role.TRAINING, "accuracy");
    public static final Metric VAL_LOSS = new Metric(Role.VALIDATION, "loss");
    public static final Metric VAL_ACCURACY = new Metric(Role.VALIDATION, "accuracy");

    private static final Comparator<Metric> ORDER = Comparator.comparing(Metric::role).thenComparing(Metric::name);

    /// The same metric on other images.
    public Metric on(Role other) {
        return new Metric(other, name);
    }

    @Override
    public int compareTo(Metric other) {
        return ORDER.compare(this, other);
    }

    /// Keras' way to write it: `loss`, `val_loss`, `test_loss`.
    @Override
    public String toString() {
        return switch (role) {
            case TRAINING -> name;
            case VALIDATION -> "val_" + name;
            case TEST -> "test_" + name;
        };
    }
}
