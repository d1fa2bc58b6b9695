package narwhal.doctor.checks;

import java.util.Optional;
import java.util.OptionalDouble;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Event;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// The loss is not a number or infinite.
final class NotANumber implements Check {
    @Override
    public Illness illness() {
        return Illness.NOT_A_NUMBER;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var found = find(run);
        var where = found.where();
        double last = found.last();
        var messages = run.run().events(Event.InvalidLoss.class);
        if (where.isEmpty() && messages.isEmpty()) return inValidation(run);
        var suspicion = Suspicion
                .of(illness(), Severity.ERROR, isOfTheData(run)
                        ? "The training loss is no number, though weights are: some batch holds what is none"
                        : "The loss is no longer a number; nothing is learned from there on")
                .sign(where.isPresent() ? Grounds.LEVEL : Grounds.MESSAGE, 10,
                        new Evidence.Printed(where.orElseGet(() -> messages.getFirst().text())));
        suspicion = suspicion.note(Double.isNaN(last)
                ? new Evidence.Printed("no finite loss stands before it")
                : new Evidence.Printed("the last finite training loss is " + Say.value(last)));
        if (isOfTheData(run)) {
            return Optional.of(suspicion
                    .sign(Grounds.LEVEL, 4, new Evidence.Computed(
                            "validation is finite behind each such epoch, so weights are: what is no number is in the data of a batch"))
                    .consequence("means over training batches say nothing; validation figures do")
                    .remedy("look for NaN and infinity among the training inputs and labels: np.isnan(x).sum(), df.isna().sum()")
                    .confirm("find the first batch with a loss that is not finite; are its inputs and labels finite?"));
        }
        if (Rates.tooHigh(run) > 0) {
            suspicion = suspicion
                    .note(new Evidence.Stated(Rates.words(run) + ": above the default, the first suspect"));
        }
        return Optional.of(suspicion
                .consequence("all weights are lost from that epoch on; checkpoints after it are worthless")
                .remedy("learning_rate / 10, clipnorm=1.0; an epsilon in logarithms and divisions; look for NaN in the inputs")
                .confirm("find the first step with a loss that is not finite; are its inputs finite?"));
    }

    /// Where training is no number for the first time.
    ///
    /// @param where in words; empty where it always is one
    /// @param last the finite loss before it, NaN where there is none
    private record Found(Optional<String> where, double last) {}

    /// What is no number in training, in words; empty where nothing is.
    static Optional<String> where(Case run) {
        return find(run).where();
    }

    private static Found find(Case run) {
        double last = Double.NaN;
        for (var epoch : run.run().epochs()) {
            var bad = epoch.metrics().entrySet().stream().filter(e -> e.getKey().role() == Role.TRAINING)
                    .filter(e -> !e.getValue().finite() && tells(run, e.getKey())).findFirst();
            if (bad.isPresent()) {
                return new Found(Optional.of(Say.format("%s is %s in epoch %d",
                        run.run().printedAs(bad.get().getKey()), bad.get().getValue().text(), epoch.number())), last);
            }
            last = epoch.reading(Metric.LOSS).map(Reading::value).orElse(lastFinite(epoch).orElse(last));
            var step = lastStep(epoch).filter(reading -> !reading.finite());
            if (step.isPresent()) {
                return new Found(Optional.of(Say.format("the loss of single batches is %s at the end of epoch %d",
                        step.get().text(), epoch.number())), last);
            }
        }
        return new Found(Optional.empty(), last);
    }

    /// Whether no epoch has a finite training loss, the first one least of all.
    static boolean fromTheStart(Case run) {
        var epochs = run.run().epochs();
        return run.loss().isEmpty() && !epochs.isEmpty() && epochs.getFirst().number() <= 1
                && epochs.stream().allMatch(epoch -> isNone(epoch, Metric.LOSS));
    }

    /// Whether weights stay numbers: what validation costs behind each epoch in which training is none is finite. What is no number is then
    /// among the images or labels of some batch.
    static boolean isOfTheData(Case run) {
        var bad = run.run().epochs().stream().filter(epoch -> isNone(epoch, Metric.LOSS)).toList();
        return bad.size() >= 2
                && bad.stream().allMatch(epoch -> epoch.reading(Metric.VAL_LOSS).filter(Reading::finite).isPresent());
    }

    private static boolean isNone(LoggedEpoch epoch, Metric metric) {
        return epoch.reading(metric).filter(reading -> !reading.finite()).isPresent();
    }

    /// Whether a metric that is no number says that weights are none. A share of nothing is no number either, and a loss that is one
    /// again at the end was infinite for an answer that was surely wrong.
    private static boolean tells(Case run, Metric metric) {
        var last = run.run().completeEpochs().isEmpty() ? null : run.run().completeEpochs().getLast();
        boolean recovered = last != null && last.reading(metric).filter(Reading::finite).isPresent();
        if (metric.equals(Metric.LOSS)) return !recovered;
        boolean learns = run.loss().size() >= 3 && run.learning().lossFall() > 0.1
                || run.rawValidationAccuracy().size() >= 3
                        && run.rawValidationAccuracy().trend().rises(0.05);
        return !recovered && !learns;
    }

    /// The loss of the last batch of an epoch that has one.
    private static OptionalDouble lastFinite(LoggedEpoch epoch) {
        return epoch.steps().stream().map(step -> step.metrics().get(Metric.LOSS))
                .filter(loss -> loss != null && loss.finite()).mapToDouble(Reading::value)
                .reduce((first, second) -> second);
    }

    /// The loss of the last batch that is printed within an epoch.
    private static Optional<Reading> lastStep(LoggedEpoch epoch) {
        return epoch.steps().isEmpty()
                ? Optional.empty()
                : Optional.ofNullable(epoch.steps().getLast().metrics().get(Metric.LOSS));
    }

    /// Training is finite, and validation is not: one image is enough.
    private Optional<Suspicion> inValidation(Case run) {
        var name = Metric.VAL_LOSS;
        var bad = run.run().epochs().stream().filter(epoch -> isNone(epoch, name)).toList();
        if (bad.isEmpty()) return Optional.empty();
        var first = bad.getFirst();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING,
                "The validation loss is not a number, though training is finite")
                .sign(Grounds.LEVEL, 10, new Evidence.Printed(Say.format("%s is %s in epoch %d and in %d of %d epochs",
                        run.run().printedAs(name), first.reading(name).map(Reading::text).orElse("nan"), first.number(),
                        bad.size(), run.run().epochs().size())))
                .share(Math.max(0.2, (double) bad.size() / run.run().epochs().size()))
                .consequence("a checkpoint, early stopping or plateau rule that watches it never sees an improvement")
                .remedy("look for labels that are out of range and for NaN among the validation images;\nan epsilon in logarithms and divisions")
                .confirm("evaluate the validation batches one by one: which has a loss that is not finite?"));
    }
}
