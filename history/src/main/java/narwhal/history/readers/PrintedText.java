package narwhal.history.readers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Puts together what somebody's own loop printed: lines that name an epoch, lines that name a batch, lines that name neither and
/// belong to what came before.
final class PrintedText {
    private static final Set<String> STEP_WORDS = Set.of("batch", "step", "iter", "iteration", "it", "minibatch",
            "mini-batch", "batches",
            "steps", "iters", "batch_idx", "global_step", "iterations", "batch_id", "itr", "global_iter", "num_updates",
            "i", "update");
    private static final Set<String> DONE_WORDS = Set.of("done", "finished", "complete", "completed", "end", "took",
            "finish", "ended", "over");

    private final List<RunBuilder> runs = new ArrayList<>();
    private final LeftoverLines leftovers;
    private RunBuilder run = new RunBuilder();
    private @Nullable EpochBuilder open;
    private Optional<Role> section = Optional.empty();
    private int barsInEpoch;
    private long lastBarDone;
    private long lastBarTotal = -1;
    private boolean torch;
    private boolean finished;
    private long metricLines;
    private long stepLines;

    PrintedText(LeftoverLines leftovers) {
        this.leftovers = leftovers;
    }

    /// What a line says about its place.
    ///
    /// @param epoch -1 if it names none
    /// @param total -1 if it names none
    /// @param fractional whether the epoch is not a whole number
    /// @param step the step or batch it names, -1 if none
    /// @param steps -1 if it names none
    private record Place(int epoch, int total, boolean fractional, long step, long steps, boolean samples) {
        boolean hasEpoch() {
            return epoch >= 0;
        }

        boolean hasStep() {
            return step >= 0 || fractional;
        }
    }

    /// Takes the next clean line in.
    void take(String line) {
        if (line.length() > 5_000) {
            leftovers.add(line.substring(0, 200));
            return;
        }
        if (!hasDigit(line)) {
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
        var pairs = PrintedPairs.of(bar == null ? line : bar.text());
        var place = place(line, pairs, bar);
        var named = named(pairs);
        if (place.hasEpoch()) epoch(place, line, named.isEmpty());
        asides(pairs, place);
        var values = named.isEmpty()
                ? new LinkedHashMap<Metric, Reading>()
                : PrintedRoles.assign(named, lineRole(line).or(() -> section), run);
        if (values.isEmpty()) {
            if (place.hasStep() || bar != null) progress(place, bar);
            else if (!place.hasEpoch()) plain(line);
            return;
        }
        metricLines++;
        if (bar != null) bar(bar, values);
        else if (place.hasStep() && !closesTheEpoch(place, values)) step(place, values);
        else
            level(values, pairs, place);
    }

    /// The last step's line of some libraries (`iter: 5000/5000`) carries the validation of the whole epoch.
    private static boolean closesTheEpoch(Place place, LinkedHashMap<Metric, Reading> values) {
        if (place.steps() <= 0 || place.step() != place.steps()) return false;
        boolean training = values.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        return training && values.keySet().stream().anyMatch(metric -> metric.role() == Role.VALIDATION);
    }

    private static boolean hasDigit(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Readings.isDigit(line.charAt(i))) return true;
        }
        return line.toLowerCase(Locale.ROOT).contains("nan");
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
            var role = leadingRole(trimmed);
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

    private static Optional<Role> leadingRole(String text) {
        int i = 0;
        while (i < text.length() && !Character.isLetter(text.charAt(i))) i++;
        int end = i;
        while (end < text.length() && Character.isLetter(text.charAt(end))) end++;
        boolean word = end > i
                && (end == text.length() || text.charAt(end) != '_' && !Readings.isDigit(text.charAt(end)));
        return word ? Names.role(text.substring(i, end)) : Optional.empty();
    }

    private void plain(String line) {
        torch |= line.contains("torch");
        if (!run.data.take(line) && !run.model.take(line)) leftovers.add(line);
    }

    // ------------------------------------------------------------------------------------------------ places

