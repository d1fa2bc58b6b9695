package narwhal.losses;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// Targets that are less sure than 0 and 1. Szegedy et al., arXiv 1512.00567, section 7.
final class Smoothing {
    private Smoothing() {
    }

    static void check(double smoothing) {
        if (!(smoothing >= 0 && smoothing <= 1)) {
            throw new IllegalArgumentException("labels are smoothed by 0 to 1, got " + smoothing);
        }
    }

    static Tensor of(Tape tape, Tensor targets, double smoothing, int classes) {
        if (smoothing == 0) return targets;
        return tape.engine().scale(targets, (float) (1 - smoothing), (float) (smoothing / classes));
    }
}
