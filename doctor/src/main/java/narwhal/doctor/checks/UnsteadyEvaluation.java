package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;

/// The weights get better or stand, and what evaluation makes of them falls, flips or swings.
final class UnsteadyEvaluation {
    private static final double JUMPS = 0.1;
    /// So many times less does training move.
    private static final double STILL = 25;
    /// Twice what not to know costs of two classes.
    private static final double SURELY_WRONG = 2 * Math.log(2);

    private UnsteadyEvaluation() {
    }

    /// What shows it; empty where nothing does.
    static Optional<Sign> of(Case run) {
        return collapses(run).or(() -> flips(run)).or(() -> breaksDown(run)).or(() -> swings(run));
    }

    /// Training gets better and better, and validation unlearns what it could: learning by heart adds answers and takes none away.
    private static Optional<Sign> collapses(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        boolean trains = training.last() > training.first() + 0.1 && run.loss().last() < 0.8 * run.loss().first();
        if (!trains || loss.isEmpty() || validation.first() < 0.1 || validation.last() > 0.3 * validation.first()
                || validation.highest() > validation.size() / 3 || loss.last() < 1.3 * loss.first()) {
            return Optional.empty();
        }
        return Optional.of(new Sign(Grounds.SHAPE, 4.5, new Evidence.Printed(Say.format(
                "validation accuracy falls from %.3f to %.3f while training rises from %.3f to %.3f: the weights are good, and"
                        + " evaluation does not use what training does",
                validation.first(), validation.last(), training.first(), training.last()))));
    }

    /// Of two classes, evaluation answers the one always in some epochs and the other always in others, and is sure of it, while training
    /// is right far more often: the two accuracies add up to 1 to the last digit.
    private static Optional<Sign> flips(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        boolean two = run.classes().map(c -> c.value() == 2).orElse(run.loss().first() < 1);
        if (!two || validation.size() != training.size() || loss.size() != training.size()) return Optional.empty();
        for (int i = 0; i < validation.size(); i++) {
            double one = validation.value(i);
            if (one < 0.55 || loss.value(i) < SURELY_WRONG || training.late().median() < one + 0.1) continue;
            for (int k = 0; k < validation.size(); k++) {
                if (Math.abs(one + validation.value(k) - 1) > 2e-4 || loss.value(k) < SURELY_WRONG) continue;
                return Optional.of(new Sign(Grounds.LEVEL, 5, new Evidence.Computed(Say.format(
                        "validation accuracy is %.4f in epoch %d and %.4f in epoch %d, which add up to 1: all images got the one answer,"
                                + " then the other, while training is at %.3f",
                        one, validation.epoch(i), validation.value(k), validation.epoch(k),
                        training.late().median()))));
            }
        }
        return Optional.empty();
    }

    /// From one epoch to the next evaluation forgets nearly all, at many times the loss, in the middle of an epoch in which training is
    /// right nine times of ten.
    private static Optional<Sign> breaksDown(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        if (validation.size() != training.size() || loss.size() != training.size()) return Optional.empty();
        for (int i = 1; i < validation.size(); i++) {
            boolean knew = validation.value(i - 1) > 0.6 && training.value(i) > 0.9
                    && training.value(i) > training.value(i - 1);
            boolean forgot = validation.value(i) < 0.3 * validation.value(i - 1)
                    && loss.value(i) > 8 * loss.value(i - 1);
            if (!knew || !forgot) continue;
            return Optional.of(new Sign(Grounds.SHAPE, 3.5, new Evidence.Printed(Say.format(
                    "validation accuracy falls from %.3f to %.3f in epoch %d and its loss rises from %s to %s, while training is at %.3f",
                    validation.value(i - 1), validation.value(i), validation.epoch(i), Say.value(loss.value(i - 1)),
                    Say.value(loss.value(i)), training.value(i)))));
        }
        return Optional.empty();
    }

    /// To the end of the run validation goes up and down by ten points and more, where training hardly moves at all, and a set of that
    /// size does not: the weights stand, and what evaluation makes of them does not.
    private static Optional<Sign> swings(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var error = run.standardError(Math.clamp(validation.mean(), 0.05, 0.95));
        if (error.isEmpty() || validation.size() < 12 || training.size() < 12) return Optional.empty();
        var late = validation.tail(validation.size() / 2);
        double often = late.steps(Curve.OFTEN);
        double usual = late.steps(Curve.HALF);
        double still = training.tail(training.size() / 2).steps(Curve.HALF);
        if (often < JUMPS || usual < 10 * error.getAsDouble() || usual < STILL * still) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 4.5, new Evidence.Computed(Say.format(
                "late validation moves by %s from epoch to epoch, every fourth time by %s, where chance makes %s and training moves by"
                        + " %s",
                Say.points(usual), Say.points(often), Say.points(1.4 * error.getAsDouble()), Say.points(still)))));
    }

    /// Training is at least twice as often right as validation in every epoch, and validation goes up and down by more than chance makes.
    static boolean isFarAndErratic(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        double error = run.standardError(Math.clamp(validation.mean(), 0.05, 0.95)).orElse(0.02);
        if (validation.size() < 8 || training.size() != validation.size()) return false;
        boolean far = IntStream.range(0, validation.size()).allMatch(i -> training.value(i) > 2 * validation.value(i));
        return far && training.most() > 0.6 && validation.steps(Curve.HALF) > 3 * error
                && validation.steps(Curve.OFTEN) >= JUMPS && training.from(1).steps(Curve.OFTEN) < JUMPS / 2;
    }
}
