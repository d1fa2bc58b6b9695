package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// The same images, the same weights, and far apart: the two modes compute different functions.
final class ApartOnTheSameImages {
    private static final double FAR = 0.15;

    private ApartOnTheSameImages() {
    }

    /// What shows it; empty where validation is made on other images or agrees.
    static Optional<Sign> of(Case run) {
        if (!run.facts().value(FactKey.VALIDATION_IS_TRAINING).orElse(false)) return Optional.empty();
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.size() >= 3 && validation.size() >= 3
                && training.late().median() - validation.late().median() > FAR) {
            return Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                    "and yet it is right in %.3f of them, training in %.3f", validation.late().median(),
                    training.late().median()))));
        }
        var tested = run.tested(Metric.ACCURACY.name());
        if (validation.isEmpty() && tested.isPresent() && !training.isEmpty()
                && training.last() - tested.get() > FAR) {
            return Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                    "and yet its evaluation is right in %.3f of them, training in %.3f", tested.get(),
                    training.last()))));
        }
        var loss = run.loss();
        var held = run.rawValidationLoss();
        boolean dear = loss.size() >= 3 && held.size() >= 3 && loss.late().median() > 0
                && held.late().median() > 3 * loss.late().median() && loss.late().median() < loss.first();
        return dear
                ? Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                        "and yet it costs %s on them, training %s", Say.value(held.late().median()),
                        Say.value(loss.late().median())))))
                : Optional.empty();
    }
}
