package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// An "epoch" is not a pass: steps times batch differ from the number of training images.
final class TrainingStepsMismatch implements Check {
    /// Whole trainings between two looks at validation.
    private static final double MANY = 10;

    @Override
    public Illness illness() {
        return Illness.TRAINING_STEPS_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var batch = run.facts().value(FactKey.TRAINING_BATCH).filter(b -> b > 0);
        var steps = run.sizes().trainingSteps();
        var images = run.sizes().trainingImages();
        if (batch.isEmpty() || steps.isEmpty() || images.isEmpty()) return Optional.empty();
        // Bars of old versions count images where arrays are trained on.
        boolean stated = run.facts().value(FactKey.STEPS_PER_EPOCH).filter(s -> s == steps.get().value()).isPresent();
        if (!stated && steps.get().value() == images.get().value()) return Optional.empty();
        if (isAllButHeldOut(run, steps.get().value(), batch.get(), images.get().value())) return Optional.empty();
        double passes = (double) steps.get().value() * batch.get() / images.get().value();
        double least = 1 - (double) batch.get() / images.get().value();
        if (passes >= least && passes <= Math.max(1.01, 1 + (double) batch.get() / images.get().value())) {
            return Optional.empty();
        }
        boolean neverSeen = passes < 1 && run.facts().value(FactKey.TRAINING_SHUFFLE).filter(s -> !s).isPresent();
        boolean scheduled = (passes < 0.5 || passes > 2) && run.facts().has(FactKey.SCHEDULE);
        // Each pass over augmented images shows others, and an epoch of many is meant, unless images were taken for steps.
        boolean meant = run.facts().value(FactKey.TRAINING_AUGMENTED).orElse(false)
                && steps.get().value() != images.get().value();
        boolean many = passes >= MANY && stated && !meant;
        var suspicion = Suspicion.of(illness(), neverSeen || scheduled || many ? Severity.WARNING : Severity.INFO,
                Say.format("One training epoch is %.2f passes over the training set", passes))
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Computed(Say.format(
                        "%d steps of %d images = %d, the set has %d", steps.get().value(), batch.get(),
                        steps.get().value() * batch.get(), images.get().value())));
        if (neverSeen) {
            suspicion = suspicion.sign(Grounds.STATED, 1,
                    new Evidence.Stated("training is not shuffled, so the end of the list is never seen"));
        }
        if (many && steps.get().origin() == Known.Origin.PRINTED) {
            suspicion = suspicion.sign(Grounds.LEVEL, 2, new Evidence.Printed(Say.format(
                    "the log counts %d steps in an epoch; validation, checkpoints and patience come once in %.0f passes",
                    steps.get().value(), passes)));
        }
        return Optional.of(suspicion.share(0.2)
                .remedy(Say.format("steps_per_epoch=%d          # ceil(%d / %d)",
                        (images.get().value() + batch.get() - 1) / batch.get(), images.get().value(), batch.get()))
                .confirm("print(len(training_generator), training_generator.batch_size)"));
    }

    /// `x_train (800, 10)` and `validation_split=0.2`: what is held out is not trained on.
    private static boolean isAllButHeldOut(Case run, long steps, long batch, long images) {
        return run.facts().value(FactKey.VALIDATION_SPLIT)
                .filter(split -> steps == Math.ceilDiv(Math.round(images * (1 - split)), batch)).isPresent();
    }
}
