package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;

/// A loss that jumps up within one epoch.
///
/// @param curve in which it happens
/// @param validation whether that is the validation loss
/// @param index of the epoch of the jump in the curve
/// @param factor over the larger of the value before and the first one
record Explosion(Curve curve, boolean validation, int index, double factor) {
    private static final double JUMP = 3;
    private static final double BEYOND_START = 1.5;
    private static final double HUGE = 1e3;

    /// The first explosion of the training loss, or of the validation loss where training has none.
    static Optional<Explosion> of(Case run) {
        var training = in(run.loss(), false);
        if (training.isPresent()) return training;
        // a network in evaluation mode may jump by itself; only a jump that no batch statistics make speaks of the weights
        return in(run.rawValidationLoss(), true).filter(jump -> jump.factor >= 100);
    }

    private static Optional<Explosion> in(Curve curve, boolean validation) {
        for (int i = 1; i < curve.size(); i++) {
            double before = curve.value(i - 1);
            double now = curve.value(i);
            if (before <= 0) continue;
            boolean jumps = now > JUMP * before && now > BEYOND_START * curve.first();
            boolean huge = now >= HUGE && before < HUGE / JUMP && now > BEYOND_START * curve.first();
            if (jumps || huge)
                return Optional.of(new Explosion(curve, validation, i, now / Math.max(before, curve.first())));
        }
        return Optional.empty();
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
