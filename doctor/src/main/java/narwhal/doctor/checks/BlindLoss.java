package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.CrossEntropy;

/// A loss that does not see how many answers are wrong: each costs at least ln 2, for it has a probability of at most a half. One far
/// below that while accuracy does not move by one image is no loss of these answers.
final class BlindLoss {
    /// Keras' epsilon in float32, and everything below it.
    private static final double NOTHING = 1.2e-7;

    private BlindLoss() {
    }

    static Optional<Suspicion> of(Case run) {
        int same = run.accuracy().frozenAtEnd();
        if (!run.statesCrossEntropy().orElse(true) || run.isContinuous() || isDistance(run)) return Optional.empty();
        if (run.loss().isEmpty() || run.accuracy().isEmpty() || OtherLabels.hasZeroTargets(run)
                || MeanOfSquares.of(run).isPresent())
            return Optional.empty();
        if (run.loss().size() > 1 && run.loss().least() >= 0 && run.loss().most() < NOTHING
                && run.accuracy().most() < 0.99 && run.accuracy().least() > 0.02) {
            return Optional
                    .of(blind(Say.format("training loss %s with accuracy %.4f: so many wrong answers cost %s at least",
                            Say.value(run.loss().most()), run.accuracy().last(),
                            Say.value(CrossEntropy.least(run.accuracy().last())))));
        }
        if (run.loss().size() < 4 || same < 4 || run.accuracy().last() > 0.9 || run.accuracy().last() < 0.05) {
            return Optional.empty();
        }
        if (OtherLabels.hasSameLabels(run) || FrozenWeights.isUntouched(run)) return Optional.empty();
        // Accuracy that fell as the loss did counts something else, such as what sequences are padded with.
        if (run.accuracy().most() > run.accuracy().last() + 0.1) return Optional.empty();
        double least = CrossEntropy.least(run.accuracy().last());
        var frozen = run.loss().tail(same);
        // A loss that came down to nothing step by step was that of answers: accuracy counts something else.
        var early = run.loss().slice(0, Math.min(3, run.loss().size()));
        if (run.loss().size() >= 10 && early.first() > 0.5 * least && run.loss().last() < 0.1 * early.last())
            return Optional.empty();
        long impossible = Arrays.stream(frozen.values()).filter(loss -> loss < 0.5 * least).count();
        if (impossible < 3 || run.loss().last() > 0.5 * least || run.loss().last() < 0) return Optional.empty();
        return Optional.of(blind(Say.format(
                "training loss %s with accuracy %.4f, too little in %d epochs; so many wrong answers cost %s at least",
                Say.value(run.loss().last()), run.accuracy().last(), impossible, Say.value(least))));
    }

    /// Both losses are a tenth of what so many wrong answers cost from the first epoch on, and training's falls further while neither
    /// accuracy moves by one image: the distance of continuous targets, of which a few happen to be hit.
    private static boolean isDistance(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        double least = run.accuracy().isEmpty() ? 0 : 0.1 * CrossEntropy.least(run.accuracy().most());
        return loss.size() >= 3 && !validation.isEmpty() && loss.most() < least && validation.most() < least
                && run.learning().lossFall() > 0.2 && loss.last() > NOTHING && run.accuracy().most() < 0.5
                && FrozenWeights.isStill(run.accuracy(), run.rawValidationAccuracy());
    }

    private static Suspicion blind(String how) {
        return Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                "The last layer and the loss do not fit: the loss does not see that the answers are wrong")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(how))
                .remedy(HeadLossMismatch.ONE_OUTPUT + ", or " + HeadLossMismatch.CLASSES)
                .confirm("predict 20 images: do the outputs look like what the loss expects?");
    }
}
