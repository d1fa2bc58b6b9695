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
        var behind = AlwaysBehind.of(run);
        boolean stated = shuffle.isPresent() && !shuffle.get().value();
        if (!stated && (behind.isEmpty() || shuffle.isPresent())) return Optional.empty();
        boolean sorted = run.facts().value(FactKey.VALIDATION_SORTED).orElse(false);
        var suspicion = Suspicion.of(illness(), sorted || behind.isPresent() ? Severity.ERROR : Severity.WARNING,
                behind.isPresent()
                        ? "Training reads its images class by class"
                        : "Training reads its images in a fixed order");
        if (stated) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("\"" + shuffle.get().line() + "\""));
        }
        var at = AtChance.of(run);
        if (behind.isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 7, new Evidence.Computed(Say.format(
                    "training is right in %s late in the run, guessing in %s, at a loss of %s: it answers what came before",
                    Say.percent(behind.get().accuracy()), Say.percent(behind.get().guessing()),
                    Say.value(behind.get().loss()))));
        } else if (at.isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 6, new Evidence.Computed(
                    "training answers with the class of the moment, and validation meets the last of them: "
                            + at.get().words()));
        } else if (!run.learning().gotAnywhere()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 2, new Evidence.Computed("training hardly learns"));
        } else if (run.entropy().isPresent() && run.loss().size() > 1
                && run.loss().first() > FORGETS * run.entropy().getAsDouble()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 2, new Evidence.Computed(Say.format(
                    "the first epoch costs %s, more than the %s of a constant answer: each class unlearns the one before",
                    Say.value(run.loss().first()), Say.value(run.entropy().getAsDouble()))));
        }
        return Optional
                .of(suspicion.share(behind.isPresent() ? 1 : 0.3).remedy("shuffle=True for the training generator")
                        .confirm("print the labels of the first three training batches"));
    }
}
