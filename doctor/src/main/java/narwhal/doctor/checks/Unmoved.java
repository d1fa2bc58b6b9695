package narwhal.doctor.checks;

import narwhal.doctor.Case;
import narwhal.history.log.Metric;

/// Training that hardly touches the weights. A network that learns anything, be it only how common the classes are, leaves its random
/// start within the first epoch, and what it comes to rest at wavers. Here the loss is the same to a thousandth from the first epoch to
/// the last, never rises, and lies away from the loss of a constant answer.
final class Unmoved {
    private static final double STANDS_STILL = 1e-3;

    private Unmoved() {
    }

    static boolean is(Case run) {
        var loss = run.loss();
        double range = loss.relativeRange();
        if (loss.size() < 5 || range == 0 || range >= STANDS_STILL || run.learning().isAtFloor()) return false;
        // A low rate still moves the seventh digit.
        if (loss.frozenAtEnd() >= 3 && run.run().series(Metric.LOSS).precise()) return false;
        for (int i = 1; i < loss.size(); i++) if (loss.value(i) > loss.value(i - 1)) return false;
        var level = Levels.of(run);
        return level.isEmpty() || Math.abs(loss.last() / level.get().loss() - 1) > STANDS_STILL + 3 * range;
    }
}
