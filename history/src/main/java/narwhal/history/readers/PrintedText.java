package narwhal.history.readers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Puts together what somebody's own loop printed: lines that name an epoch, lines that name a batch, lines that name neither and
/// belong to what came before.
final class PrintedText {
    private final LeftoverLines leftovers;
    private final PrintedEpochs epochs = new PrintedEpochs();
    private final PrintedValues values = new PrintedValues(epochs);
    private Optional<Role> section = Optional.empty();
    /// The role that the line before ended with, if that was a held-out one.
    private Optional<Role> heldOut = Optional.empty();
    /// The step that was named last, -1 before the first.
    private long lastStep = -1;
    /// The step at which the latest evaluation was announced (`Iteration 1000, Testing net`), -1 before the first.
    private long scoredAt = -1;
    /// Whether a line has called its epoch by that word.
    private boolean worded;
    /// Whether iterations are counted instead of epochs.
    private boolean iterations;
    private boolean torch;
    private long metricLines;

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
        var event = event(line);
        if (event != null && !(event instanceof Event.Checkpoint && line.indexOf('=') > 0)) {
            epochs.run().event(event);
            return;
        }
        if (line.contains("train_runtime") || Keras.barAt(line, 0) >= 0) return;
        numbers(line);
    }

    private void numbers(String line) {
        var bar = ProgressBars.parse(line);
        var pairs = PrintedPairs.of(bar == null ? named(line) : bar.text());
        var place = place(line, pairs, bar);
        var named = PrintedMetrics.of(pairs);
        if (place.hasEpoch()) epoch(place, line, named.isEmpty());
        var open = epochs.open();
        // Behind what was scored on held-out images, a step is one of training again.
        if (place.hasStep() && open != null && section.filter(open::has).isPresent()) section = Optional.empty();
        values.asides(pairs, place);
        var read = named.isEmpty()
                ? new LinkedHashMap<Metric, Reading>()
                : PrintedRoles.assign(named,
                        PrintedForms.lineRole(line).or(() -> section).or(() -> goesOn(named, place)), epochs.run());
        if (read.isEmpty()) {
            if (place.hasStep() && bar == null) scoredAt = place.step();
            if (place.hasStep() || bar != null)
                values.progress(place, bar, section.filter(role -> role != Role.TRAINING).isEmpty());
            else if (!place.hasEpoch()) plain(line);
            return;
        }
        metricLines++;
        if (bar != null) values.bar(bar, read, pairs);
        else if (place.hasStep() && !standsForAll(place, read, line)) step(place, read, pairs);
        else
            values.level(read, pairs, place);
        heldOut = place.hasStep() ? Optional.empty() : endsHeldOut(named);
    }

    private Place place(String line, List<PrintedPairs.Pair> pairs, ProgressBars.@Nullable Bar bar) {
        var read = Place.of(line, pairs, bar);
        boolean batch = worded && read.hasEpoch() && !read.worded() && read.total() > 0 && !read.hasStep();
        var place = batch ? read.asStep() : read;
        worded |= place.hasEpoch() && place.worded();
        if (place.step() >= 0) lastStep = place.step();
        return place;
    }

    private void epoch(Place place, String line, boolean noValues) {
        switch (epochs.to(place, line, noValues)) {
            case BEGINS -> {
                heldOut = Optional.empty();
                section = PrintedForms.lineRole(line);
                values.begin();
            }
            case STAYS -> section = PrintedForms.lineRole(line)
                    .or(() -> noValues && !place.hasStep() ? Optional.empty() : section);
            case BEHIND -> {
                // What the lines around are about stays as it was.
            }
        }
    }

    private void step(Place place, LinkedHashMap<Metric, Reading> read, List<PrintedPairs.Pair> pairs) {
        epochs.beforeStep(place.step() == scoredAt);
        var role = read.keySet().iterator().next().role();
        if (role != Role.TRAINING) section = Optional.of(role);
        values.step(place, read, pairs);
    }

    // ------------------------------------------------------------------------------------------------ what a line is about

    /// Whether a line that names a step is about a whole epoch or a whole pass all the same.
    private boolean standsForAll(Place place, LinkedHashMap<Metric, Reading> read, String line) {
        boolean training = read.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        boolean validation = read.keySet().stream().anyMatch(metric -> metric.role() == Role.VALIDATION);
        boolean last = place.steps() > 0 && place.step() == place.steps();
        boolean counted = epochs.areCounted();
        // Paddle's last step of a pass, `step 79/79 - loss: 0.31 - acc: 0.9012 - 12ms/step`.
        boolean lastOfPass = last && line.endsWith("s/step") && counted;
        // The last step's line of some libraries (`iter: 5000/5000`) carries the validation of the whole epoch.
        boolean closesTheEpoch = last && training && validation;
        // `epoch 3, minibatch 391/391, validation error 0.21`, `Epoch(val) [3][79/79] accuracy: 0.87`: the last batch carries the whole pass.
        boolean closesThePass = last && place.hasEpoch() && !training;
        if (lastOfPass || closesTheEpoch || closesThePass) return true;
        return !counted && (training ? scoresHeldOut(read) : scoresTheStep(place));
    }

    /// Where nobody counts epochs, a step that scores held-out images as well stands for one.
    private static boolean scoresHeldOut(LinkedHashMap<Metric, Reading> read) {
        return read.keySet().stream().anyMatch(metric -> metric.role() != Role.TRAINING);
    }

    /// `step 100, validation accuracy 0.89`, where nobody counts epochs: an evaluation stands for one. A step of so many (`[3/79]`) is one
    /// of the evaluation itself, unless training has just printed the same.
    private boolean scoresTheStep(Place place) {
        var open = epochs.open();
        boolean same = open != null && !open.steps().isEmpty() && open.steps().getLast().step() == place.step();
        return same || place.steps() <= 0;
    }

    /// The role of the last value of a line in words that says of each value where it was measured.
    private static Optional<Role> endsHeldOut(List<PrintedRoles.Named> named) {
        for (var value : named) if (value.parsed().role().isEmpty()) return Optional.empty();
        return named.getLast().parsed().role().filter(role -> role != Role.TRAINING);
    }

    /// `Accuracy: 0.91` on a line behind that of the `Validation loss` goes on with the validation.
    private Optional<Role> goesOn(List<PrintedRoles.Named> named, Place place) {
        var open = epochs.open();
        if (open == null || place.hasStep() || place.hasEpoch() && place.epoch() != open.number)
            return Optional.empty();
        boolean taken = heldOut.isEmpty() || named.stream().anyMatch(value -> value.parsed().role().isPresent()
                || open.metrics.containsKey(value.parsed().metric(heldOut.get())));
        return taken ? Optional.empty() : heldOut;
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
        iterations |= epochs.open() == null && epochs.run().isEmpty();
        return iterations ? put("epoch", first.get()) : line;
    }

    private static String put(String place, MetricFirst line) {
        return place + " " + line.number() + ": " + line.value();
    }

    // ------------------------------------------------------------------------------------------------ lines without values

    private @Nullable Event event(String line) {
        return line.length() < 600 ? EventLines.parse(line, epochs.current()) : null;
    }

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
        var event = event(line);
        if (event != null) epochs.run().event(event);
        else
            leftovers.add(line);
    }

    private void plain(String line) {
        torch |= line.contains("torch");
        if (!epochs.run().data.take(line) && !epochs.run().model.take(line)) leftovers.add(line);
    }

    // ------------------------------------------------------------------------------------------------ result

    /// Epochs with values, or with steps.
    int epochs() {
        return runs().stream()
                .mapToInt(found -> (int) found.epochs.stream().filter(epoch -> !epoch.metrics.isEmpty()).count()).sum();
    }

    boolean hasAnything() {
        return !runs().isEmpty();
    }

    List<RunBuilder> runs() {
        return epochs.finished();
    }

    long metricLines() {
        return metricLines;
    }

    LogFormat format() {
        return new LogFormat(Kind.PRINTED, torch || values.steps() > 0 ? Framework.PYTORCH : Framework.UNKNOWN,
                epochs.areWindows() ? "printed by hand, windows of steps for epochs" : "printed by hand");
    }
}
