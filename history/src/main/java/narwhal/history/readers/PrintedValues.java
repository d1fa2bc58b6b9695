package narwhal.history.readers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Puts the values of a line where they belong: to a step, to the state of a bar, or to the whole of an epoch, with rates and times beside
/// them.
final class PrintedValues {
    private final PrintedEpochs epochs;
    private final BarCount bars = new BarCount();
    /// The learning rate of the latest line that names one.
    private @Nullable Reading rate;
    private long steps;

    PrintedValues(PrintedEpochs epochs) {
        this.epochs = epochs;
    }

    /// Lines that had values of a step.
    long steps() {
        return steps;
    }

    void begin() {
        bars.reset();
    }

    /// Learning rate and time.
    void asides(List<PrintedPairs.Pair> pairs, Place place) {
        var open = epochs.open();
        for (var pair : pairs) {
            if (PrintedMetrics.isRate(pair)) {
                rate = pair.reading();
                if (!place.hasStep() && open != null && place.hasEpoch()) open.learningRate = rate;
            } else if (PrintedMetrics.isAside(pair) && open != null && !place.hasStep()) {
                time(pair, open);
            }
        }
    }

    private static void time(PrintedPairs.Pair pair, EpochBuilder epoch) {
        if (pair.name().isEmpty()
                || Names.free(pair.name()).role().filter(role -> role != Role.TRAINING).isPresent())
            return;
        var lower = pair.name().toLowerCase(Locale.ROOT);
        boolean duration = lower.endsWith("time") || lower.endsWith("took") || lower.endsWith("elapsed")
                || lower.endsWith("duration") || lower.endsWith("sec") || lower.endsWith("dur");
        boolean seconds = pair.unit().isEmpty() || pair.unit().equals("s") || pair.unit().startsWith("sec");
        if (duration && seconds && pair.of() < 0) epoch.seconds = OptionalDouble.of(Readings.value(pair.text()));
    }

    /// Values of a step.
    void step(Place place, LinkedHashMap<Metric, Reading> values, List<PrintedPairs.Pair> pairs) {
        steps++;
        var epoch = epochs.opened();
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

    /// How far an epoch has come, of a line without values.
    ///
    /// @param training whether it is about training
    void progress(Place place, ProgressBars.@Nullable Bar bar, boolean training) {
        var open = epochs.open();
        if (open == null) return;
        if (bar != null) {
            count(bar, open);
        } else if (place.hasStep() && place.steps() > 0 && training) {
            open.target = place.steps();
            open.done = Math.max(open.done, place.step());
        }
    }

    /// The state of a bar with values; the last state of the first bar of an epoch belongs to training, of the second to validation.
    void bar(ProgressBars.Bar bar, LinkedHashMap<Metric, Reading> values, List<PrintedPairs.Pair> pairs) {
        var epoch = epochs.opened();
        // Beside the number of a batch stands its loss.
        if (pairs.stream().anyMatch(pair -> pair.name().equalsIgnoreCase("batch_id"))) {
            values.entrySet().removeIf(entry -> entry.getKey().name().equals(Metric.LOSS.name())
                    && Double.isFinite(entry.getValue().value()));
        }
        count(bar, epoch);
        boolean roles = values.keySet().stream().anyMatch(metric -> metric.role() != Role.TRAINING);
        var role = roles || bars.inEpoch() < 2 ? null : Role.VALIDATION;
        var placed = new LinkedHashMap<Metric, Reading>();
        values.forEach((metric, reading) -> placed.put(role == null ? metric : metric.on(role), reading));
        if (bar.full()) epoch.barValues().putAll(placed);
        else
            epoch.step(bar.done(), placed);
    }

    private void count(ProgressBars.Bar bar, EpochBuilder epoch) {
        if (bars.see(bar) != 1) return;
        epoch.target = bar.total();
        epoch.done = Math.max(epoch.done, bar.done());
        epoch.unit = Unit.BATCHES;
    }

    /// Values of a whole epoch.
    void level(LinkedHashMap<Metric, Reading> values, List<PrintedPairs.Pair> pairs, Place place) {
        var epoch = epochs.opened();
        boolean repeats = !epoch.isNumbered() && values.keySet().stream().anyMatch(epoch.metrics::containsKey);
        if (repeats) {
            epochs.close();
            epoch = epochs.opened();
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
            if (reading.text().equals(pair.reading().text())) epochs.run().data.scored(metric.role(), pair.scored());
        });
    }
}
