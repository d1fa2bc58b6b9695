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
    /// Half of the fourth digit, and float32's rounding.
    private static final double SAME_DIGITS = 5.1e-5;

    @Override
    public Illness illness() {
        return Illness.METRIC_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return continuous(run).or(() -> apart(run)).or(() -> oneHot(run)).or(() -> allAnswerNo(run));
    }

    /// Wrong answers cost ln 2 each at least where the loss is a cross-entropy of the same answers. A loss far below that falls on while
    /// accuracy stays next to nothing: it measures something else, such as the distance of continuous targets.
    private Optional<Suspicion> apart(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (accuracy.size() < 3 || loss.size() < 3 || run.lossFall() < 0.2) return Optional.empty();
        if (accuracy.most() > HARDLY) return farTooCheap(run);
        if (loss.least() < 0 || !loss.trend().falls(0.05)) return Optional.empty();
        double least = Case.leastCost(accuracy.most());
        if (loss.most() > 0.5 * least) return unlikely(run);
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                "Accuracy means nothing here: it counts something else than the loss measures")
                .sign(Grounds.LEVEL, 6, new Evidence.Computed(Say.format(
                        "training accuracy never exceeds %s; so many wrong answers would cost %s at least, and the loss falls from %s"
                                + " to %s",
                        Say.value(accuracy.most()), Say.value(least), Say.value(loss.first()),
                        Say.value(loss.last())))),
                "metrics=['mae'] or RootMeanSquaredError()"));
    }

    /// The loss has come down to a tenth of what so many wrong answers cost, by four fifths and more, and accuracy has hardly risen: it
    /// divides by another number of images, or compares with other labels.
    private Optional<Suspicion> farTooCheap(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        double least = Case.leastCost(accuracy.late().most());
        boolean cheap = loss.least() >= 0 && loss.late().most() < 0.1 * least && run.lossFall() > 0.8;
        boolean still = accuracy.most() < 0.9 && accuracy.most() - accuracy.least() < 0.15;
        if (!cheap || !still || loss.size() < 8) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                "Accuracy means nothing here: it counts something else than the loss measures")
                .sign(Grounds.LEVEL, 5, new Evidence.Computed(Say.format(
                        "the loss falls from %s to %s and accuracy only moves from %.3f to %.3f; so many wrong answers would cost"
                                + " about %s",
                        Say.value(loss.first()), Say.value(loss.last()), accuracy.first(), accuracy.last(),
                        Say.value(least)))),
                "count right answers and all answers over the same images"));
    }

    /// By Jensen's inequality the mean probability of the right answer is exp(−loss) at least, and who answers with the likeliest is right
    /// about that often.
    private Optional<Suspicion> unlikely(Case run) {
        double probability = Math.exp(-run.loss().last());
        double right = run.accuracy().late().most();
        if (right > 0.1 * probability || probability < HARDLY || run.facts().has(FactKey.CLASSES))
            return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                "Accuracy means nothing here: it counts something else than the loss measures")
                .sign(Grounds.LEVEL, 6, new Evidence.Computed(Say.format(
                        "a cross-entropy of %s gives right answers a probability of %s on average, but %s are right",
                        Say.value(run.loss().last()), Say.percent(probability), Say.percent(right)))),
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
        double entropy = entropy(c);
        boolean high = accuracy.first() >= constant - 0.02;
        // Some whole number is near any accuracy: one that nobody states has to be stood at.
        boolean near = classes.isPresent() && run.loss().first() < 1.5 * entropy || standsThere(run, constant, entropy);
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

    /// Where nobody says that outputs are counted by themselves: training and validation both begin, to the last digit, where all of C
    /// outputs answer no, and rise from there. Two classes of just these shares on both sides would be a rare chance.
    private Optional<Suspicion> allAnswerNo(Case run) {
        var accuracy = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (run.classes().filter(known -> known.value() == 2).isPresent()) return Optional.empty();
        if (accuracy.size() < 4 || validation.size() != accuracy.size() || run.loss().isEmpty())
            return Optional.empty();
        int from = firstStand(accuracy, validation);
        if (from < 0) return Optional.empty();
        double c = outputs(accuracy.from(from));
        if (c < 3) return Optional.empty();
        double constant = 1 - 1 / c;
        int stands = 0;
        while (from + stands < accuracy.size() && same(accuracy.value(from + stands), constant)
                && same(validation.value(from + stands), constant))
            stands++;
        boolean near = run.loss().value(Math.min(from, run.loss().size() - 1)) < 1.1 * entropy(c)
                && run.loss().first() > 0.9 * entropy(c);
        boolean rises = accuracy.last() > constant + 0.02 / c && validation.last() > constant + 0.02 / c;
        if (stands < (from == 0 ? 2 : 3) || !near || !rises) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                "Accuracy is too good from the start: it counts every output of the one-hot target by itself")
                .sign(Grounds.LEVEL, 4 + Math.min(3, stands - 1), new Evidence.Printed(Say.format(
                        "training and validation accuracy are both %.4f in %d epochs from epoch %d on: all of %.0f outputs"
                                + " answer no",
                        constant, stands, accuracy.epoch(from), c)))
                .note(new Evidence.Computed(Say.format("training loss %s there; that answer costs %s for each output",
                        Say.value(run.loss().value(Math.min(from, run.loss().size() - 1))), Say.value(entropy(c))))),
                "categorical_crossentropy with metrics=['categorical_accuracy']"));
    }

    /// The first epoch in which training and validation print the same accuracy, and the next one, too; -1 without one.
    private static int firstStand(Curve accuracy, Curve validation) {
        for (int i = 0; i + 1 < accuracy.size(); i++) {
            double level = accuracy.value(i);
            if (same(validation.value(i), level) && same(accuracy.value(i + 1), level)
                    && same(validation.value(i + 1), level))
                return i;
        }
        return -1;
    }

    private static boolean same(double value, double constant) {
        return Math.abs(value - constant) <= SAME_DIGITS;
    }

    /// What it costs at best to answer no for each of C outputs.
    private static double entropy(double c) {
        return -(1 / c) * Math.log(1 / c) - (1 - 1 / c) * Math.log(1 - 1 / c);
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
