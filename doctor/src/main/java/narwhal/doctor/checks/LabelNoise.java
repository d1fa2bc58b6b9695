package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// Labels do not belong to their images. The doctor sees neither; a script or a sentence says that labels were shuffled alone, and nothing
/// is known about images held out, however much of training is learned by heart (Zhang et al., *Understanding deep learning requires
/// rethinking generalization*, 2017).
final class LabelNoise implements Check {
    private static final double KNOWS = 0.1;

    @Override
    public Illness illness() {
        return Illness.LABEL_NOISE;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (!run.facts().value(FactKey.RANDOM_LABELS).orElse(false)) return Optional.empty();
        return guesses(run).map(sign -> Suspicion
                .of(illness(), Severity.WARNING, "Labels were given to images at random: there is nothing to learn")
                .sign(Grounds.STATED, Grounds.STATED.cap(),
                        new Evidence.Stated("labels are shuffled without their images"))
                .sign(sign)
                .consequence("what training learns it learns by heart")
                .remedy("shuffle images and labels in one order: order = rng.permutation(len(y)); x[order], y[order]")
                .confirm("look at 20 images with their labels"));
    }

    /// Images held out are guessed from the first epoch to the last; without any, training is.
    private static Optional<Sign> guesses(Case run) {
        var chance = run.chance();
        var held = run.rawValidationAccuracy();
        var shown = held.isEmpty() ? run.accuracy() : held;
        if (shown.size() < 2 || shown.most() > chance.orElse(0.5) + KNOWS) return Optional.empty();
        var guessing = chance.isPresent() ? Say.format(", and guessing gives %.3f", chance.getAsDouble()) : "";
        return Optional.of(new Sign(Grounds.SHAPE, chance.isPresent() ? 4 : 3, new Evidence.Printed(Say.format(
                "%s accuracy never exceeds %.3f%s", held.isEmpty() ? "training" : "validation", shown.most(),
                guessing))));
    }
}
