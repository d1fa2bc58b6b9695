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
import narwhal.history.facts.FactKey;

/// Training images come in a fixed order.
final class TrainingNotShuffled implements Check {
    private static final double FORGETS = 1.02;

    @Override
    public Illness illness() {
        return Illness.TRAINING_NOT_SHUFFLED;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var shuffle = run.facts().get(FactKey.TRAINING_SHUFFLE);
        if (shuffle.isEmpty() || shuffle.get().value()) return Optional.empty();
        boolean sorted = run.facts().value(FactKey.VALIDATION_SORTED).orElse(false);
        var suspicion = Suspicion.of(illness(), sorted ? Severity.ERROR : Severity.WARNING,
                "Training reads its images in a fixed order").sign(Grounds.STATED, Grounds.STATED.cap(),
                        new Evidence.Stated("\"" + shuffle.get().line() + "\""));
        var at = AtChance.of(run);
        if (at.isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 6, new Evidence.Computed(
                    "training answers with the class of the moment, and validation meets the last of them: "
                            + at.get().words()));
        } else if (!run.learned()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 2, new Evidence.Computed("training hardly learns"));
        } else if (run.entropy().isPresent() && run.loss().size() > 1
                && run.loss().first() > FORGETS * run.entropy().getAsDouble()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 2, new Evidence.Computed(Say.format(
                    "the first epoch costs %s, more than the %s of a constant answer: each class unlearns the one before",
                    Say.value(run.loss().first()), Say.value(run.entropy().getAsDouble()))));
        }
        return Optional.of(suspicion.share(0.3).remedy("shuffle=True for the training generator")
                .confirm("print the labels of the first three training batches"));
    }
}
