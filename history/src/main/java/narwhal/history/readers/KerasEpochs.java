package narwhal.history.readers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import narwhal.history.log.LogFormat;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Puts the headlines and bars of Keras' progress output together. Which state of a bar counts, and where an epoch or a run ends, is
/// decided here.
final class KerasEpochs {
    private final List<RunBuilder> runs = new ArrayList<>();
    private RunBuilder run = new RunBuilder();
    private @Nullable OpenEpoch open;
    /// What was said about data behind the last epoch of a run, for the next one.
    private @Nullable RunBuilder next;
    private @Nullable RunBuilder candidate;
    private final KerasVersion version = new KerasVersion();
    private boolean headers;
    private boolean validating;
    /// Whether a headline has come that TensorFlow 1.14 prints above the bar of a validation.
    private boolean nested;
    /// The learning rate that was said in front of the next headline.
    private @Nullable Reading rate;
    private boolean finished;
    /// Whether nothing but values has come: lines without headline, bar or time.
    private boolean bare;

    // ------------------------------------------------------------------------------------------------ headlines

    /// Begins the epoch of a headline.
    void header(Keras.Header header) {
        int number = header.number();
        bare = false;
        // `Epoch 1` of `Epoch 1: val_loss improved …`, cut off.
        if (header.total() == 0 && run.announced > 0) return;
        if (open != null && open.epoch.number == number && open.latest.isEmpty() && open.underHeader) return;
        nested = open != null && isNested(open, header);
        if (nested) return;
        var last = lastNumbered();
        boolean again = last.isPresent() && number <= last.getAsInt();
        close(again ? OptionalInt.empty() : OptionalInt.of(number), false);
        if (again) startRun();
        headers = true;
        validating = false;
        open = new OpenEpoch(new EpochBuilder(number, true), true);
        open.epoch.learningRate = rate;
        rate = null;
        if (header.total() > 0) run.announced = header.total();
        version.header(number, header.total());
    }

    /// TensorFlow 1.14 begins the bar of a validation with a headline of its own, behind the last training step but one: `9/10 […] - loss:
    /// 0.42Epoch 1/20`.
    private boolean isNested(OpenEpoch open, Keras.Header header) {
        return open.underHeader && !open.full && open.isNearlyDone() && header.number() <= open.epoch.number
                && header.total() > 0 && header.total() == run.announced;
    }

    private OptionalInt lastNumbered() {
        if (open != null && open.epoch.isNumbered()) return OptionalInt.of(open.epoch.number);
        for (int i = run.epochs.size() - 1; i >= 0; i--) {
            if (run.epochs.get(i).isNumbered()) return OptionalInt.of(run.epochs.get(i).number);
        }
        return OptionalInt.empty();
    }

    private void startRun() {
        if (!run.isEmpty()) runs.add(run);
        var following = next == null ? new RunBuilder() : next;
        if (next == null) {
            following.data = run.data;
            following.model = run.model;
        }
        run = following;
        next = null;
        headers = false;
    }

    // ------------------------------------------------------------------------------------------------ bars

    /// Takes a state of a bar in, or a line of `verbose=2`.
    void bar(Keras.Line line) {
        bare = false;
        version.line(line);
        if (nested && !line.hasValidation()) {
            if (line.done() >= line.target()) run.data.validationBatches(line.done());
            return;
        }
        nested = false;
        if (line.pairs().isEmpty() && (open == null || open.finished)) return;
        if (validating && open != null && open.full) {
            validation(open, line);
            return;
        }
        var epoch = epochFor(line);
        if (epoch != null) apply(epoch, line);
    }

    /// The epoch that a line belongs to; null if it belongs to none, as the bar of an evaluation.
    private @Nullable OpenEpoch epochFor(Keras.Line line) {
        if (open == null) return withoutHeader(line);
        boolean sameTarget = open.hasTargetOf(line);
        if (open.finished) return afterTheLastState(open, line, sameTarget);
        if (sameTarget) {
            boolean restarts = open.full && !line.full() && line.done() >= 0;
            return restarts && !open.underHeader ? counted() : restarts ? null : open;
        }
        return otherTarget(open, line);
    }

    /// A bar between epochs: of an epoch whose headline is missing, or of an evaluation.
    private @Nullable OpenEpoch withoutHeader(Keras.Line line) {
        if (run.last() == null || !headers || line.hasValidation()) return counted();
        evaluation(line);
        return null;
    }

