package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// The accuracy counts equality where equality has no meaning: a continuous target, or single outputs of one-hot targets.
final class MetricMismatch implements Check {
    private static final double HARDLY = 0.05;
    private static final double MANY = 200;

    @Override
    public Illness illness() {
        return Illness.METRIC_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return continuous(run).or(() -> apart(run)).or(() -> oneHot(run));
    }

    /// Wrong answers cost ln 2 each at least where the loss is a cross-entropy of the same answers. A loss far below that falls on while
    /// accuracy stays next to nothing: it measures something else, such as the distance of continuous targets.
    private Optional<Suspicion> apart(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (accuracy.size() < 3 || loss.size() < 3 || accuracy.most() > HARDLY || run.lossFall() < 0.2)
            return Optional.empty();
        double least = Case.leastCost(accuracy.most());
        if (loss.most() > 0.5 * least || loss.least() < 0 || !loss.trend().falls(0.05)) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                "Accuracy means nothing here: it counts something else than the loss measures")
                .sign(Grounds.LEVEL, 6, new Evidence.Computed(Say.format(
                        "training accuracy never exceeds %s; so many wrong answers would cost %s at least, and the loss falls from %s"
                                + " to %s",
                        Say.value(accuracy.most()), Say.value(least), Say.value(loss.first()),
                        Say.value(loss.last())))),
                "metrics=['mae'] or RootMeanSquaredError()"));
    }

    private Optional<Suspicion> continuous(Case run) {
        var accuracy = run.accuracy();
        boolean stated = run.facts().value(FactKey.TARGET).filter("continuous"::equals).isPresent()
                || run.facts().value(FactKey.LOSS).filter(l -> l.startsWith("mean_")).isPresent()
                        && accuracy.most() < 0.1;
        if (accuracy.size() < 3) return Optional.empty();
        double few = run.trainingImages().map(n -> 3.5 / n.value()).orElse(1e-9);
        boolean none = accuracy.most() <= few;
        boolean still = accuracy.most() < 0.02 && accuracy.relativeRange() < 1e-6;
        double fall = run.lossFall();
        if (!none && !still && !stated || accuracy.most() > 0.5 && !none || fall < 0.2 && !stated)
            return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.WARNING,
                "Accuracy means nothing here: it counts exact equality with a continuous target")
                .sign(Grounds.LEVEL, none || still ? Math.min(8, 3.0 + accuracy.size()) : 1, new Evidence.Printed(
                        Say.format("training accuracy never exceeds %s", Say.value(accuracy.most()))));
        if (fall >= 0.2) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Computed(
                    Say.format("while the training loss falls by %s", Say.percent(fall))));
        }
        if (stated)
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("the target is continuous"));
        return Optional.of(finish(suspicion, "metrics=['mae'] or RootMeanSquaredError()"));
    }

    private Optional<Suspicion> oneHot(Case run) {
        var accuracy = run.accuracy();
        var classes = run.classes();
        boolean binaryLoss = run.facts().value(FactKey.LOSS).filter("binary_crossentropy"::equals).isPresent();
        boolean named = run.run().printedAs(Metric.ACCURACY).contains("binary_accuracy");
        if (accuracy.isEmpty() || run.loss().isEmpty() || !binaryLoss && !named) return Optional.empty();
        double c = classes.map(known -> (double) known.value()).orElseGet(() -> outputs(accuracy));
        if (c < 3) return Optional.empty();
        double constant = 1 - 1 / c;
        double entropy = -(1 / c) * Math.log(1 / c) - constant * Math.log(constant);
        boolean high = accuracy.first() >= constant - 0.02;
        boolean near = run.loss().first() < 1.5 * entropy || standsThere(run, constant, entropy);
        if (!high || !near) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                "Accuracy is too good from the start: it counts every output of the one-hot target by itself")
                .sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format(
                        "accuracy %.3f in the first epoch; all zeros would reach %.3f", accuracy.first(), constant)))
                .sign(Grounds.STATED, Grounds.STATED.cap(), binaryLoss
                        ? new Evidence.Stated(Say.format("binary_crossentropy with %.0f classes", c))
                        : new Evidence.Printed("the metric is " + run.run().printedAs(Metric.ACCURACY))),
                "categorical_crossentropy with metrics=['categorical_accuracy']"));
    }

    /// The mean over a first epoch holds its start; the epochs after it tell as well whether all outputs answer no.
    private static boolean standsThere(Case run, double constant, double entropy) {
        var accuracy = run.accuracy();
        int stands = 0;
        while (stands < accuracy.size() && Math.abs(accuracy.value(stands) - constant) < 0.002) stands++;
        return stands >= 3 && stands <= run.loss().size()
                && Math.abs(run.loss().slice(1, stands).median() / entropy - 1) < 0.1;
    }

    /// How many outputs there are if all of them answer no: 0.9 is nine of ten. 0 where no whole number fits closely, and for many
    /// outputs, where one always does.
    private static double outputs(Curve accuracy) {
        double outputs = Math.rint(1 / Math.max(1e-9, 1 - accuracy.least()));
        if (outputs > MANY) return 0;
        double apart = 1 / outputs - 1 / (outputs + 1);
        double away = Math.abs(accuracy.least() - (1 - 1 / outputs));
        return away < 0.1 * apart && away < 0.02 / outputs ? outputs : 0;
    }

    private static Suspicion finish(Suspicion suspicion, String remedy) {
        return suspicion.consequence("the training itself may be fine; only the metric is not").remedy(remedy)
                .confirm("compute the metric by hand for a constant answer");
    }
}
