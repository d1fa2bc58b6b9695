package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// Without accuracies, where noise hides how much worse validation got: both losses were close when validation was best, and
/// from there on training went its own way, down to a third of it.
final class PartedLosses {
    private PartedLosses() {
    }

    static Optional<Suspicion> of(Case run) {
        var validation = run.validationLoss();
        var training = run.loss();
        if (validation.size() < Overfitting.FEW || training.size() != validation.size() || training.last() <= 0
                || !run.rawValidationAccuracy().isEmpty() || !Overfitting.onceFollowed(run))
            return Optional.empty();
        int least = validation.lowest();
        double late = validation.tail(5).median();
        double reached = training.tail(3).median();
        double apart = late - training.tail(5).median();
        boolean own = reached < late / 3 && apart > 0.25 * Math.abs(training.first());
        // The further apart, the less validation has to lose.
        boolean far = reached < late / 6 && apart > 0.5 * training.first();
        boolean worse = late > (1 + (far ? Overfitting.NOTABLE / 4 : Overfitting.NOTABLE)) * validation.least();
        boolean longAgo = validation.size() - 1 - least >= (far ? 4 : 5);
        if (!own || !worse || !longAgo || training.value(least) < (far ? 0.25 : 0.7) * validation.least())
            return Optional.empty();
        return Optional.of(Overfitting.finish(Suspicion.of(Illness.OVERFITTING, Severity.WARNING, Say.format(
                "Overfitting: validation was best in epoch %d and gets worse while training improves",
                validation.epoch(least)))
                .sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                        "losses in epoch %d: training %s, validation %s; late: training %s, validation %s",
                        validation.epoch(least), Say.value(training.value(least)), Say.value(validation.least()),
                        Say.value(training.tail(5).median()), Say.value(late)))),
                validation.epoch(least)));
    }
}