    private @Nullable OpenEpoch afterTheLastState(OpenEpoch open, Keras.Line line, boolean sameTarget) {
        if (!line.full()) {
            if (open.underHeader || !sameTarget) return null;
            return counted();
        }
        boolean repeated = sameTarget && open.underHeader && open.isRepeatedBy(line);
        if (repeated) return open;
        boolean hadValidation = open.hasValidation();
        if (line.hasValidation() && open.underHeader && !hadValidation) {
            return sameTarget ? open : otherTarget(open, line);
        }
        if (line.hasValidation()) return counted();
        if (open.underHeader || hadValidation || !sameTarget) {
            evaluation(line);
            return null;
        }
        return counted();
    }

    /// Inside an epoch a bar with another target: validation has a bar of its own in TensorFlow 1.13 and 1.14.
    private @Nullable OpenEpoch otherTarget(OpenEpoch open, Keras.Line line) {
        if (line.hasValidation()) {
            if (open.full) run.data.validationBatches(open.epoch.target);
            open.epoch.metrics.clear();
            open.epoch.target = line.target();
            open.full = false;
            return open;
        }
        if (open.isUntouched()) return open;
        if (!open.underHeader && open.full) return counted();
        if (line.full()) open.other = line.target();
        return null;
    }

    private OpenEpoch counted() {
        close(OptionalInt.empty(), true);
        var last = run.last();
        var opened = new OpenEpoch(new EpochBuilder(last == null ? 1 : last.number + 1, false), false);
        open = opened;
        return opened;
    }

    /// A bar of its own for validation, behind a line that says so.
    private void validation(OpenEpoch open, Keras.Line line) {
        if (!line.full()) return;
        for (var pair : line.pairs()) {
            var metric = Names.keras(pair.name()).metric(Role.TRAINING).on(Role.VALIDATION);
            run.printed(metric, pair.name());
            open.epoch.metrics.put(metric, pair.value());
        }
        run.data.validationBatches(line.target());
        open.finished = true;
        validating = false;
    }

    private void evaluation(Keras.Line line) {
        if (!line.full()) return;
        for (var pair : line.pairs()) {
            var wanted = Names.keras(pair.name()).metric(Role.TRAINING).on(Role.TEST);
            run.closing.put(wanted, pair.value());
        }
    }

    private void apply(OpenEpoch open, Keras.Line line) {
        var epoch = open.epoch;
        if (line.target() >= 0) epoch.target = line.target();
        if (line.done() >= 0) epoch.done = Math.max(epoch.done, line.done());
        if (line.perStep().isPresent()) epoch.perStep = line.perStep();
        if (line.perSample()) epoch.unit = Unit.SAMPLES;
        if (!line.pairs().isEmpty()) open.latest = line.pairs();
        if (!line.full()) {
            if (epoch.skipsNextStep()) epoch.skipStep();
            else
                epoch.step(line.done(), values(line.pairs(), null));
            return;
        }
        open.full = true;
        if (line.seconds().isPresent()) epoch.seconds = line.seconds();
        epoch.metrics.putAll(values(line.pairs(), epoch));
        if (open.other >= 0 && line.hasValidation()) run.data.validationBatches(open.other);
        open.finished = line.last() || line.hasValidation();
    }

    private LinkedHashMap<Metric, Reading> values(List<Keras.Pair> pairs, @Nullable EpochBuilder rateTo) {
        var values = new LinkedHashMap<Metric, Reading>();
        for (var pair : pairs) {
            if (Keras.isRate(pair.name())) {
                if (rateTo != null) rateTo.learningRate = pair.value();
            } else {
                version.name(pair.name());
                values.put(run.metric(pair.name(), Names.keras(pair.name()).metric(Role.TRAINING)), pair.value());
            }
        }
        return values;
    }

    /// Ends the open epoch.
    ///
    /// @param following the number of the headline that follows
    /// @param counted whether an epoch without headline follows
    private void close(OptionalInt following, boolean counted) {
        if (open == null) return;
        var epoch = open.epoch;
        boolean validation = open.latest.stream().anyMatch(pair -> pair.name().startsWith("val_"));
        boolean valuesOfAll = !epoch.metrics.isEmpty();
        if (!valuesOfAll || !open.full) epoch.metrics.putAll(values(open.latest, epoch));
        boolean cut = open.full && !valuesOfAll;
        epoch.complete = !epoch.metrics.isEmpty() && !cut
                && (open.full || validation || following.isPresent() && following.getAsInt() == epoch.number + 1);
        boolean atEnd = following.isEmpty() && !counted;
        if (!epoch.metrics.isEmpty() || atEnd && open.underHeader || epoch.stepsSeen() > 0) run.epochs.add(epoch);
        open = null;
    }

