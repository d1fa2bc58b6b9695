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
final class ExactDuplicates implements Check {
    private static final double FOLLOWS = 0.03;
    private static final double AS_CHEAP = 1.3;

    @Override
    public Illness illness() {
        return Illness.EXACT_DUPLICATES;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (!run.facts().value(FactKey.VALIDATION_IS_TRAINING).orElse(false)) return Optional.empty();
        var follows = follows(run);
        if (follows.isEmpty()) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR, "Validation is made on images of training")
                .sign(Grounds.STATED, Grounds.STATED.cap(),
                        new Evidence.Stated("the validation images are training images"))
                .sign(follows.get())
                .consequence("validation figures say nothing about new images: learning by heart looks like knowing")
                .remedy("split once, before anything else, into two sets without a common image: train_test_split, or\n"
                        + "validation_split with subset='training' and subset='validation'")
                .confirm("score a third set, of images that were never trained on: it must do as well"));
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
