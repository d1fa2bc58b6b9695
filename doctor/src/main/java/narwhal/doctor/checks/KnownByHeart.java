package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;
import narwhal.history.log.Series;

/// Nothing is measured on held-out images but one value behind the last epoch: all of training is known by heart, and much less of
/// the rest, though far more than guessing gives.
final class KnownByHeart {
    private KnownByHeart() {
    }

    static Optional<Suspicion> of(Case run) {
        var closing = run.run().closing();
        var training = Optional.ofNullable(closing.get(Metric.ACCURACY))
                .or(() -> run.run().series(Metric.ACCURACY).points().stream().map(Series.Point::reading)
                        .reduce((first, last) -> last));
        var test = Stream.of(Role.TEST, Role.VALIDATION).map(role -> new Metric(role, Metric.ACCURACY.name()))
                .filter(closing::containsKey).findFirst().map(closing::get)
                .or(() -> run.run().evaluation(Metric.ACCURACY.name()).points().stream().map(Series.Point::reading)
                        .findFirst());
        if (training.isEmpty() || test.isEmpty()) return Optional.empty();
        double reached = training.get().value();
        double held = test.get().value();
        boolean byHeart = reached >= Overfitting.BY_HEART && held > run.chance().orElse(0.5) + Overfitting.SERIOUS;
        if (!byHeart || reached - held < 1.5 * Overfitting.SERIOUS) return Optional.empty();
        return Optional.of(Suspicion.of(Illness.OVERFITTING, Severity.WARNING,
                Say.format("Overfitting: training reaches %.3f, the test set %.3f", reached, held))
                .sign(Grounds.SHAPE, Math.min(4, 1 + 20 * (reached - held)), new Evidence.Printed(Say.format(
                        "accuracy %s in training, %s in the test: %s less, of a network that knows its images by heart",
                        training.get().text(), test.get().text(), Say.points(reached - held))))
                .remedy("validation in every epoch and EarlyStopping by it; augmentation, weight decay, dropout, or more data")
                .confirm("retrain with half the data: the test must get worse"));
    }
}
