package narwhal.history.readers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import narwhal.history.log.StepReading;
import org.jspecify.annotations.Nullable;

/// Puts together what somebody's own loop printed: lines that name an epoch, lines that name a batch, lines that name neither and
/// belong to what came before.
final class PrintedText {
    private final List<RunBuilder> runs = new ArrayList<>();
    private final LeftoverLines leftovers;
    private RunBuilder run = new RunBuilder();
    private @Nullable EpochBuilder open;
    private Optional<Role> section = Optional.empty();
    /// The role that the line before ended with, if that was a held-out one.
    private Optional<Role> heldOut = Optional.empty();
    /// The learning rate of the latest line that names one.
    private @Nullable Reading rate;
    /// The step that was named last, -1 before the first.
    private long lastStep = -1;
    /// The step at which the latest evaluation was announced (`Iteration 1000, Testing net`), -1 before the first.
    private long scoredAt = -1;
    private final BarCount bars = new BarCount();
    /// Whether the line that names an epoch comes behind those of its steps.
    private boolean closedByLines;
    /// Whether a line has called its epoch by that word.
    private boolean worded;
    /// Whether iterations are counted instead of epochs.
    private boolean iterations;
    private boolean torch;
    private boolean finished;
    /// Whether windows of steps stand for epochs.
    private boolean windows;
    private long metricLines;
    private long stepLines;

    PrintedText(LeftoverLines leftovers) {
        this.leftovers = leftovers;
    }

    /// Takes the next clean line in.
    void take(String line) {
        if (line.length() > 5_000) {
            leftovers.add(line.substring(0, 200));
            return;
        }
        if (!PrintedForms.hasDigit(line)) {
            words(line);
            return;
        }
        var event = line.length() < 600 ? EventLines.parse(line, current()) : null;
        if (event != null && !(event instanceof narwhal.history.log.Event.Checkpoint && line.indexOf('=') > 0)) {
            run.event(event);
            return;
        }
        if (line.contains("train_runtime") || Keras.barAt(line, 0) >= 0) return;
        var bar = ProgressBars.parse(line);
        var pairs = PrintedPairs.of(bar == null ? named(line) : bar.text());
        var read = Place.of(line, pairs, bar);
        boolean batch = worded && read.hasEpoch() && !read.worded() && read.total() > 0 && !read.hasStep();
        var place = batch ? read.asStep() : read;
        worded |= place.hasEpoch() && place.worded();
        if (place.step() >= 0) lastStep = place.step();
        var named = PrintedMetrics.of(pairs);
        if (place.hasEpoch()) epoch(place, line, named.isEmpty());
        // Behind what was scored on held-out images, a step is one of training again.
        if (place.hasStep() && open != null && section.filter(open::has).isPresent()) section = Optional.empty();
        asides(pairs, place);
        var values = named.isEmpty()
                ? new LinkedHashMap<Metric, Reading>()
                : PrintedRoles.assign(named,
                        PrintedForms.lineRole(line).or(() -> section).or(() -> goesOn(named, place)), run);
        if (values.isEmpty()) {
            if (place.hasStep() && bar == null) scoredAt = place.step();
            if (place.hasStep() || bar != null) progress(place, bar);
            else if (!place.hasEpoch()) plain(line);
            return;
        }
        metricLines++;
        if (bar != null) bar(bar, values, pairs);
        else if (place.hasStep() && !standsForAll(place, values, line)) step(place, values, pairs);
        else
            level(values, pairs, place);
        heldOut = place.hasStep() ? Optional.empty() : endsHeldOut(named);
    }

    /// Whether a line that names a step is about a whole epoch or a whole pass all the same.
    private boolean standsForAll(Place place, LinkedHashMap<Metric, Reading> values, String line) {
        // Paddle's last step of a pass, `step 79/79 - loss: 0.31 - acc: 0.9012 - 12ms/step`.
        boolean lastOfPass = place.steps() > 0 && place.step() == place.steps() && line.endsWith("s/step")
                && countsEpochs();
        return lastOfPass || closesTheEpoch(place, values) || closesThePass(place, values) || evaluates(values)
                || scoresTheStep(place, values);
    }

    /// The role of the last value of a line in words that says of each value where it was measured.
    private static Optional<Role> endsHeldOut(List<PrintedRoles.Named> named) {
        for (var value : named) if (value.parsed().role().isEmpty()) return Optional.empty();
        return named.getLast().parsed().role().filter(role -> role != Role.TRAINING);
    }

    /// `Accuracy: 0.91` on a line behind that of the `Validation loss` goes on with the validation.
    private Optional<Role> goesOn(List<PrintedRoles.Named> named, Place place) {
        if (open == null || place.hasStep() || place.hasEpoch() && place.epoch() != open.number)
            return Optional.empty();
        boolean taken = heldOut.isEmpty() || named.stream().anyMatch(value -> value.parsed().role().isPresent()
                || open.metrics.containsKey(value.parsed().metric(heldOut.get())));
        return taken ? Optional.empty() : heldOut;
    }

