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

/// Training and validation images are prepared differently: training is good, validation at chance from the first epoch on.
final class PreprocessingMismatch implements Check {
    private static final double GOOD = 0.9;

    @Override
    public Illness illness() {
        return Illness.PREPROCESSING_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var recipes = recipes(run);
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "Validation images are prepared differently from training images");
        var at = AtChance.of(run);
        boolean level = at.isPresent() && at.get().trained() > GOOD && !at.get().below();
        if (!level && recipes.isEmpty()) return Optional.empty();
        if (level) {
            suspicion = suspicion.sign(Grounds.LEVEL, at.get().nats(), new Evidence.Printed(at.get().words()));
            if (at.get().lossWords().isPresent()) {
                suspicion = suspicion.note(new Evidence.Printed(at.get().lossWords().get()));
            }
        } else if (at.isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 1, new Evidence.Printed(at.get().words()));
        }
        if (recipes.isPresent()) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(recipes.get()));
        }
        return Optional.of(suspicion.consequence(
                "class names in another order (class-order-mismatch) look the same in a log: compare class_indices")
                .remedy("one pipeline for both sides: the same rescaling, the same preprocess_input, the same channel order")
                .confirm(
                        "push 100 training images through the validation pipeline: accuracy must equal the training value"));
    }

    private static Optional<String> recipes(Case run) {
        var training = run.facts().value(FactKey.TRAINING_PREPROCESSING);
        var validation = run.facts().value(FactKey.VALIDATION_PREPROCESSING);
        if (training.isEmpty() || validation.isEmpty()) return Optional.empty();
        var one = Recipe.of(training.get());
        var other = Recipe.of(validation.get());
        if (one.equals(other)) return Optional.empty();
        return Optional.of(Say.format("training: %s; validation: %s", one.words(), other.words()));
    }
}
