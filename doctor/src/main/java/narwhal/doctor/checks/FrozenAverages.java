package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// A frozen base with batch normalisation: training normalises by its own batches, and evaluation, by the averages of other pictures,
/// guesses.
final class FrozenAverages {
    private FrozenAverages() {
    }

    /// What shows it; empty where nothing does.
    static Optional<Sign> of(Case run) {
        return isFrozenBase(run) ? guesses(run).or(() -> testedBadly(run)) : Optional.empty();
    }

    /// Whether both are stated.
    static boolean isFrozenBase(Case run) {
        return run.batchNormalisation().orElse(false) && run.facts().value(FactKey.FROZEN).orElse(false);
    }

    /// Validation never leaves guessing.
    private static Optional<Sign> guesses(Case run) {
        return AtChance.of(run).map(at -> new Sign(Grounds.LEVEL, at.nats(), new Evidence.Printed(at.words())))
                .or(() -> nearGuessing(run));
    }

    /// Of unequal classes the commonest may have more than its part: validation stays close above guessing while training leaves it by far.
    private static Optional<Sign> nearGuessing(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (run.chance().isEmpty() || validation.size() < 4) return Optional.empty();
        double chance = run.chance().getAsDouble();
        boolean near = validation.most() < chance + 0.1 * (1 - chance) && validation.late().median() < 1.5 * chance
                && training.late().median() > chance + 0.4 * (1 - chance)
                && !validation.trend().rises(0.05);
        if (!near) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 4, new Evidence.Printed(Say.format(
                "training accuracy %.3f, validation %.3f to %.3f in all %d epochs, guessing gives %.3f",
                training.late().median(), validation.least(), validation.most(), validation.size(), chance))));
    }

    /// Training is right nine times of ten, and the evaluation at the end guesses.
    private static Optional<Sign> testedBadly(Case run) {
        var tested = run.tested(Metric.ACCURACY.name());
        if (tested.isEmpty() || run.chance().isEmpty() || run.accuracy().late().median() < 0.9)
            return Optional.empty();
        if (tested.get() > run.chance().getAsDouble() + 0.05) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                "the evaluation at the end is right in %.3f, which is guessing, training in %.3f", tested.get(),
                run.accuracy().last()))));
    }
}