    private Place place(String line, List<PrintedPairs.Pair> pairs, ProgressBars.@Nullable Bar bar) {
        int epoch = -1;
        int total = -1;
        long step = -1;
        long steps = -1;
        boolean fractional = false;
        boolean samples = false;
        for (int k = 0; k < pairs.size(); k++) {
            var pair = pairs.get(k);
            var word = pair.lastWord();
            if (epoch < 0 && isEpochName(pair.name(), word)) {
                double value = Readings.value(pair.text());
                if (!(value >= 0 && value < 1e8)) continue;
                epoch = (int) Math.ceil(value);
                fractional = value != epoch;
                if (!fractional && pair.text().indexOf('.') >= 0 && pair.text().indexOf('e') < 0) fractional = false;
                total = pair.of() > 0 && pair.of() < 1e8 ? (int) pair.of() : ofTotal(pairs, k);
            } else if (step < 0 && isStepName(pair, word)) {
                step = Math.max(0, pair.whole());
                steps = pair.of();
            } else if (step < 0 && pair.name().isEmpty() && pair.bracket() && pair.of() > 0 && pair.whole() >= 0
                    && epoch >= 0) {
                step = pair.whole();
                steps = pair.of();
                samples = line.contains("%)]");
            } else if (step < 0 && pair.of() > 0 && k + 1 < pairs.size() + 1 && followedByBatches(line, pair)) {
                step = pair.whole();
                steps = pair.of();
            } else if (step < 0 && pair.bracket() && pair.of() > 0 && Names.role(pair.name()).isPresent()
                    && pair.whole() >= 0) {
                step = pair.whole();
                steps = pair.of();
            }
        }
        if (epoch < 0 && !pairs.isEmpty()) {
            var leading = leading(line, pairs);
            if (leading != null) return leading;
        }
        if (bar != null && step < 0) {
            step = bar.done();
            steps = bar.total();
        }
        return new Place(epoch, total, fractional, step, steps, samples);
    }

