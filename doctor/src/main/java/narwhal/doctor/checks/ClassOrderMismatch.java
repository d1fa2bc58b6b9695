package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// Training and validation number their classes differently: validation is as bad as training is good, below chance, although both
/// agreed as long as training knew nothing. At chance it cannot be told from images that are prepared differently, and is named
/// second.
final class ClassOrderMismatch implements Check {
    private static final double GOOD = 0.8;

    @Override
    public Illness illness() {
        return Illness.CLASS_ORDER_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var found = AtChance.of(run);
        if (found.isEmpty() || found.get().trained() <= GOOD || LabelNoise.learnedByHeart(run).isPresent())
            return Optional.empty();
        var at = found.get();
        // Of two classes the other one is right where this one is wrong: good answers are then worse than guesses.
        if (PreprocessingMismatch.isTiny(run)) return Optional.empty();
        boolean two = run.classes().filter(classes -> classes.value() == 2).isPresent();
        if (two && !at.below()) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "Training and validation number their classes differently")
                .sign(Grounds.LEVEL, at.nats() - 1, new Evidence.Printed(at.words())).share(0.5)
                .consequence("validation figures say nothing about the model; with one order they would be as good as"
                        + " training's")
                .remedy("one class list for both sides: classes=[...] in both generators")
                .confirm("compare training_generator.class_indices with validation_generator.class_indices");
        boolean renamed = at.below() && at.agreedEarly().orElse(false);
        if (!renamed) {
            return run.sizes().showsFewTrainingImages()
                    ? Optional.empty()
                    : Optional.of(suspicion.open("class_indices of both sides would decide"));
        }
        return Optional.of(suspicion.share(1).sign(Grounds.SHAPE, 3, new Evidence.Printed(Say.format(
                "validation loss %s beside training loss %s in the first epoch: both agreed while nothing was known",
                Say.value(run.rawValidationLoss().first()), Say.value(run.loss().first()))))
                .note(new Evidence.Inferred(
                        "below chance: the answers are wrong in a way that only other names of the classes explain")));
    }
}
