package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;

/// A loss that jumps up within one epoch.
///
/// @param curve in which it happens
/// @param validation whether that is the validation loss
/// @param index of the epoch of the jump in the curve
/// @param factor over the value before
record Explosion(Curve curve, boolean validation, int index, double factor) {
    private static final double JUMP = 3;
    private static final double BEYOND_START = 1.5;
    private static final double BACK = 0.6;
    private static final double HUGE = 1e3;

    /// The first explosion of the training loss. The validation loss counts only where no training loss is printed: a network
    /// in evaluation mode may jump by itself.
    static Optional<Explosion> of(Case run) {
        return run.loss().isEmpty() ? in(run.rawValidationLoss(), true) : in(run.loss(), false);
    }

    private static Optional<Explosion> in(Curve curve, boolean validation) {
        for (int i = 1; i < curve.size(); i++) {
            double before = curve.value(i - 1);
            double now = curve.value(i);
            if (before <= 0) continue;
            boolean jumps = now > JUMP * before && now > BEYOND_START * curve.first();
            boolean huge = now >= HUGE && before < HUGE / JUMP && now > BEYOND_START * curve.first();
            if (jumps || huge || collapses(curve, i)) {
                return Optional.of(new Explosion(curve, validation, i, now / before));
            }
        }
        return Optional.empty();
    }

    /// Within two epochs back to where it began, for good: what was learned is lost.
    private static boolean collapses(Curve curve, int i) {
        double before = curve.value(i - 1);
        double soon = curve.value(Math.min(i + 1, curve.size() - 1));
        if (soon <= JUMP * before || soon <= BACK * curve.first() || curve.value(i) <= before) return false;
        return curve.from(i).least() > 1.5 * before;
    }

    int epoch() {
        return curve.epoch(index);
    }

    /// The smallest loss before it.
    double best() {
        return curve.slice(0, index).least();
    }

    /// Whether the loss came back to within a tenth of its smallest value before.
    boolean recovered() {
        return index + 1 < curve.size() && curve.from(index + 1).least() <= 1.1 * best();
    }
}
