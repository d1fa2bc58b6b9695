package narwhal.history.readers;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Puts the lines of Keras' progress output together: headlines, the states of bars, lines of `verbose=2`, and what callbacks and
/// generators print in between. Which state of a bar counts, and where an epoch or a run ends, is decided here.
final class KerasText {
    private static final int MOST_WAITING = 3_000;
    private static final Pattern EVALUATED = Pattern.compile("\\[(\\d+\\.\\d{4,}(?:e-\\d+)?), ([01]\\.\\d*)]\\s*");

    private final List<RunBuilder> runs = new ArrayList<>();
    private RunBuilder run = new RunBuilder();
    private @Nullable Open open;
    private @Nullable RunBuilder next;
    private final BareNumbers bare = new BareNumbers();
    private final LeftoverLines leftovers;
    private final KerasVersion version = new KerasVersion();
    private String previous = "";
    private boolean previousIsFinal;
    private boolean headers;
    private boolean begun;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private boolean validating;
    /// Whether a headline has come that TensorFlow 1.14 prints above the bar of a validation.
    private boolean nested;
    /// The learning rate that was said in front of the next headline.
    private @Nullable Reading rate;

    KerasText(LeftoverLines leftovers) {
        this.leftovers = leftovers;
    }

    /// An epoch whose lines are coming in.
    private static final class Open {
        final EpochBuilder epoch;
        final boolean underHeader;
        /// The values of the newest state.
        List<Keras.Pair> latest = List.of();
        /// Whether the training steps are all done.
        boolean full;
        /// Whether the last state with its time was seen.
        boolean finished;
        /// The target of a bar that does not belong to the training steps.
        long other = -1;

        Open(EpochBuilder epoch, boolean underHeader) {
            this.epoch = epoch;
            this.underHeader = underHeader;
        }
    }

    /// Whether a line of Keras has come.
    boolean begun() {
        return begun;
    }

    /// Takes the next clean line in. Until the first line of Keras comes the others wait: a text that is not Keras' costs no more than
    /// a look at each line.
    void take(String line) {
        var header = Keras.header(line);
        var values = header == null ? Keras.parse(line) : null;
        if (!begun) {
            begun = header != null || values != null || isInside(line);
            if (!begun) {
                waiting.add(line);
                if (waiting.size() > MOST_WAITING) leftovers.add(waiting.removeFirst());
                return;
            }
            waiting.forEach(this::other);
            waiting.clear();
        }
        if (header != null) {
            header(header);
            remember("", false);
            if (header.end() < line.length()) take(line.substring(header.end()));
        } else if (values != null) {
            bar(values);
            remember(line, values.full());
        } else if (!wrapped(line)) {
            other(line);
            remember("", false);
        }
    }

    private void remember(String line, boolean isFinal) {
        previous = line;
        previousIsFinal = isFinal;
    }

    // ------------------------------------------------------------------------------------------------ headlines

    private void header(Keras.Header header) {
        int number = header.number();
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
        open = new Open(new EpochBuilder(number, true), true);
        open.epoch.learningRate = rate;
        rate = null;
        if (header.total() > 0) run.announced = header.total();
        version.header(number, header.total());
    }