    /// `step 100, validation accuracy 0.89`, where nobody counts epochs: an evaluation stands for one. A step of so many (`[3/79]`) is one
    /// of the evaluation itself, unless training has just printed the same.
    private boolean scoresTheStep(Place place, LinkedHashMap<Metric, Reading> values) {
        if (countsEpochs() || values.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING)) return false;
        boolean same = open != null && !open.steps().isEmpty() && open.steps().getLast().step() == place.step();
        return same || place.steps() <= 0;
    }

    private boolean countsEpochs() {
        return open != null ? open.isNumbered() : run.last() != null && run.last().isNumbered();
    }

    /// `Cost after epoch 100: 0.33` puts the metric before the place; where nobody counts epochs, an iteration is a pass over all of a small
    /// set.
    private String named(String line) {
        var form = PrintedForms.named(line, lastStep);
        if (!form.equals(line)) return form;
        var first = MetricFirst.of(line);
        if (first.isEmpty()) return BothSides.named(ValuesFirst.named(line));
        var place = first.get().place();
        if (!place.equals("iteration")) return put(place, first.get());
        iterations |= open == null && run.isEmpty();
        return iterations ? put("epoch", first.get()) : line;
    }

    private static String put(String place, MetricFirst line) {
        return place + " " + line.number() + ": " + line.value();
    }

    /// The last step's line of some libraries (`iter: 5000/5000`) carries the validation of the whole epoch.
    private static boolean closesTheEpoch(Place place, LinkedHashMap<Metric, Reading> values) {
        if (place.steps() <= 0 || place.step() != place.steps()) return false;
        boolean training = values.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        return training && values.keySet().stream().anyMatch(metric -> metric.role() == Role.VALIDATION);
    }

    /// `epoch 3, minibatch 391/391, validation error 0.21`, `Epoch(val) [3][79/79] accuracy: 0.87`: the last batch carries the whole pass.
    private static boolean closesThePass(Place place, LinkedHashMap<Metric, Reading> values) {
        boolean last = place.hasEpoch() && place.steps() > 0 && place.step() == place.steps();
        return last && values.keySet().stream().noneMatch(metric -> metric.role() == Role.TRAINING);
    }

    /// Where nobody counts epochs, a step that scores held-out images as well stands for one.
    private boolean evaluates(LinkedHashMap<Metric, Reading> values) {
        if (countsEpochs()) return false;
        boolean training = values.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        return training && values.keySet().stream().anyMatch(metric -> metric.role() != Role.TRAINING);
    }

    private OptionalInt current() {
        return open == null ? OptionalInt.empty() : OptionalInt.of(open.number);
    }

    // ------------------------------------------------------------------------------------------------ lines without numbers

    /// `Training:`, `--- Validation ---` say what the following lines are about.
    private void words(String line) {
        var trimmed = line.trim();
        torch |= trimmed.contains("torch") || trimmed.contains("nn.Module") || trimmed.contains("DataLoader");
        if (trimmed.length() <= 60) {
            var role = PrintedForms.leadingRole(trimmed);
            if (role.isPresent()) {
                section = role;
                return;
            }
        }
        var event = line.length() < 600 ? EventLines.parse(line, current()) : null;
        if (event != null) run.event(event);
        else
            leftovers.add(line);
    }

    private void plain(String line) {
        torch |= line.contains("torch");
        if (!run.data.take(line) && !run.model.take(line)) leftovers.add(line);
    }

    // ------------------------------------------------------------------------------------------------ epochs

    /// Moves to the epoch that a line names.
    private void epoch(Place place, String line, boolean noValues) {
        int number = place.epoch();
        if (noValues && !place.hasStep() && open != null && !open.isNumbered() && PrintedForms.saysDone(line)) {
            open.number = number;
            close();
            return;
        }
        if (place.total() > 0) run.announced = place.total();
        var last = run.last();
        if (!noValues && !place.hasStep() && open != null && !open.isNumbered() && open.metrics.isEmpty()
                && (closedByLines || run.isEmpty())) {
            closedByLines = true;
            if (last != null && last.isNumbered() && number < last.number) startRun(place.total());
            open.number(number);
            return;
        }
        if (open != null && open.isNumbered() && open.number == number) {
            section = PrintedForms.lineRole(line).or(() -> noValues && !place.hasStep() ? Optional.empty() : section);
            return;
        }
        boolean again = open != null && open.isNumbered() && number < open.number
                || open == null && last != null && last.isNumbered() && number <= last.number;
        if (again && open == null && last != null && last.number == number) {
            reopen(last);
            return;
        }
        boolean known = again && !place.hasStep() && lateLine(number);
        if (known) return;
        close();
        if (again) startRun(place.total());
        open = new EpochBuilder(number, true);
        heldOut = Optional.empty();
        section = PrintedForms.lineRole(line);
        bars.reset();
    }

    private void reopen(EpochBuilder last) {
        run.epochs.removeLast();
        open = last;
    }

    /// A line about the epoch before, printed when the next had begun.
    private boolean lateLine(int number) {
        var last = run.last();
        return open != null && open.number == number + 1 && open.metrics.isEmpty() && open.stepsSeen() == 0
                && last != null
                && last.number == number && swap(last);
    }

    private boolean swap(EpochBuilder last) {
        run.epochs.removeLast();
        open = last;
        return true;
    }

    private void startRun(int total) {
        if (!run.isEmpty()) {
            runs.add(run);
            var following = new RunBuilder();
            following.data = run.data;
            following.model = run.model;
            run = following;
        }
        if (total > 0) run.announced = total;
    }

    private void close() {
        if (open == null) return;
        // Where nobody counts epochs and one step lies between two evaluations, it is what was evaluated.
        if (!open.isNumbered() && !open.metrics.isEmpty()
                && open.steps().stream().mapToLong(StepReading::step).distinct().count() == 1)
            for (var step : open.steps()) step.metrics().forEach(open.metrics::putIfAbsent);
        if (!open.metrics.isEmpty() || open.stepsSeen() > 0 || open.hasBarValues()) {
            open.complete = true;
            run.epochs.add(open);
        }
        open = null;
    }

    // ------------------------------------------------------------------------------------------------ values

    /// Learning rate and time.
    private void asides(List<PrintedPairs.Pair> pairs, Place place) {
        for (var pair : pairs) {
            if (PrintedMetrics.isRate(pair)) {
                rate = pair.reading();
                if (!place.hasStep() && open != null && place.hasEpoch()) open.learningRate = rate;
            } else if (PrintedMetrics.isAside(pair)) {
                time(pair, place);
            }
        }
    }

    private void time(PrintedPairs.Pair pair, Place place) {
        if (place.hasStep() || open == null || pair.name().isEmpty()) return;
        if (Names.free(pair.name()).role().filter(role -> role != Role.TRAINING).isPresent()) return;
        var lower = pair.name().toLowerCase(Locale.ROOT);
        boolean duration = lower.endsWith("time") || lower.endsWith("took") || lower.endsWith("elapsed")
                || lower.endsWith("duration")
                || lower.endsWith("sec") || lower.endsWith("dur");
        boolean seconds = pair.unit().isEmpty() || pair.unit().equals("s") || pair.unit().startsWith("sec");
        if (duration && seconds && pair.of() < 0) open.seconds = OptionalDouble.of(Readings.value(pair.text()));
    }

    private EpochBuilder opened() {
        if (open == null) {
            var last = run.last();
            open = new EpochBuilder(last == null ? 1 : last.number + 1, false);
        }
        return open;
    }

    private void step(Place place, LinkedHashMap<Metric, Reading> values, List<PrintedPairs.Pair> pairs) {
        stepLines++;
        boolean over = open != null
                && (open.isNumbered() ? closedByLines : !open.metrics.isEmpty() && place.step() != scoredAt);
        if (over) close();
        var epoch = opened();
        if (lastStepRole(values).filter(role -> role != Role.TRAINING).isPresent()) section = lastStepRole(values);
        boolean training = values.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        if (training) {
            if (place.steps() > 0) epoch.target = place.steps();
            if (place.step() >= 0) epoch.done = Math.max(epoch.done, place.step());
            epoch.unit = place.samples() ? Unit.SAMPLES : Unit.BATCHES;
        }
        epoch.step(place.step() >= 0 ? place.step() : epoch.stepsSeen() + 1, values);
        boolean heldOutToo = training && values.keySet().stream().anyMatch(metric -> metric.role() != Role.TRAINING);
        if (heldOutToo) epoch.barValues().putAll(values);
        else if (2 * place.step() >= place.steps() && pairs.stream().anyMatch(pair -> !pair.average().isEmpty()))
            means(epoch, values, pairs);
    }

    /// `Loss 2.30 (2.41)`: the mean so far, which in the last line is that of the epoch.
    private static void means(EpochBuilder epoch, LinkedHashMap<Metric, Reading> values,
            List<PrintedPairs.Pair> pairs) {
        values.forEach((metric, reading) -> {
            boolean mean = pairs.stream().anyMatch(pair -> pair.average().equals(reading.text()));
            if (mean) epoch.barValues().put(metric, reading);
        });
    }

    private static Optional<Role> lastStepRole(LinkedHashMap<Metric, Reading> values) {
        return values.keySet().stream().map(Metric::role).findFirst();
    }

    private void progress(Place place, ProgressBars.@Nullable Bar bar) {
        if (bar != null && open != null) countBar(bar);
        if (place.hasStep() && open != null && bar == null && place.steps() > 0
                && section.filter(role -> role != Role.TRAINING).isEmpty()) {
            open.target = place.steps();
            open.done = Math.max(open.done, place.step());
        }
    }

    /// The state of a bar with values; the last state of the first bar of an epoch belongs to training, of the second to validation.
    private void bar(ProgressBars.Bar bar, LinkedHashMap<Metric, Reading> values, List<PrintedPairs.Pair> pairs) {
        var epoch = opened();
        // Beside the number of a batch stands its loss.
        if (pairs.stream().anyMatch(pair -> pair.name().equalsIgnoreCase("batch_id"))) {
            values.entrySet().removeIf(
                    entry -> entry.getKey().name().equals(Metric.LOSS.name())
                            && Double.isFinite(entry.getValue().value()));
        }
        countBar(bar);
        boolean roles = values.keySet().stream().anyMatch(metric -> metric.role() != Role.TRAINING);
        var role = roles || bars.inEpoch() < 2 ? null : Role.VALIDATION;
        var placed = new LinkedHashMap<Metric, Reading>();
        values.forEach((metric, reading) -> placed.put(role == null ? metric : metric.on(role), reading));
        if (bar.full()) epoch.barValues().putAll(placed);
        else
            epoch.step(bar.done(), placed);
    }

    private void countBar(ProgressBars.Bar bar) {
        var epoch = open;
        if (bars.see(bar) == 1 && epoch != null) {
            epoch.target = bar.total();
            epoch.done = Math.max(epoch.done, bar.done());
            epoch.unit = Unit.BATCHES;
        }
    }

    /// A line about a whole epoch.
    private void level(LinkedHashMap<Metric, Reading> values, List<PrintedPairs.Pair> pairs, Place place) {
        var epoch = opened();
        boolean repeats = !epoch.isNumbered() && values.keySet().stream().anyMatch(epoch.metrics::containsKey);
        if (repeats) {
            close();
            epoch = opened();
        }
        if (rate != null && epoch.learningRate == null && place.hasEpoch()) epoch.learningRate = rate;
        rate = null;
        epoch.metrics.putAll(values);
        for (var pair : pairs) {
            if (pair.scored() > 1 && pair.reading().full()) scored(pair, values);
        }
    }

    private void scored(PrintedPairs.Pair pair, LinkedHashMap<Metric, Reading> values) {
        values.forEach((metric, reading) -> {
            if (reading.text().equals(pair.reading().text())) run.data.scored(metric.role(), pair.scored());
        });
    }

    // ------------------------------------------------------------------------------------------------ result

    private void finish() {
        if (finished) return;
        finished = true;
        boolean stepsOnly = open != null && open.metrics.isEmpty() && !open.hasBarValues();
        var last = open;
        close();
        if (stepsOnly && last != null && !run.epochs.isEmpty())
            last.complete = last.target > 0 && last.done >= last.target - 1 && run.epochs.size() > 1;
        if (!run.isEmpty()) runs.add(run);
        runs.removeIf(found -> found.epochs.isEmpty());
        runs.forEach(found -> {
            useBarValues(found);
            windows |= StepWindows.split(found);
            found.finalOnly = isSummary(found);
            PrintedSeries.tidy(found);
        });
    }

    /// Closing values without any epoch.
    private static boolean isSummary(RunBuilder found) {
        if (found.epochs.size() != 1) return false;
        var only = found.epochs.getFirst();
        return !only.isNumbered() && only.complete && only.stepsSeen() == 0 && !only.metrics.isEmpty();
    }

    /// A bar's last state stands for its epoch where no line about the whole epoch does.
    private static void useBarValues(RunBuilder found) {
        for (var epoch : found.epochs) {
            if (epoch.hasBarValues()) epoch.barValues().forEach(epoch.metrics::putIfAbsent);
        }
    }

    /// Epochs with values, or with steps.
    int epochs() {
        finish();
        return runs.stream()
                .mapToInt(found -> (int) found.epochs.stream().filter(epoch -> !epoch.metrics.isEmpty()).count()).sum();
    }

    boolean hasAnything() {
        finish();
        return !runs.isEmpty();
    }

    List<RunBuilder> runs() {
        finish();
        return runs;
    }

    long metricLines() {
        return metricLines;
    }

    LogFormat format() {
        return new LogFormat(Kind.PRINTED, torch || stepLines > 0 ? Framework.PYTORCH : Framework.UNKNOWN,
                windows ? "printed by hand, windows of steps for epochs" : "printed by hand");
    }
}