    // ------------------------------------------------------------------------------------------------ what lines between them say

    /// The epoch that lines without a bar speak of: the open one, or the last of the run.
    @Nullable
    EpochBuilder current() {
        return open == null ? run.last() : open.epoch;
    }

    /// Whether an epoch has begun and not ended.
    boolean isOpen() {
        return open != null;
    }

    /// The run that is coming in.
    RunBuilder run() {
        return run;
    }

    /// Whether an epoch waits for what comes behind its training steps.
    boolean awaitsValidation() {
        return open != null && open.full;
    }

    /// The next bar is that of a validation.
    void validating() {
        validating = true;
    }

    /// The rate of the epochs to come.
    void rate(Reading said) {
        rate = said;
    }

    /// The text begins inside a line, with these values: ` - acc: 0.61 - val_loss: 0.22 - val_acc: 0.95`; or it consists of such lines.
    void values(List<Keras.Pair> pairs) {
        bare = haveNotBegun() || bare;
        var opened = counted();
        opened.latest = pairs;
        opened.full = true;
        opened.finished = true;
        opened.epoch.metrics.putAll(values(pairs, opened.epoch));
    }

    /// Whether lines of values have come and nothing else.
    boolean areBare() {
        return bare;
    }

    /// Whether no epoch has come yet.
    boolean haveNotBegun() {
        return open == null && run.isEmpty() && runs.isEmpty();
    }

    /// Lines about data behind the last epoch of a run speak of the next run.
    RunBuilder target() {
        boolean after = open == null ? !run.epochs.isEmpty() : open.finished;
        if (!after) return run;
        if (candidate == null) candidate = new RunBuilder();
        return next == null ? candidate : next;
    }

    /// What was said belongs to that run for good.
    void commitData() {
        if (next == null && candidate != null && target() == candidate) {
            next = candidate;
            candidate = null;
        }
    }

    // ------------------------------------------------------------------------------------------------ result

    /// Whether the text has epochs of Keras.
    boolean any() {
        finish();
        return runs.stream().anyMatch(found -> found.epochs.stream().anyMatch(epoch -> !epoch.metrics.isEmpty()));
    }

    private void finish() {
        if (finished) return;
        finished = true;
        close(OptionalInt.empty(), false);
        if (!run.isEmpty()) runs.add(run);
        BareNumbers.resolve(runs);
    }

    /// The runs, to be built by the caller.
    List<RunBuilder> runs() {
        finish();
        runs.forEach(KerasEpochs::renumber);
        runs.removeIf(found -> found.epochs.isEmpty());
        var merged = RepeatedFits.merge(runs);
        merged.forEach(found -> {
            KerasUnits.decide(found);
            dropHalfPrintedEnd(found);
        });
        return merged;
    }

    /// Epochs without headline in front of the first headline: counted backwards from it. What lies before the first epoch is an
    /// evaluation of the untrained model.
    private static void renumber(RunBuilder run) {
        int first = 0;
        while (first < run.epochs.size() && !run.epochs.get(first).isNumbered()) first++;
        if (first == 0 || first == run.epochs.size()) return;
        int number = run.epochs.get(first).number;
        for (int i = 0; i < first; i++) run.epochs.get(i).number = number - first + i;
        run.epochs.removeIf(epoch -> !epoch.isNumbered() && epoch.number < 1);
    }

    /// The last epoch lacks the validation that all others before it had: the text was cut off behind its training values.
    private static void dropHalfPrintedEnd(RunBuilder run) {
        var last = run.last();
        if (last == null || !last.complete || run.epochs.size() < 2 || last.has(Role.VALIDATION)) return;
        boolean others = run.epochs.subList(0, run.epochs.size() - 1).stream()
                .allMatch(epoch -> epoch.has(Role.VALIDATION));
        if (others) last.complete = false;
    }

    LogFormat format() {
        return version.format();
    }
}
