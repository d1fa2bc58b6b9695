package narwhal.history.readers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Reads histories kept as lists: `{"loss": [...], "val_loss": [...]}` as JSON or as Python prints it, a list with an object for each
/// epoch, lists given to names (`val_acc = [0.81, …]`). They may stand anywhere in a text.
final class HistoryLists {
    private static final int MOST_EPOCHS = 10_000_000;

    private final String text;
    private final List<RunBuilder> runs = new ArrayList<>();
    private final LinkedHashMap<String, List<Literals.Value>> loose = new LinkedHashMap<>();
    /// What may still be spent on attempts that lead nowhere, so that a hostile text costs a few passes and no more.
    private long budget;

    HistoryLists(String text) {
        this.text = text;
        this.budget = 4L * text.length() + 1_000;
    }

    /// Looks through the whole text.
    List<RunBuilder> find() {
        int i = 0;
        while (i < text.length() && budget > 0) {
            char c = text.charAt(i);
            if ((c == '{' || c == '[') && mayBegin(i)) {
                var read = Literals.at(text, i);
                budget -= read.end() - i;
                if (take(read.value(), nameBefore(i), 0)) {
                    i = Math.max(i + 1, read.end());
                    continue;
                }
            }
            i++;
        }
        looseLists();
        runs.forEach(run -> {
            PrintedSeries.tidy(run);
            PrintedSeries.allDigitsOfFile(run);
            dropCutEnd(run);
        });
        return runs;
    }

    /// A list or dictionary that could hold a history begins with a quote, a number or another list.
    private boolean mayBegin(int at) {
        int i = at + 1;
        while (i < text.length() && text.charAt(i) <= ' ') i++;
        if (i >= text.length()) return false;
        char c = text.charAt(i);
        if (text.charAt(at) == '{') return c == '"' || c == '\'';
        return c == '{' || (Readings.end(text, i) > 0 || c == 't' || c == 'n' || c == 'a') && !nameBefore(at).isEmpty();
    }

    /// The name in `name = [` or `"name": [`.
    private String nameBefore(int at) {
        int i = at;
        while (i > 0 && text.charAt(i - 1) <= ' ' && text.charAt(i - 1) != '\n') i--;
        if (i == 0 || text.charAt(i - 1) != '=' && text.charAt(i - 1) != ':') return "";
        i--;
        while (i > 0 && text.charAt(i - 1) == ' ') i--;
        int end = i;
        while (i > 0 && end - i < 60 && text.charAt(i - 1) != '\n'
                && (Character.isLetterOrDigit(text.charAt(i - 1)) || "_-/.' \"".indexOf(text.charAt(i - 1)) >= 0)) {
            i--;
        }
        return text.substring(i, end).replace("\"", "").replace("'", "").trim();
    }

    private boolean take(Literals.Value value, String name, int depth) {
        return switch (value) {
            case Literals.Entries entries -> takeEntries(entries.values(), depth);
            case Literals.Items items -> takeItems(items.values(), name, depth);
            default -> false;
        };
    }

    private boolean takeEntries(Map<String, Literals.Value> values, int depth) {
        var lists = new LinkedHashMap<String, List<Literals.Value>>();
        values.forEach((key, value) -> {
            if (value instanceof Literals.Items items && isNumbers(items.values())) lists.put(key, items.values());
            else if (value instanceof Literals.Entries entries && isIndexed(entries.values()))
                lists.put(key, List.copyOf(entries.values().values()));
        });
        boolean known = lists.keySet().stream().anyMatch(key -> Names.free(key).known());
        if (known) {
            addLists(lists);
            return true;
        }
        if (depth > 3) return false;
        boolean any = false;
        for (var entry : values.entrySet()) any |= take(entry.getValue(), entry.getKey(), depth + 1);
        return any;
    }

    /// `{"0": 0.69, "1": 0.54}` as pandas writes a column.
    private static boolean isIndexed(Map<String, Literals.Value> values) {
        int expected = 0;
        for (var key : values.keySet()) {
            if (!key.equals(Integer.toString(expected++))) return false;
        }
        return expected > 0 && isNumbers(List.copyOf(values.values()));
    }

    private static boolean isNumbers(List<Literals.Value> values) {
        if (values.isEmpty() || values.size() > MOST_EPOCHS) return false;
        boolean number = false;
        for (var value : values) {
            if (value instanceof Literals.Num) number = true;
            else if (!(value instanceof Literals.Nothing))
                return value instanceof Literals.Str text && isNumber(text.text());
        }
        return number;
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && Readings.end(text, 0) == text.length();
    }

    private boolean takeItems(List<Literals.Value> values, String name, int depth) {
        if (values.isEmpty()) return false;
        if (values.getFirst() instanceof Literals.Entries) return takeObjects(values);
        if (isNumbers(values) && values.size() >= 3 && Names.free(name).known() && depth == 0) {
            loose.putIfAbsent(name, values);
            return true;
        }
        return false;
    }

    // ------------------------------------------------------------------------------------------------ lists