    /// `Epoch`, `Train Epoch`, `end of epoch`, but also `Epoch(val)`.
    private static boolean isEpochName(String name, String word) {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("best") || lower.contains("per ")) return false;
        if (PrintedPairs.isEpochWord(word)) return true;
        if (!lower.startsWith("epoch ")) return word.equals("round") && name.length() < 12;
        return Names.role(word).isPresent() && lower.length() < 20;
    }

    private static boolean isStepName(PrintedPairs.Pair pair, String word) {
        if (!STEP_WORDS.contains(word) || pair.whole() < 0) return false;
        if (word.equals("i") || word.equals("it")) return pair.named() || pair.of() > 0;
        return !pair.name().toLowerCase(Locale.ROOT).contains("per ")
                && !pair.name().toLowerCase(Locale.ROOT).contains("time");
    }

    private static boolean followedByBatches(String line, PrintedPairs.Pair pair) {
        if (!pair.name().isEmpty()) return false;
        int at = line.indexOf("batches");
        if (at < 0) at = line.indexOf("steps");
        if (at < 0) at = line.indexOf("iters");
        if (at < 0) return false;
        int k = at;
        while (k > 0 && line.charAt(k - 1) == ' ') k--;
        return line.startsWith(Long.toString(pair.of()), k - Long.toString(pair.of()).length());
    }

    /// `Epoch 3 of 10`.
    private static int ofTotal(List<PrintedPairs.Pair> pairs, int k) {
        if (k + 1 >= pairs.size()) return -1;
        var next = pairs.get(k + 1);
        boolean of = next.name().equalsIgnoreCase("of") || next.name().equalsIgnoreCase("out of");
        return of && next.whole() > 0 && next.whole() < 1e8 ? (int) next.whole() : -1;
    }

    /// `[1/10] loss: …`, `[1,  2000] loss: …`, `[0/25][0/1583] loss`, `3: loss …`, `3/10 | loss …` name an epoch without the word.
    private @Nullable Place leading(String line, List<PrintedPairs.Pair> pairs) {
        var first = pairs.getFirst();
        if (!first.name().isEmpty() || first.whole() < 0 || first.whole() >= 1e8 || !first.unit().isEmpty()
                || first.percent())
            return null;
        int at = LineCleaning.skipBlanks(line, 0);
        boolean bracket = at < line.length() && (line.charAt(at) == '[' || line.charAt(at) == '(');
        if (!bracket && (at >= line.length() || !Readings.isDigit(line.charAt(at)))) return null;
        int epoch = (int) first.whole();
        var second = pairs.size() > 1 ? pairs.get(1) : null;
        boolean secondIsStep = second != null && second.name().isEmpty() && second.whole() >= 0
                && (second.bracket() || bracket);
        if (bracket && secondIsStep && second != null) {
            return new Place(epoch, (int) Math.min(first.of(), 100_000_000), false, second.whole(), second.of(), false);
        }
        if (first.of() > 0) return new Place(epoch, (int) Math.min(first.of(), 100_000_000), false, -1, -1, false);
        int end = at;
        while (end < line.length()
                && (Readings.isDigit(line.charAt(end)) || line.charAt(end) == '[' || line.charAt(end) == '('))
            end++;
        if (end >= line.length() || ":|,)]\t".indexOf(line.charAt(end)) < 0) return null;
        return new Place(epoch, -1, false, -1, -1, false);
    }

    /// Moves to the epoch that a line names.
    private void epoch(Place place, String line, boolean noValues) {
        int number = place.epoch();
        if (noValues && !place.hasStep() && open != null && !open.numbered && saysDone(line)) {
            open.number = number;
            close();
            return;
        }
        if (place.total() > 0) run.announced = place.total();
        if (open != null && open.numbered && open.number == number) {
            section = lineRole(line).or(() -> noValues && !place.hasStep() ? Optional.empty() : section);
            return;
        }
        var last = run.last();
        boolean again = open != null && open.numbered && number < open.number
                || open == null && last != null && last.numbered && number <= last.number;
        if (again && open == null && last != null && last.number == number) {
            reopen(last);
            return;
        }
        boolean known = again && !place.hasStep() && lateLine(number);
        if (known) return;
        close();
        if (again) startRun(place.total());
        open = new EpochBuilder(number, true);
        section = lineRole(line);
        barsInEpoch = 0;
        lastBarTotal = -1;
        lastBarDone = 0;
    }

    private static Optional<Role> lineRole(String line) {
        if (line.length() >= 2_000) return Optional.empty();
        var trimmed = line.trim();
        // ` * Acc@1 70.1 Acc@5 89.5` is how PyTorch's examples close a pass over the validation set.
        if (trimmed.startsWith("* ") && trimmed.contains("@1")) return Optional.of(Role.TEST);
        return leadingRole(trimmed);
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

    private static boolean saysDone(String line) {
        for (var word : line.toLowerCase(Locale.ROOT).split("[^a-z]+", 30)) {
            if (DONE_WORDS.contains(word)) return true;
        }
        return false;
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
        if (!open.metrics.isEmpty() || open.stepsSeen() > 0 || open.hasBarValues()) {
            open.complete = true;
            run.epochs.add(open);
        }
        open = null;
    }

    // ------------------------------------------------------------------------------------------------ values

    /// The numbers with the name of a metric; empty if none of them is one that people print.
    private static List<PrintedRoles.Named> named(List<PrintedPairs.Pair> pairs) {
        var named = new ArrayList<PrintedRoles.Named>();
        for (int k = 0; k < pairs.size(); k++) {
            var pair = pairs.get(k);
            var joined = countedSet(pairs, k);
            if (joined != null) {
                named.add(joined);
                k++;
                continue;
            }
            if (isRate(pair) || isAside(pair)) continue;
            var parsed = Names.free(pair.name());
            boolean roleOnly = parsed.name().isEmpty() && parsed.role().isPresent();
            if (roleOnly && (pair.percent() || pair.hits() >= 0) && !pair.bracket()) {
                named.add(new PrintedRoles.Named(pair, new Names.Parsed(parsed.role(), "accuracy", true)));
            } else if (parsed.known() && isMeasured(pair)
                    || pair.named() && isIdentifier(pair.name()) && !parsed.name().isEmpty()) {
                named.add(new PrintedRoles.Named(pair, parsed));
            }
        }
        boolean any = named.stream().anyMatch(value -> value.parsed().known());
        return any ? named : List.of();
    }

    /// A whole number that only stands beside a name (`loss 3 times`) is no value of it.
    private static boolean isMeasured(PrintedPairs.Pair pair) {
        return pair.named() || pair.percent() || pair.of() > 0 || pair.hits() >= 0 || pair.whole() < 0;
    }

    /// Learning rate and time.
    private void asides(List<PrintedPairs.Pair> pairs, Place place) {
        for (var pair : pairs) {
            if (isRate(pair)) {
                rate = pair.reading();
                if (!place.hasStep() && open != null && place.hasEpoch()) open.learningRate = rate;
            } else if (isAside(pair)) {
                time(pair, place);
            }
        }
    }

    private @Nullable Reading rate;

    /// `Accuracy of the network on the 10000 test images: 55 %`.
    private static PrintedRoles.@Nullable Named countedSet(List<PrintedPairs.Pair> pairs, int k) {
        if (k + 1 >= pairs.size()) return null;
        var pair = pairs.get(k);
        var next = pairs.get(k + 1);
        var lower = next.name().toLowerCase(Locale.ROOT);
        boolean set = lower.contains("images") || lower.contains("samples") || lower.contains("examples")
                || lower.contains("sentences");
        if (!set || pair.whole() < 2 || pair.named() || pair.of() >= 0) return null;
        var parsed = Names.free(pair.name() + " " + next.name());
        return parsed.known() ? new PrintedRoles.Named(next, parsed) : null;
    }

    private static boolean isRate(PrintedPairs.Pair pair) {
        return RATE.of(pair.name());
    }

    private static final Memo<Boolean> RATE = new Memo<>(original -> {
        var name = original.toLowerCase(Locale.ROOT);
        return name.equals("lr") || name.endsWith("learning rate") || name.endsWith("learning_rate")
                || name.endsWith(" lr") || name.endsWith("_lr") || name.startsWith("lr_") || name.endsWith("lrs")
                || name.equals("learning-rate");
    });

    /// Whether a pair is about time, size or place, or about another epoch (`best so far`).
    private static boolean isAside(PrintedPairs.Pair pair) {
        if (pair.name().isEmpty() || ASIDE.of(pair.name())) return true;
        return !pair.unit().isEmpty() && !pair.unit().equals("e") && !pair.unit().startsWith("/");
    }

    private static final Memo<Boolean> ASIDE = new Memo<>(name -> {
        var lower = name.toLowerCase(Locale.ROOT);
        if (lower.contains("best") || lower.contains("so far") || lower.startsWith("min ") || lower.startsWith("max ")
                || lower.contains("previous") || lower.contains("delta") || lower.contains("target")
                || lower.contains("class ") || lower.contains("runtime"))
            return true;
        return Names.isBookkeeping(lower.substring(lower.lastIndexOf(' ') + 1))
                || Names.isBookkeeping(lower) && !Names.free(name).known();
    });

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

    private static boolean isIdentifier(String name) {
        return name.indexOf(' ') < 0 && name.length() <= 40 && !Names.isBookkeeping(name);
    }

    private EpochBuilder opened() {
        if (open == null) {
            var last = run.last();
            open = new EpochBuilder(last == null ? 1 : last.number + 1, false);
        }
        return open;
    }

    private void step(Place place, LinkedHashMap<Metric, Reading> values) {
        stepLines++;
        var epoch = opened();
        if (lastStepRole(values).filter(role -> role != Role.TRAINING).isPresent()) section = lastStepRole(values);
        boolean training = values.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        if (training) {
            if (place.steps() > 0) epoch.target = place.steps();
            if (place.step() >= 0) epoch.done = Math.max(epoch.done, place.step());
            epoch.unit = place.samples() ? Unit.SAMPLES : Unit.BATCHES;
        }
        epoch.step(place.step() >= 0 ? place.step() : epoch.stepsSeen() + 1, values);
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
    private void bar(ProgressBars.Bar bar, LinkedHashMap<Metric, Reading> values) {
        var epoch = opened();
        countBar(bar);
        boolean roles = values.keySet().stream().anyMatch(metric -> metric.role() != Role.TRAINING);
        var role = roles || barsInEpoch < 2 ? null : Role.VALIDATION;
        var placed = new LinkedHashMap<Metric, Reading>();
        values.forEach((metric, reading) -> placed.put(role == null ? metric : metric.on(role), reading));
        if (bar.full()) epoch.barValues().putAll(placed);
        else
            epoch.step(bar.done(), placed);
    }

    private void countBar(ProgressBars.Bar bar) {
        boolean another = bar.total() != lastBarTotal || bar.done() < lastBarDone;
        if (another && (barsInEpoch == 0 || lastBarDone >= lastBarTotal || bar.total() != lastBarTotal)) barsInEpoch++;
        lastBarTotal = bar.total();
        lastBarDone = bar.done();
        var epoch = open;
        if (barsInEpoch == 1 && epoch != null) {
            epoch.target = bar.total();
            epoch.done = Math.max(epoch.done, bar.done());
            epoch.unit = Unit.BATCHES;
        }
    }

    /// A line about a whole epoch.
    private void level(LinkedHashMap<Metric, Reading> values, List<PrintedPairs.Pair> pairs, Place place) {
        var epoch = opened();
        boolean repeats = !epoch.numbered && values.keySet().stream().anyMatch(epoch.metrics::containsKey);
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
            found.finalOnly = isSummary(found);
            PrintedSeries.tidy(found);
        });
    }

    /// Closing values without any epoch.
    private static boolean isSummary(RunBuilder found) {
        if (found.epochs.size() != 1) return false;
        var only = found.epochs.getFirst();
        return !only.numbered && only.complete && only.stepsSeen() == 0 && !only.metrics.isEmpty();
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
                "printed by hand");
    }
}