    /// TensorFlow 1.14 begins the bar of a validation with a headline of its own, behind the last training step but one: `9/10 […] - loss:
    /// 0.42Epoch 1/20`.
    private boolean isNested(Open open, Keras.Header header) {
        boolean nearlyDone = open.epoch.target > 1 && open.epoch.done >= open.epoch.target - 1;
        return open.underHeader && !open.full && nearlyDone && header.number() <= open.epoch.number
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

    private void bar(Keras.Line line) {
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
    private @Nullable Open epochFor(Keras.Line line) {
        if (open == null) return withoutHeader(line);
        boolean sameTarget = line.target() == open.epoch.target || line.target() < 0 || open.epoch.target < 0;
        if (open.finished) return afterTheLastState(open, line, sameTarget);
        if (sameTarget) {
            boolean restarts = open.full && !line.full() && line.done() >= 0;
            return restarts && !open.underHeader ? counted() : restarts ? null : open;
        }
        return otherTarget(open, line);
    }

    /// A bar between epochs: of an epoch whose headline is missing, or of an evaluation.
    private @Nullable Open withoutHeader(Keras.Line line) {
        if (run.last() == null || !headers || line.hasValidation()) return counted();
        evaluation(line);
        return null;
    }

    private @Nullable Open afterTheLastState(Open open, Keras.Line line, boolean sameTarget) {
        if (!line.full()) {
            if (open.underHeader || !sameTarget) return null;
            return counted();
        }
        boolean repeated = sameTarget && open.underHeader && sameTraining(open.epoch, line);
        if (repeated) return open;
        boolean hadValidation = open.epoch.has(Role.VALIDATION);
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
    private @Nullable Open otherTarget(Open open, Keras.Line line) {
        if (line.hasValidation()) {
            if (open.full) run.data.validationBatches(open.epoch.target);
            open.epoch.metrics.clear();
            open.epoch.target = line.target();
            open.full = false;
            return open;
        }
        if (open.latest.isEmpty() && open.epoch.done < 0) return open;
        if (!open.underHeader && open.full) return counted();
        if (line.full()) open.other = line.target();
        return null;
    }

    private Open counted() {
        close(OptionalInt.empty(), true);
        var last = run.last();
        var opened = new Open(new EpochBuilder(last == null ? 1 : last.number + 1, false), false);
        open = opened;
        return opened;
    }

    /// Whether a line repeats the training values of a finished epoch, so that it is another state of the same bar.
    private boolean sameTraining(EpochBuilder epoch, Keras.Line line) {
        boolean any = false;
        for (var pair : line.pairs()) {
            var metric = Names.keras(pair.name()).metric(Role.TRAINING);
            if (metric.role() != Role.TRAINING || isRate(pair.name())) continue;
            var known = epoch.metrics.get(metric);
            if (known == null) continue;
            any = true;
            if (Double.compare(known.value(), pair.value().value()) != 0) return false;
        }
        return any;
    }

    /// A bar of its own for validation, behind a line that says so.
    private void validation(Open open, Keras.Line line) {
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

    private void apply(Open open, Keras.Line line) {
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
            if (isRate(pair.name())) {
                if (rateTo != null) rateTo.learningRate = pair.value();
            } else {
                version.name(pair.name());
                values.put(run.metric(pair.name(), Names.keras(pair.name()).metric(Role.TRAINING)), pair.value());
            }
        }
        return values;
    }

    private static boolean isRate(String name) {
        return name.equals("lr") || name.equals("learning_rate");
    }

    // ------------------------------------------------------------------------------------------------ ends

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

    // ------------------------------------------------------------------------------------------------ other lines

    /// A bar that was wrapped at the edge of a terminal or a page: the rest of its values stands on the next line.
    private boolean wrapped(String line) {
        if (previous.isEmpty() || open == null || line.length() > 500) return false;
        if (EventLines.parse(line, OptionalInt.empty()) != null) return false;
        int i = LineCleaning.skipBlanks(line, 0);
        if (i >= line.length()) return false;
        var joined = previous
                + (line.charAt(i) == '-' || Character.isWhitespace(line.charAt(0))
                        ? " "
                        : previous.endsWith(":") ? " " : "")
                + line.substring(i);
        var longer = Keras.parse(joined);
        if (longer == null) {
            remember("", false);
            return false;
        }
        var before = Keras.parse(previous);
        if (before == null || longer.pairs().size() <= before.pairs().size() || !startsLikeValues(line, i))
            return false;
        bar(longer);
        remember(joined, longer.full());
        return true;
    }

    private boolean startsLikeValues(String line, int i) {
        char c = line.charAt(i);
        return c == '-' || Readings.isDigit(c) || previous.endsWith("-") || previous.endsWith(":")
                || previousIsFinal && c == '_'
                || line.indexOf(": ") > 0 && !previous.isEmpty()
                        && !Readings.isDigit(previous.charAt(previous.length() - 1));
    }

    private void other(String line) {
        if (saysValidation(line)) {
            validating = true;
            return;
        }
        if (firstValues(line) || evaluated(line)) return;
        if (bare.take(line, open == null ? run.last() : open.epoch)) return;
        var current = open == null ? run.last() : open.epoch;
        var event = EventLines.parse(line, current == null ? OptionalInt.empty() : OptionalInt.of(current.number));
        if (event != null) {
            run.event(inPlace(event, current));
            return;
        }
        if (data().take(line)) {
            commitData();
            return;
        }
        if (model().take(line)) {
            commitData();
            return;
        }
        if (closingValue(line)) return;
        SaidRate.of(line).ifPresent(said -> rate = said);
        leftovers.add(line);
    }

    /// `Eval begin...`, `Validating:` in front of a bar that is not Keras' own.
    private boolean saysValidation(String line) {
        if (line.length() > 60 || open == null || !open.full) return false;
        int i = LineCleaning.skipBlanks(line, 0);
        int end = i;
        while (end < line.length() && Character.isLetter(line.charAt(end))) end++;
        var role = Names.role(line.substring(i, end));
        return role.filter(found -> found == Role.VALIDATION).isPresent() && line.chars().noneMatch(Character::isDigit);
    }

    private static boolean isInside(String line) {
        if (line.length() > 1_000 || !line.contains(" - val_") || line.indexOf('{') >= 0) return false;
        // `Final: val_loss: 0.61 - val_acc: 0.8` sums a run up.
        int colon = line.indexOf(':');
        if (Readings.end(line, LineCleaning.skipBlanks(line, colon + 1)) < 0) return false;
        var pairs = Keras.pairs(line, 0);
        return pairs.size() >= 2 && pairs.stream().anyMatch(pair -> pair.name().startsWith("val_"));
    }

    /// Keras 1 and 2.0 number the epochs of messages from 0, those of headlines from 1.
    private static Event inPlace(Event event, @Nullable EpochBuilder current) {
        boolean fromZero = current != null && current.isNumbered() && event.epoch().isPresent()
                && event.epoch().getAsInt() == current.number - 1;
        return fromZero && current != null ? Events.numbered(event, current.number) : event;
    }

    /// The text begins inside a line: ` - acc: 0.61 - val_loss: 0.22 - val_acc: 0.95`.
    private boolean firstValues(String line) {
        if (open != null || !run.isEmpty() || !runs.isEmpty() || !isInside(line)) return false;
        var pairs = Keras.pairs(line, 0);
        var opened = counted();
        opened.latest = pairs;
        opened.full = true;
        opened.finished = true;
        opened.epoch.metrics.putAll(values(pairs, opened.epoch));
        return true;
    }

    /// Lines about data behind the last epoch of a run speak of the next run.
    private RunBuilder target() {
        boolean after = open == null ? !run.epochs.isEmpty() : open.finished;
        if (!after) return run;
        if (candidate == null) candidate = new RunBuilder();
        return next == null ? candidate : next;
    }

    private @Nullable RunBuilder candidate;

    private DataLines data() {
        return target().data;
    }

    private SummaryTables model() {
        return target().model;
    }

    private void commitData() {
        if (next == null && candidate != null && target() == candidate) {
            next = candidate;
            candidate = null;
        }
    }

    /// `Test loss: 0.0291`, `Test accuracy: 0.9912` behind a run.
    private boolean closingValue(String line) {
        if (run.last() == null && open == null || line.length() > 160 || !mentionsMetric(line)) return false;
        var pairs = FinalValues.pairs(line);
        if (pairs.isEmpty()) return false;
        pairs.forEach(run.closing::put);
        return true;
    }

    /// `[10.745396614074707, 0.3333333432674408]`, what `evaluate` returns: the metrics of training in their order.
    private boolean evaluated(String line) {
        if (!line.startsWith("[")) return false;
        var values = EVALUATED.matcher(line);
        var last = run.last();
        if (last == null || !values.matches()) return false;
        var trained = last.metrics.keySet().stream().filter(metric -> metric.role() == Role.TRAINING).toList();
        if (!trained.equals(List.of(Metric.LOSS, Metric.ACCURACY))) return false;
        run.closing.put(new Metric(Role.TEST, Metric.LOSS.name()), Readings.of(values.group(1)));
        run.closing.put(new Metric(Role.TEST, Metric.ACCURACY.name()), Readings.of(values.group(2)));
        return true;
    }

    private static boolean mentionsMetric(String line) {
        return line.contains("oss") || line.contains("OSS") || line.contains("cc") || line.contains("CC")
                || line.contains("rror");
    }

    // ------------------------------------------------------------------------------------------------ result

    /// Whether the text has epochs of Keras.
    boolean hasEpochs() {
        finish();
        return runs.stream().anyMatch(found -> found.epochs.stream().anyMatch(epoch -> !epoch.metrics.isEmpty()));
    }

    private boolean finished;

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
        runs.forEach(KerasText::renumber);
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

    Framework framework() {
        return version.format().framework();
    }
}
