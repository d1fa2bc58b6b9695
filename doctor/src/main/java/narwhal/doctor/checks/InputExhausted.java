package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.doctor.forensics.CountScan;
import narwhal.doctor.forensics.Digits;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Event;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress;
import narwhal.history.log.Role;
import narwhal.history.log.Series;

/// The data source ended before training or validation did.
final class InputExhausted implements Check {
    /// So many times as large a set is as good as none.
    private static final int SURELY = 50;
    /// A rest is a few batches.
    private static final int MOST_LEFT = 500;
    private static final int FEW_BATCHES = 8;
    private static final int MANY = 10;
    /// With full digits a share of so many images, or fewer, is no chance.
    private static final int MOST_OF_ONE = 128;

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
        restOnly(run).ifPresent(rest -> traces.add(new Sign(Grounds.COUNTS, rest.nats, rest.words)));
        trainedOnRest(run).ifPresent(rest -> traces.add(new Sign(Grounds.COUNTS, rest.nats, rest.words)));
        empty(run).ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, 8, words)));
        if (!silent && traces.stream().noneMatch(trace -> trace.grounds() == Grounds.COUNTS)) {
            fewBatches(run).ifPresent(traces::add);
        }
        if (!silent) gaps(run).ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, 6, words)));
        alternating(run).or(() -> singleBatches(run))
                .ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, 8, words)));
        brokenOff(run).ifPresent(words -> traces.add(new Sign(Grounds.LEVEL, silent ? 2 : 3, words)));
        return traces;
    }

    /// No loss at all with nothing right: the sums of an epoch to which no batch came. Where it is so in all epochs the network has
    /// nothing to say ([HeadLossMismatch]).
    private static Optional<Evidence> empty(Case run) {
        if (HeadLossMismatch.hasNothingToLose(run)) return Optional.empty();
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

    /// What the digits of all epochs but the first say.
    ///
    /// @param images by which all of them are divided, and the first is not
    private record Rest(long images, double nats, Evidence words) {}

    /// The first evaluation scored other images than all later ones, and those scored few: by then the source had little left.
    private static Optional<Rest> restOnly(Case run) {
        return rests(run.run().evaluation(Metric.ACCURACY.name()))
                .filter(rest -> run.sizes().validationImages().filter(n -> n.value() <= 2 * rest.images).isEmpty())
                .findFirst();
    }

    /// The same of training: later epochs see fewer images than they announce steps.
    private static Optional<Rest> trainedOnRest(Case run) {
        return rests(run.run().series(Metric.ACCURACY))
                .filter(rest -> run.sizes().trainingSteps().filter(steps -> rest.images < 2 * steps.value())
                        .isPresent())
                .findFirst();
    }

    /// After the message, training accuracies that are shares of a few batches.
    private static Optional<Sign> fewBatches(Case run) {
        var series = run.run().series(Metric.ACCURACY);
        var steps = run.sizes().trainingSteps();
        if (series.size() < 6 || !series.finite() || steps.isEmpty() || steps.get().value() < 2 * FEW_BATCHES)
            return Optional.empty();
        long batch = run.facts().value(FactKey.TRAINING_BATCH).orElse(32L);
        var later = Digits
                .of(new Series(series.metric(), series.printedAs(), series.points().subList(2, series.size())));
        for (int batches = 1; batches <= FEW_BATCHES; batches++) {
            long images = batches * batch;
            double nats = -Math.log(later.chance(images)) - Math.log(FEW_BATCHES);
            if (later.misses(images) > 0 || !(nats >= 4)) continue;
            return Optional.of(new Sign(Grounds.COUNTS, Math.min(12, nats), new Evidence.Inferred(Say.format(
                    "from epoch %d on all values of %s are some k/%d: %d batches of %d, where an epoch announces %d steps",
                    series.epochs()[2], series.printedAs(), images, batches, batch, steps.get().value()))));
        }
        return Optional.empty();
    }

    /// The rest may be met first in the second epoch, or in the third, where the second had what was left of the first pass.
    private static Stream<Rest> rests(Series series) {
        return Stream.of(1, 2).flatMap(first -> rest(series, first).stream());
    }

    private static Optional<Rest> rest(Series series, int first) {
        if (series.size() < first + 5 || !series.finite()) return Optional.empty();
        var later = new Series(series.metric(), series.printedAs(), series.points().subList(first, series.size()));
        var scan = CountScan.of(Digits.of(later));
        if (scan.isEmpty() || scan.get().lowest() != scan.get().highest() || scan.get().misses() > 0
                || scan.get().corrected() > 1e-6) {
            return Optional.empty();
        }
        long images = scan.get().images();
        if (images > MOST_LEFT) return Optional.empty();
        var all = Digits.of(series);
        // Digits that let 4,997 through let 5,000 through as well, and that may have the first value, too.
        if (CountScan.of(all).filter(whole -> whole.corrected() <= scan.get().corrected() * 1e3).isPresent()) {
            return Optional.empty();
        }
        // A set m times as large has all these values, too, and the first; that the later ones are multiples of m is luck of 1/m each.
        int times = 1;
        while (times < SURELY && !all.attainable(0, times * images)) times++;
        if (times == 1) return Optional.empty();
        return Optional.of(new Rest(images, Math.min(12, later.size() * Math.log(times) - 3),
                new Evidence.Inferred(Say.format(
                        "from epoch %d on all values of %s are some k/%d, and the first is not", later.epochs()[0],
                        later.printedAs(), images))));
    }

    /// Keras 3 forgets the validation of an epoch that it interrupts.
    private static Optional<Evidence> gaps(Case run) {
        var every = run.run().validationEvery();
        if (every.isEmpty()) return Optional.empty();
        return Optional
                .of(new Evidence.Printed(Say.format("only one epoch in %d has validation figures", every.getAsInt())));
    }

    /// Full epochs and epochs of a step or two in turn, as Keras 3 has them when steps_per_epoch is below the pass.
    private static Optional<Evidence> alternating(Case run) {
        var epochs = run.run().completeEpochs();
        if (epochs.size() < 4) return Optional.empty();
        var seconds = epochs.stream().flatMap(e -> e.seconds().stream().boxed()).toList();
        var done = epochs.stream().flatMap(e -> e.progress().stream()).filter(p -> p.target().isPresent())
                .map(p -> p.done() < p.target().orElse(0) / 2 ? 1 : 0).toList();
        if (done.size() == epochs.size() && done.stream().mapToInt(d -> d).sum() >= 2 && alternates(done)) {
            return Optional.of(new Evidence.Printed("every second epoch stops after a few steps"));
        }
        if (seconds.size() != epochs.size()) return Optional.empty();
        var brief = new ArrayList<Integer>();
        double usual = seconds.stream().mapToDouble(s -> s).max().orElse(0);
        for (double s : seconds)
            brief.add(s < 0.2 * usual && (usual >= 5 || usual >= 2 && seconds.size() >= MANY) ? 1 : 0);
        return brief.stream().mapToInt(d -> d).sum() >= 2 && alternates(brief)
                ? Optional.of(new Evidence.Printed("every second epoch takes a fraction of the usual time"))
                : Optional.empty();
    }

    /// The same where nothing but the values is kept: in every second epoch training accuracy is a share of one batch at most.
    private static Optional<Evidence> singleBatches(Case run) {
        var series = run.run().series(Metric.ACCURACY);
        long batch = run.facts().value(FactKey.TRAINING_BATCH).orElse(32L);
        if (batch > MOST_OF_ONE || series.size() < MANY || !series.finite() || !series.precise())
            return Optional.empty();
        var digits = Digits.of(series);
        var single = new ArrayList<Integer>();
        for (int e = 0; e < digits.size(); e++) single.add(isShareOfOne(digits, e, batch) ? 1 : 0);
        if (!alternates(single)) return Optional.empty();
        return Optional.of(new Evidence.Inferred(Say.format(
                "in every second epoch training accuracy is a share of %d images or fewer, one batch, and in no other",
                batch)));
    }

    private static boolean isShareOfOne(Digits digits, int e, long batch) {
        return LongStream.rangeClosed(1, batch).anyMatch(images -> digits.attainable(e, images));
    }

    private static boolean alternates(List<Integer> flags) {
        for (int i = 1; i < flags.size(); i++) if (flags.get(i).equals(flags.get(i - 1))) return false;
        return true;
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
