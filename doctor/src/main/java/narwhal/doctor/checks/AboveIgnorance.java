package narwhal.doctor.checks;

import java.util.Optional;
import java.util.OptionalDouble;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// Nothing is learned, and the loss stays above that of a constant answer. A network that merely cannot learn settles at the
/// entropy of the class shares and a little below; only steps that overshoot keep it above.
final class AboveIgnorance {
    private static final double ABOVE = 1e-3;
    private static final double ABSURD = 1e4;
    private static final double CALM = 0.02;

    private AboveIgnorance() {
    }

    static Optional<Suspicion> of(Case run) {
        var loss = run.loss();
        var entropy = ignorance(run);
        if (run.learning().gotAnywhere() || loss.size() < 5 || entropy.isEmpty()
                || loss.frozenAtEnd() >= loss.size() - 1
                || run.isContinuous() || Unmoved.is(run) || Saturation.fromTheStart(run)) {
            return Optional.empty();
        }
        // What is the same to the last digit does not overshoot.
        if (ClippedOutputs.stuckFromTheStart(run) || FrozenWeights.scoresNeverMove(run)) return Optional.empty();
        // Steps that overshoot change which images are right.
        if (FrozenWeights.isSameHits(run)) return Optional.empty();
        // A constant answer behind a second softmax costs that much.
        if (SoftmaxTwice.of(run).isPresent()) return Optional.empty();
        // Answers are constant, and a penalty is what stands above.
        if (Levels.of(run).filter(level -> level.curve() != loss).isPresent()) return Optional.empty();
        double ignorant = entropy.getAsDouble();
        var rest = loss.from(1);
        double first = loss.first() / ignorant - 1;
        double later = rest.median() / ignorant - 1;
        var held = run.rawValidationLoss();
        boolean validated = !held.isEmpty() && held.last() < 0.95 * ignorant;
        // Single steps waver a little around a constant answer, and validation stands at it.
        validated |= held.size() >= 5 && Math.abs(held.late().median() / ignorant - 1) < ABOVE / 2 && later < 3 * ABOVE;
        // What drops units in training costs a little more there, and the weights themselves stand at a constant answer in every epoch.
        validated |= held.size() >= 5 && Math.abs(held.least() / ignorant - 1) < ABOVE
                && Math.abs(held.most() / ignorant - 1) < ABOVE && later < 10 * ABOVE;
        if (Penalised.of(run).isPresent() || validated || rest.least() < 0.999 * ignorant || later < ABOVE
                || rest.trend().falls(0.001) || BlownUp.converges(loss) && run.classes().isEmpty()
                || Course.of(rest).straight()
                || isCalm(loss, ignorant)) {
            return Optional.empty();
        }
        double nats = 1.5 * (Math.log1p(Math.max(0, first) / 0.02) + Math.log1p(later / ABOVE));
        var suspicion = Suspicion.of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                "Nothing is learned, and steps overshoot: the learning rate is too high")
                .sign(Grounds.SHAPE, Math.min(5, nats), new Evidence.Computed(Say.format(
                        "training loss %s in the first epoch and %s later, above the %s of a constant answer",
                        Say.value(loss.first()), Say.value(rest.median()), Say.value(ignorant))))
                .note(new Evidence.Inferred(
                        "a network that cannot learn for another reason comes to rest at that value"));
        if (loss.first() > ABSURD * ignorant) {
            suspicion = suspicion.sign(Grounds.LEVEL, 3, new Evidence.Computed(Say.format(
                    "%s times what not to know costs: weights grew that far within the first epoch",
                    Say.value(loss.first() / ignorant))));
        }
        return Optional.of(LearningRateTooHigh.told(run, suspicion));
    }

    /// What overshoots leaves its start, and costs now more and now less; what stands far above ignorance from the first epoch on, and
    /// wavers by a fiftieth of that, was never anywhere else.
    private static boolean isCalm(Curve loss, double ignorant) {
        var rest = loss.from(1);
        double excess = rest.median() - ignorant;
        return excess > 0.01 * ignorant && Math.abs(loss.first() / rest.median() - 1) < ABOVE
                && rest.noise() < CALM * excess;
    }

    /// The entropy of the classes. Where nobody says how many there are: of the numbers of equal classes that fit the accuracy, the
    /// largest whose logarithm is not above the loss, for one class may be commoner than the others.
    private static OptionalDouble ignorance(Case run) {
        if (run.entropy().isPresent() || run.accuracy().isEmpty()) return run.entropy();
        double share = run.accuracy().median();
        double loss = run.loss().median();
        for (int classes = (int) (1.25 / Math.max(1e-3, share)) + 1; classes >= 2; classes--) {
            // One class of several is more than half of all as easily as one of two is.
            double within = classes == 2 ? 0.1 : 0.25;
            boolean fits = Math.abs(share - 1.0 / classes) < within / classes;
            if (fits && Math.log(classes) <= 1.005 * loss) return OptionalDouble.of(Math.log(classes));
        }
        return OptionalDouble.empty();
    }
}