    private void addLists(Map<String, List<Literals.Value>> lists) {
        int length = lists.values().stream().mapToInt(List::size).max().orElse(0);
        var run = new RunBuilder();
        for (int e = 0; e < length; e++) {
            var epoch = new EpochBuilder(e + 1, false);
            epoch.complete = true;
            run.epochs.add(epoch);
        }
        boolean explicit = lists.keySet().stream()
                .anyMatch(key -> Names.free(key).role().filter(Role.TRAINING::equals).isPresent());
        lists.forEach((key, values) -> {
            var lower = key.toLowerCase(Locale.ROOT);
            var parsed = explicit || key.indexOf(' ') >= 0 ? Names.free(key) : kerasOrFree(key);
            boolean rate = lower.equals("lr") || lower.equals("learning_rate");
            if (!rate && (parsed.name().isEmpty() || !parsed.known() && Names.isBookkeeping(lower))) return;
            var metric = rate ? null : run.metric(key, parsed.metric(Role.TRAINING));
            int step = period(values.size(), length);
            for (int k = 0; k < values.size(); k++) {
                int e = step == 0 ? k : (k + 1) * step - 1;
                var reading = reading(values.get(k));
                if (reading == null || e >= length) continue;
                if (metric == null) run.epochs.get(e).learningRate = reading;
                else
                    run.epochs.get(e).metrics.put(metric, reading);
            }
        });
        run.epochs.removeIf(epoch -> epoch.metrics.isEmpty());
        if (!run.epochs.isEmpty()) runs.add(run);
    }

    private static Names.Parsed kerasOrFree(String key) {
        var free = Names.free(key);
        return free.role().isPresent() || free.name().equals("loss") || free.name().equals("accuracy")
                ? free
                : Names.keras(key);
    }

    /// Validation lists of a run with `validation_freq` 2 are half as long.
    private static int period(int size, int length) {
        return size < length && size > 0 && length / size >= 2 && length / (length / size) == size ? length / size : 0;
    }

    private static @Nullable Reading reading(Literals.Value value) {
        if (value instanceof Literals.Num number) return Readings.of(number.text());
        return value instanceof Literals.Str string && isNumber(string.text()) ? Readings.of(string.text()) : null;
    }

    private void looseLists() {
        if (loose.isEmpty()) return;
        var bySize = new LinkedHashMap<Integer, LinkedHashMap<String, List<Literals.Value>>>();
        loose.forEach((name, values) -> bySize.computeIfAbsent(values.size(), size -> new LinkedHashMap<>()).put(name,
                values));
        bySize.values().forEach(this::addLists);
    }

    /// The text ended inside the lists: the last of them are shorter than the first.
    private static void dropCutEnd(RunBuilder run) {
        if (run.epochs.size() < 2) return;
        var first = run.epochs.getFirst().metrics.keySet();
        var last = run.epochs.getLast();
        if (last.metrics.size() < first.size() && first.stream().anyMatch(metric -> !last.metrics.containsKey(metric))
                && first.stream()
                        .noneMatch(metric -> metric.role() == Role.VALIDATION && last.metrics.containsKey(metric))
                && first.stream().anyMatch(metric -> metric.role() == Role.VALIDATION)) {
            last.complete = false;
        }
    }

    // ------------------------------------------------------------------------------------------------ objects

    private boolean takeObjects(List<Literals.Value> values) {
        var run = new RunBuilder();
        boolean known = false;
        for (var value : values) {
            if (!(value instanceof Literals.Entries entries)) continue;
            known |= object(run, entries.values());
        }
        run.epochs.removeIf(epoch -> epoch.metrics.isEmpty());
        if (!known || run.epochs.isEmpty()) return false;
        runs.add(run);
        return true;
    }

    private static boolean object(RunBuilder run, Map<String, Literals.Value> values) {
        double number = values.get("epoch") instanceof Literals.Num num ? Readings.value(num.text()) : Double.NaN;
        var last = run.last();
        boolean numbered = number >= 0 && number < 1e8;
        int epoch = numbered ? (int) Math.ceil(number) : last == null ? 1 : last.number + 1;
        var metrics = new LinkedHashMap<Metric, Reading>();
        Reading rate = null;
        OptionalDouble seconds = OptionalDouble.empty();
        boolean known = false;
        for (var entry : values.entrySet()) {
            var key = entry.getKey();
            var reading = reading(entry.getValue());
            if (reading == null || key.equals("epoch") || key.equals("step")) continue;
            var lower = key.toLowerCase(Locale.ROOT);
            if (lower.equals("lr") || lower.equals("learning_rate")) {
                rate = reading;
            } else if (lower.equals("seconds") || lower.equals("time")) {
                seconds = OptionalDouble.of(reading.value());
            } else {
                var parsed = kerasOrFree(key);
                boolean isKnown = Names.isKnown(parsed.name()) && !Names.isBookkeeping(lower);
                known |= isKnown;
                if (isKnown
                        || !Names.isBookkeeping(lower) && !lower.contains("runtime") && !lower.contains("per_second")) {
                    metrics.put(run.metric(key, parsed.metric(Role.TRAINING)), reading);
                }
            }
        }
        if (last != null && last.number == epoch && numbered) {
            last.metrics.putAll(metrics);
            return known;
        }
        var built = new EpochBuilder(epoch, numbered);
        built.complete = true;
        built.metrics.putAll(metrics);
        built.learningRate = rate;
        built.seconds = seconds;
        run.epochs.add(built);
        return known;
    }

    LogFormat format() {
        return new LogFormat(Kind.HISTORY, Framework.UNKNOWN, "history");
    }
}
