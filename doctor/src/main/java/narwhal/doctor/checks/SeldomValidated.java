package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// Validation is made two or three times in a long run: from the last but one to the last it gains nothing, while training learns the
/// rest by heart.
final class SeldomValidated {
    private SeldomValidated() {
    }

    static Optional<Suspicion> of(Case run) {
        var validation = run.rawValidationAccuracy();
        var training = run.accuracy();
        int size = validation.size();
        if (size < 2 || size > 3 || training.size() < 4 * size || !Overfitting.onceFollowed(run))
            return Optional.empty();
        if (training.epoch(0) > validation.epoch(size - 2)) return Optional.empty();
        double before = training.value(training.indexOf(validation.epoch(size - 2))) - validation.value(size - 2);
        double now = training.value(training.indexOf(validation.epoch(size - 1))) - validation.last();
        boolean gains = validation.last() > validation.value(size - 2) + 0.005;
        if (gains || now < Overfitting.SERIOUS || now < before + Overfitting.SERIOUS / 2
                || training.last() < Overfitting.NEARLY)
            return Optional.empty();
        return Optional.of(Overfitting.finish(Suspicion.of(Illness.OVERFITTING, Severity.WARNING,
                Say.format("Overfitting: training reaches %.3f, validation stays at %.3f", training.last(),
                        validation.last()))
                .sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                        "validation accuracy %.4f in epoch %d and %.4f in epoch %d, %s and %s behind training",
                        validation.value(size - 2), validation.epoch(size - 2), validation.last(),
                        validation.epoch(size - 1),
                        Say.points(before), Say.points(now)))),
                validation.epoch(validation.highest())));
    }
}
