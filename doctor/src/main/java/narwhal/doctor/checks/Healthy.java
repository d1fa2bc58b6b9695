package narwhal.doctor.checks;

import java.util.LinkedHashMap;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Metric;

/// Nothing is wrong that the log could show: training learned, and validation follows it.
final class Healthy implements Check {
    private static final double FAR = 100;
    private static final double APART = 0.4;

    @Override
    public Illness illness() {
        return Illness.HEALTHY;
    }

    /// The same loss to the last digit, away from zero: nothing learns any more.
    private static boolean standsStill(Case run) {
        return run.loss().frozenAtEnd() >= 3 && !run.learning().isAtFloor() && run.loss().last() != 0;
    }

    private static String course(Case run) {
        var curves = new LinkedHashMap<String, Curve>();
        curves.put("training loss", run.loss());
        curves.put("training accuracy", run.accuracy());
        curves.put("validation loss", run.validationLoss());
        curves.put("validation accuracy", run.validationAccuracy());
        var told = curves.entrySet().stream().filter(curve -> !curve.getValue().isEmpty()).findFirst().orElseThrow();
        return Say.format("%s %s to %s in %d epochs", told.getKey(), Say.value(told.getValue().first()),
                Say.value(told.getValue().last()), run.epochs());
    }

    /// Training that costs more than not to know, or far more than its right answers explain, is not understood.
    private static boolean isDear(Case run) {
        if (run.loss().isEmpty() || run.accuracy().isEmpty()) return false;
        double loss = run.loss().late().median();
        double unexplained = loss + Math.log(Math.max(1e-3, run.accuracy().late().median()));
        return run.entropy().isPresent() ? loss > 1.1 * run.entropy().getAsDouble() : unexplained > 1.5;
    }

    /// Validation costs many times what training costs, and ever more; or it is right far less often; or the test behind it is.
    private static boolean isFarOff(Case run) {
        var accuracy = run.validationAccuracy();
        boolean apart = !accuracy.isEmpty() && !run.accuracy().isEmpty()
                && run.accuracy().late().median() > accuracy.late().median() + APART;
        boolean untested = !accuracy.isEmpty()
                && run.tested(Metric.ACCURACY.name()).filter(tested -> tested < accuracy.last() - APART).isPresent();
        if (apart || untested) return true;
        var loss = run.loss();
        var validation = run.validationLoss();
        if (loss.isEmpty() || validation.size() < 3 || loss.last() <= 0) return false;
        return validation.last() > FAR * loss.last() && validation.last() > 2 * validation.first();
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (run.epochs() < 3 || !run.learning().gotAnywhere() || run.run().finalOnly()
                || !run.learning().validationGotAnywhere()
                || standsStill(run) || isDear(run) || isFarOff(run)) {
            return Optional.empty();
        }
        var suspicion = Suspicion.of(illness(), Severity.INFO, "Nothing is wrong that this log could show")
                .note(new Evidence.Computed(course(run)));
        var accuracy = run.validationAccuracy();
        var loss = run.validationLoss();
        if (!accuracy.isEmpty()) {
            var error = run.standardError(Math.clamp(accuracy.last(), 0.001, 0.999));
            suspicion = suspicion.note(new Evidence.Printed(Say.format(
                    "validation accuracy %.4f at the end%s, best %.4f in"
                            + " epoch %d",
                    accuracy.last(), error.isPresent()
                            ? Say.format(" (± %s)", Say.points(1.96 * error.getAsDouble()))
                            : "",
                    accuracy.most(), accuracy.epoch(accuracy.highest()))));
        } else if (!loss.isEmpty()) {
            suspicion = suspicion
                    .note(new Evidence.Printed(Say.format("validation loss %s at the end, best %s in epoch %d",
                            Say.value(loss.last()), Say.value(loss.least()), loss.epoch(loss.lowest()))));
        }
        return Optional
                .of(suspicion.share(0.1).remedy("nothing to do").confirm("evaluate the final weights on a test set"));
    }
}
