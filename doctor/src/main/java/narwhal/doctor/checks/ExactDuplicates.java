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

/// Validation is made on images of training. The doctor sees no images; a script or a sentence says so, and validation follows training.
/// Where an epoch is a single step the digits prove it.
final class ExactDuplicates implements Check {
    private static final double FOLLOWS = 0.03;
    private static final double AS_CHEAP = 1.3;
    private static final int FEWEST_STEPS = 4;
    private static final double MOVES = 0.01;

    @Override
    public Illness illness() {
        return Illness.EXACT_DUPLICATES;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        boolean stated = run.facts().value(FactKey.VALIDATION_IS_TRAINING).orElse(false);
        var proof = aStepBehind(run);
        var follows = stated ? follows(run) : Optional.<Sign>empty();
        if (proof.isEmpty() && follows.isEmpty()) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR, "Validation is made on images of training");
        if (stated) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("the validation images are training images"));
        }
        return Optional.of(suspicion.sign(proof).sign(follows)
                .consequence("validation figures say nothing about new images: learning by heart looks like knowing")
                .remedy("split once, before anything else, into two sets without a common image: train_test_split, or\n"
                        + "validation_split with subset='training' and subset='validation'")
                .confirm("score a third set, of images that were never trained on: it must do as well"));
    }

    /// An epoch of one step prints what all of training cost before that step, and validation what its images cost behind the step before:
    /// the same number, epoch after epoch, if they are the same images.
    private static Optional<Sign> aStepBehind(Case run) {
        var loss = run.loss();
        var held = run.rawValidationLoss();
        int pairs = loss.size() - 1;
        if (pairs < FEWEST_STEPS || held.size() != loss.size() || held.relativeRange() < MOVES) return Optional.empty();
        for (int i = 0; i < pairs; i++) if (!loss.isSame(i + 1, held, i)) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, Grounds.LEVEL.cap(), new Evidence.Printed(Say.format(
                "the training loss of each of %d epochs is, to the last digit, the validation loss of the one before: %s is %s",
                pairs, Say.value(loss.value(1)), Say.value(held.first())))));
    }

    /// Validation is as good as training, as the same images are.
    private static Optional<Sign> follows(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.size() >= 3 && validation.size() >= 3) {
            double gap = training.late().median() - validation.late().median();
            return gap > FOLLOWS
                    ? Optional.empty()
                    : Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                            "and validation is right in %.3f, training in %.3f", validation.late().median(),
                            training.late().median()))));
        }
        var loss = run.loss();
        var held = run.rawValidationLoss();
        if (loss.size() < 3 || held.size() < 3 || held.late().median() > AS_CHEAP * loss.late().median())
            return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                "and validation costs %s, training %s", Say.value(held.late().median()),
                Say.value(loss.late().median())))));
    }
}
