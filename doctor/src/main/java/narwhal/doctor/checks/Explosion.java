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
    private static final double NOTHING = 0.01;
    private static final double MOSTLY = 0.5;
    private static final double LOST = 0.03;

    /// The first explosion of the training loss. The validation loss counts only where no training loss is printed: a network
    /// in evaluation mode may jump by itself.
    static Optional<Explosion> of(Case run) {
        return run.loss().isEmpty()
                ? in(run.rawValidationLoss(), run.rawValidationAccuracy(), true)
                : in(run.loss(), run.accuracy(), false);
    }

    private static Optional<Explosion> in(Curve curve, Curve accuracy, boolean validation) {
        for (int i = 1; i < curve.size(); i++) {
            double before = curve.value(i - 1);
            double now = curve.value(i);
            if (before <= 0 || isAsRight(curve, accuracy, i) || i == 1 && onlyTheFirstIsLow(curve)) continue;
            // Next to nothing is next to nothing, three times over.
            boolean jumps = now > JUMP * before && now > BEYOND_START * curve.first() && now > NOTHING;
            boolean huge = now >= HUGE && before < HUGE / JUMP && now > BEYOND_START * curve.first();
            if (jumps || huge || collapses(curve, i)) {
                return Optional.of(new Explosion(curve, validation, i, now / before));
            }
        }
        return Optional.empty();
    }

    /// Answers that are mostly right are as often right as before: the loss of a batch may jump, the weights did not.
    private static boolean isAsRight(Curve curve, Curve accuracy, int i) {
        if (accuracy.size() != curve.size() || curve.value(i) >= HUGE) return false;
        return accuracy.value(i - 1) > MOSTLY && accuracy.value(i) > accuracy.value(i - 1) - LOST;
    }

    /// All values behind the first fall, to less than half: the first is the mean of a single step.
    static boolean onlyTheFirstIsLow(Curve curve) {
        var rest = curve.from(1);
        if (rest.size() < 6 || rest.last() > 0.5 * rest.first()) return false;
        for (int k = 1; k < rest.size(); k++) if (rest.value(k) > rest.value(k - 1)) return false;
        return true;
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

    /// Whether the loss came back to within a tenth of its smallest value before, or to a tenth of where it jumped and below its start.
    boolean recovered() {
        if (index + 1 >= curve.size()) return false;
        double later = curve.from(index + 1).least();
        return later <= 1.1 * best() || later < 0.1 * curve.value(index) && later < 0.5 * curve.first();
    }
}
