package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Event;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress;
import narwhal.history.log.Role;

/// The data source ended before training or validation did.
final class InputExhausted implements Check {
    @Override
    public Illness illness() {
        return Illness.INPUT_EXHAUSTED;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var suspicion = Suspicion.of(illness(), Severity.ERROR, "The data source ran dry before the run was over");
        var messages = run.run().events(Event.InputExhausted.class);
        var traces = traces(run, messages.isEmpty());
        if (messages.isEmpty() && traces.isEmpty()) return Optional.empty();
        if (!messages.isEmpty()) {
            suspicion = suspicion.sign(Grounds.MESSAGE, Grounds.MESSAGE.cap(),
                    new Evidence.Printed("\"" + shortened(messages.getFirst().text()) + "\""));
        }
        for (var trace : traces) suspicion = suspicion.sign(trace);
        var demanded = messages.isEmpty() ? Optional.<Sign>empty() : demand(run);
        suspicion = suspicion.sign(demanded);
        if (traces.isEmpty() && isWhole(run)) {
            suspicion = suspicion.sign(Grounds.COUNTS, -8, new Evidence.Printed(
                    "and yet all epochs that were announced ran in full: Keras 3 says it when it first meets the end of a pass"));
        }
        var asked = asked(run);
        if (asked.isPresent()) suspicion = suspicion.note(asked.get());
        return Optional.of(suspicion
                .consequence("figures after that point are missing or rest on a rest of the data")
                .remedy("dataset.repeat(), a source that can be read again, or no explicit steps_per_epoch and"
                        + " validation_steps")
                .confirm("count the batches of one pass over each source"));
    }

    /// What the end of the data leaves in the figures.
    private static List<Sign> traces(Case run, boolean silent) {
        var traces = new ArrayList<Sign>();
        vanished(run).ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, 7, words)));
        RestOfThePass.validated(run).ifPresent(traces::add);
        RestOfThePass.trained(run).ifPresent(traces::add);
        empty(run).ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, 8, words)));
        if (!silent && traces.stream().noneMatch(trace -> trace.grounds() == Grounds.COUNTS)) {
            RestOfThePass.fewBatches(run).ifPresent(traces::add);
        }
        if (!silent) gaps(run).ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, 6, words)));
        FullAndBriefEpochs.of(run)
                .ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, 8, words)));
        brokenOff(run).ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, silent ? 2 : 3, words)));
        return traces;
    }

    /// No loss at all with nothing right: the sums of an epoch to which no batch came. Where it is so in all epochs the network has
    /// nothing to say ([SilentOutputs]).
    private static Optional<Evidence> empty(Case run) {
        if (SilentOutputs.hasNothingToLose(run)) return Optional.empty();
        return run.run().completeEpochs().stream()
                .filter(epoch -> isZero(epoch, Metric.LOSS) && isZero(epoch, Metric.ACCURACY)).findFirst()
                .map(epoch -> new Evidence.Printed(Say.format(
                        "training loss and accuracy are both 0 in epoch %d: no batch came", epoch.number())));
    }

    private static boolean isZero(LoggedEpoch epoch, Metric metric) {
        return epoch.reading(metric).filter(reading -> reading.value() == 0).isPresent();
    }

    /// All epochs that were announced are there, none shorter than the others.
    private static boolean isWhole(Case run) {
        var epochs = run.run().completeEpochs();
        if (run.run().announced().isEmpty() || epochs.size() < run.run().announced().getAsInt()) return false;
        return epochs.stream().allMatch(epoch -> epoch.progress().filter(Progress::full).isPresent());
    }

    /// Without the file and the line that print it.
    private static String shortened(String message) {
        var text = message.substring(message.indexOf("Warning: ") < 0 ? 0 : message.indexOf("Warning: ") + 9);
        return text.length() > 110 ? text.substring(0, 107) + "..." : text;
    }

    private static Optional<Evidence> vanished(Case run) {
        var epochs = run.run().completeEpochs();
        int last = -1;
        for (int i = 0; i < epochs.size(); i++) if (epochs.get(i).has(Role.VALIDATION)) last = i;
        boolean every = run.run().validationEvery().isPresent();
        if (last < 0 || last >= epochs.size() - 1 || every) return Optional.empty();
        // A single epoch without them at the very end was interrupted.
        boolean stopped = last == epochs.size() - 2 && last >= 2;
        if (stopped && run.run().events(Event.InputExhausted.class).isEmpty()) return Optional.empty();
        for (int i = 0; i < last; i++) if (!epochs.get(i).has(Role.VALIDATION)) return Optional.empty();
        return Optional.of(new Evidence.Printed(Say.format(
                "validation figures stand in %s and in none after it, up to epoch %d",
                Say.epochs(epochs.getFirst().number(), epochs.get(last).number()), epochs.getLast().number())));
    }

    /// Keras 3 forgets the validation of an epoch that it interrupts.
    private static Optional<Evidence> gaps(Case run) {
        var every = run.run().validationEvery();
        if (every.isEmpty()) return Optional.empty();
        return Optional
                .of(new Evidence.Printed(Say.format("only one epoch in %d has validation figures", every.getAsInt())));
    }

    private static Optional<Evidence> brokenOff(Case run) {
        if (run.run().epochs().isEmpty()) return Optional.empty();
        var last = run.run().epochs().getLast();
        var progress = last.progress();
        boolean early = run.run().announced().isPresent() && last.number() < run.run().announced().getAsInt();
        boolean failed = run.run().events(Event.Failure.class).stream()
                .anyMatch(failure -> failure.kind().equals("StopIteration") || failure.kind().contains("OutOfRange"));
        if (!failed && (progress.isEmpty() || progress.get().full() || !early)) return Optional.empty();
        if (!failed && run.run().events(Event.InputExhausted.class).isEmpty()) return Optional.empty();
        return Optional.of(new Evidence.Printed(Say.format("the run breaks off in epoch %d", last.number())));
    }

    /// The steps of an epoch ask for more than one pass has.
    private static Optional<Sign> demand(Case run) {
        var steps = run.sizes().trainingSteps();
        var batch = run.facts().value(FactKey.TRAINING_BATCH);
        if (steps.isEmpty() || batch.isEmpty() || run.sizes().trainingImages().isEmpty()) return Optional.empty();
        long images = steps.get().value() * batch.get();
        if (images < 1.5 * run.sizes().trainingImages().get().value()) return Optional.empty();
        return Optional.of(new Sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Computed(Say.format(
                "%d steps of %d ask for %d images, and there are %d", steps.get().value(), batch.get(), images,
                run.sizes().trainingImages().get().value()))));
    }

    private static Optional<Evidence> asked(Case run) {
        var steps = run.sizes().trainingSteps();
        if (steps.isEmpty() || run.run().announced().isEmpty()) return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format("%d steps in %d epochs ask for %d batches",
                steps.get().value(), run.run().announced().getAsInt(),
                steps.get().value() * run.run().announced().getAsInt())));
    }
}
