package narwhal.doctor.checks;

import java.util.Optional;
import java.util.OptionalLong;
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
import narwhal.history.facts.MonitorFact;
import narwhal.history.log.Event;

/// The run ended while it was still getting better.
final class StoppedTooEarly implements Check {
    @Override
    public Illness illness() {
        return Illness.STOPPED_TOO_EARLY;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var validation = run.validationLoss();
        var training = run.loss();
        var ended = ended(run).or(() -> impatient(run));
        if (ended.isPresent()) return ended;
        if (validation.size() < 3 || training.size() < 3 || validation.size() - 1 - validation.lowest() > 1)
            return Optional.empty();
        var late = validation.size() < 8 ? validation : validation.tail(Math.max(8, validation.size() / 3));
        boolean falls = validation.size() < 8
                ? down(validation) && down(training)
                : late.trend().falls(0.05) && training.tail(late.size()).trend().falls(0.05);
        if (!falls) return Optional.empty();
        double fall = (validation.first() - validation.last()) / Math.abs(validation.first());
        boolean chance = run.chance().isPresent() && !run.validationAccuracy().isEmpty();
        double p0 = run.chance().orElse(0);
        boolean start = chance
                ? run.validationAccuracy().last() < p0 + (1 - p0) / 4
                        && (run.accuracy().isEmpty() || run.accuracy().last() < p0 + (1 - p0) / 4)
                : fall < 0.05 && validation.size() >= 5 && !(run.validationAccuracy().last() > 0.5);
        double step = late.trend().slope();
        var suspicion = Suspicion.of(illness(), start ? Severity.WARNING : Severity.INFO, start
                ? "The run ended when it had hardly begun to learn"
                : "The run ended while validation was still improving")
                .sign(Grounds.SHAPE, start ? 4 : 3, new Evidence.Computed(Say.format(
                        "validation loss is lowest in epoch %d of %d and still falls by %s per epoch",
                        validation.epoch(validation.lowest()), run.epochs(), Say.value(Math.abs(step)))));
        if (start) {
            suspicion = suspicion.sign(Grounds.SHAPE, 1, new Evidence.Printed(chance
                    ? Say.format("validation accuracy is %.3f, guessing gives %.3f", run.validationAccuracy().last(),
                            p0)
                    : Say.format("the loss fell by %s in all", Say.percent(fall))));
        }
        return Optional.of(suspicion.share(start ? 0.8 : 0.3)
                .consequence(Say.format("five more epochs at this pace would bring about %s",
                        Say.value(Math.max(0, validation.last() + 5 * step))))
                .remedy("more epochs, with EarlyStopping to end them").confirm("train five epochs more"));
    }

    /// EarlyStopping ended the run although nothing had ever been better than the last epoch, and little was learned yet: what it
    /// demands of an epoch is more than epochs bring.
    private Optional<Suspicion> ended(Case run) {
        var validation = run.validationLoss();
        var stop = run.run().events(Event.EarlyStopping.class);
        if (stop.isEmpty() || validation.size() < 2 || validation.lowest() < validation.size() - 1
                || run.learning().isAtFloor())
            return Optional.empty();
        double left = validation.last() / validation.first();
        boolean early = left > 0.8 && run.run().announced().orElse(0) >= 2 * run.epochs();
        if (!early) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING,
                "EarlyStopping ended the run while validation was still improving")
                .sign(Grounds.MESSAGE, 5, new Evidence.Printed(Say.format(
                        "\"%s\", of %d epochs; validation loss was %s, its best, and %s in the first epoch",
                        stop.getLast().text(), run.run().announced().orElse(0), Say.value(validation.last()),
                        Say.value(validation.first()))))
                .share(0.8).consequence("the weights kept are hardly trained")
                .remedy("EarlyStopping(monitor='val_loss', min_delta=0, patience=5 or more)")
                .confirm("train five epochs more"));
    }

    /// One epoch that was no better than the one before ended the run, as its patience demands, while training learned fast.
    private Optional<Suspicion> impatient(Case run) {
        var validation = run.validationLoss();
        var training = run.loss();
        var stop = run.facts().value(FactKey.EARLY_STOPPING);
        var patience = stop.map(MonitorFact::patience).orElse(OptionalLong.empty());
        int announced = run.run().announced().orElse(run.facts().value(FactKey.EPOCHS).map(Long::intValue).orElse(0));
        if (patience.isEmpty() || patience.getAsLong() > 1 || announced < 2 * run.epochs() || validation.size() < 2
                || training.size() < 2 || run.learning().isAtFloor())
            return Optional.empty();
        int waited = validation.size() - 1 - validation.lowest();
        double step = 1 - training.last() / training.value(training.size() - 2);
        if (waited > patience.getAsLong() + 1 || step < 0.05 || validation.last() > 1.2 * validation.least()) {
            return Optional.empty();
        }
        return Optional.of(Suspicion.of(illness(), Severity.WARNING,
                "EarlyStopping ended the run at the first epoch that was no better")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(Say.format(
                        "a patience of %d, and %d of %d epochs", patience.getAsLong(), run.epochs(), announced)))
                .sign(Grounds.SHAPE, 2, new Evidence.Printed(Say.format(
                        "in the last epoch training loss still fell by %s", Say.percent(step))))
                .share(0.8).consequence("validation goes up and down by chance; a single epoch says little")
                .remedy("EarlyStopping(monitor='val_loss', patience=5 or more, restore_best_weights=True)")
                .confirm("train five epochs more"));
    }

    private static boolean down(Curve curve) {
        for (int i = Math.max(1, curve.size() - 3); i < curve.size(); i++) {
            if (curve.value(i) >= curve.value(i - 1)) return false;
        }
        return true;
    }
}
