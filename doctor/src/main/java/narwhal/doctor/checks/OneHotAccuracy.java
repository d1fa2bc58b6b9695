package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// Accuracy that counts every output of a one-hot target by itself: all of C outputs may answer no and be right in 1 − 1/C of the cases.
final class OneHotAccuracy {
    private static final double MANY = 200;
    /// Half of the fourth digit, and float32's rounding.
    private static final double SAME_DIGITS = 5.1e-5;

    private OneHotAccuracy() {
    }

    static Optional<Suspicion> examine(Case run) {
        return stated(run).or(() -> allAnswerNo(run));
    }

    private static Optional<Suspicion> stated(Case run) {
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
        // Several yes-or-no answers at once are counted like that on purpose.
        boolean several = run.facts().value(FactKey.OUTPUT_ACTIVATION).filter("sigmoid"::equals).isPresent()
                && !run.statesClasses();
        // Some whole number is near any accuracy: one that nobody states has to be stood at.
        boolean near = classes.isPresent() && run.loss().first() < 1.5 * entropy || standsThere(run, constant, entropy);
        if (!high || !near) return Optional.empty();
        return Optional.of(MetricMismatch.finish(Suspicion.of(Illness.METRIC_MISMATCH,
                several ? Severity.INFO : Severity.WARNING,
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
    private static Optional<Suspicion> allAnswerNo(Case run) {
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
        return Optional.of(MetricMismatch.finish(Suspicion.of(Illness.METRIC_MISMATCH, Severity.WARNING,
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
}
