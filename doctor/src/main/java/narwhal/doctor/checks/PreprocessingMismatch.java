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
    /// Nats for each image; a network that has overfitted stays below 20 or so.
    private static final double BEYOND = 60;

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
        var scale = scale(run);
        if (!level && recipes.isEmpty() && scale.isEmpty()) return Optional.empty();
        if (scale.isPresent()) suspicion = suspicion.sign(Grounds.LEVEL, 7, scale.get());
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

    /// A loss that no network of probabilities reaches on images like those it has learned: its outputs grow with its inputs, so the
    /// inputs are on another scale.
    private static Optional<Evidence> scale(Case run) {
        var training = run.loss();
        var validation = run.rawValidationLoss();
        if (training.isEmpty() || validation.size() < 3 || run.accuracy().isEmpty()
                || run.rawValidationAccuracy().isEmpty()) {
            return Optional.empty();
        }
        double gap = run.accuracy().late().median() - run.rawValidationAccuracy().late().median();
        boolean beyond = validation.late().median() > BEYOND && training.late().median() < 1 && gap > 0.2;
        return beyond
                ? Optional.of(new Evidence.Printed(Say.format(
                        "validation loss %s beside training loss %s: outputs that large come from inputs on another scale",
                        Say.value(validation.late().median()), Say.value(training.late().median()))))
                : Optional.empty();
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
