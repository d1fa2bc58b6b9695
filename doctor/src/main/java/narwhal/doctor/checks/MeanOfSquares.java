package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;

/// A loss of squares at rest at the mean square of one-hot targets around their mean, (C − 1)/C², while one in C is right: the answer is
/// the mean of all targets.
///
/// @param classes C, all of them equally common
record MeanOfSquares(int classes) {
    private static final int FEWEST_EPOCHS = 5;
    private static final int AT_REST = 4;
    private static final int MOST_CLASSES = 20;
    private static final double WAVERS = 0.005;

    static Optional<MeanOfSquares> of(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < FEWEST_EPOCHS || accuracy.size() != loss.size() || run.statesCrossEntropy().orElse(false))
            return Optional.empty();
        var rest = loss.tail(AT_REST);
        double right = accuracy.tail(AT_REST).median();
        for (int classes = 3; classes <= MOST_CLASSES; classes++) {
            var mean = new MeanOfSquares(classes);
            boolean there = Math.abs(rest.most() / mean.value() - 1) < WAVERS
                    && Math.abs(rest.least() / mean.value() - 1) < WAVERS;
            if (there && Math.abs(right * classes - 1) < 0.3) return Optional.of(mean);
        }
        return Optional.empty();
    }

    double value() {
        return (classes - 1.0) / classes / classes;
    }

    Sign sign() {
        return new Sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                "the loss rests at (%d - 1)/%d² = %.4f, the mean square of one-hot targets around their mean, and one in %d is right",
                classes, classes, value(), classes)));
    }
}
