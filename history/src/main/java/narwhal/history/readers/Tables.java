package narwhal.history.readers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Reads tables with a headline of names and a row for each epoch: CSV files with any separator, tables of notebooks and libraries
/// with columns set apart by blanks or bars.
final class Tables {
    private static final int MOST_COLUMNS = 1_000;
    private static final Set<String> SMALL_WORDS = Set.of("on", "of", "the", "for", "is", "in", "at", "to", "and",
            "with");

    private final List<RunBuilder> runs = new ArrayList<>();
    private RunBuilder run = new RunBuilder();
    private @Nullable Heading heading;
    private String headline = "";
    /// The cells of the lines before that may begin a headline of several lines.
    private List<String> above = List.of();
    /// Metrics of a table with steps that have several values in an epoch: those of single batches, as Lightning writes them.
    private final Set<Metric> stepwise = new HashSet<>();
    private long rows;
    private boolean csv;
    private boolean finished;

    /// A headline.
    ///
    /// @param separator between the cells, a blank for columns set apart by blanks
    /// @param shift 1 if rows have an index in front that the headline does not name
    private record Heading(char separator, List<Column> columns, int shift) {}

    private enum What {
        EPOCH,
        STEP,
        RATE,
        SECONDS,
        ROLE,
        METRIC,
        NOTHING
    }

    private record Column(What what, String name, Metric metric) {}

    /// Takes the next clean line in.
    ///
    /// @return whether it belongs to a table
    boolean take(String line) {
        if (line.length() > 50_000) return false;
        return takePlain(plain(line));
    }

    /// Rules of boxes as ASCII bars, without the brackets of tuples.
    private static String plain(String line) {
        if (line.startsWith("(") && line.endsWith(")")) return line.substring(1, line.length() - 1);
        if (line.startsWith("***") && line.indexOf(',') > 0) return line.replace("*", " ").strip();
        // pandas breaks wide tables.
        int end = line.lastIndexOf('\\');
        if (end > 0 && line.substring(end + 1).isBlank()) return line.substring(0, end).stripTrailing();
        return line.indexOf('\u2502') < 0 && line.indexOf('\u2503') < 0
                ? line
                : line.replace('\u2502', '|').replace('\u2503', '|').strip();
    }

    private boolean takePlain(String line) {
        if (heading != null) {
            if (row(line, heading)) return true;
            if (isRule(line)) return true;
        }
        var found = heading(line);
        if (found == null && heading == null) found = lower(line);
        if (found == null) {
            if (heading != null && rows > 0 && line.trim().length() > 0 && !startsWithNumber(line)) heading = null;
            return false;
        }
        boolean same = line.trim().equals(headline);
        if (heading != null && rows > 0 && !same) startRun();
        heading = found;
        headline = line.trim();
        return true;
    }

    /// A headline of several lines, whose cells go on below each other: `| Mini-batch |` over `| Accuracy |`.
    private @Nullable Heading lower(String line) {
        if (line.indexOf('|') < 0 || line.chars().anyMatch(Character::isDigit)) {
            if (!isRule(line)) above = List.of();
            return null;
        }
        if (isRule(line)) return null;
        var cells = cells(line.replaceAll("\\([^()]*\\)", ""), '|');
        if (cells.size() == above.size()) {
            var joined = new ArrayList<String>();
            for (int k = 0; k < cells.size(); k++) joined.add((above.get(k).trim() + " " + cells.get(k).trim()).trim());
            above = joined;
            var found = heading(String.join("|", joined));
            if (found != null && found.columns().size() == cells.size()) return found;
        } else {
            above = cells;
        }
        return null;
    }

    private static boolean startsWithNumber(String line) {
        int i = LineCleaning.skipBlanks(line, 0);
        return i < line.length()
                && (Readings.isDigit(line.charAt(i)) || line.charAt(i) == '|' || line.charAt(i) == '[');
    }

    private static boolean isRule(String line) {
        for (int i = 0; i < line.length(); i++) {
            if (Character.isLetterOrDigit(line.charAt(i))) return false;
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------ headlines

    private static @Nullable Heading heading(String line) {
        if (!mayBeHeading(line)) return null;
        for (char separator : new char[]{'\t', ',', ';', '|', ' '}) {
            if (separator != ' ' && line.indexOf(separator) < 0) continue;
            var cells = cells(line, separator);
            if (cells.size() < 2 || cells.size() > MOST_COLUMNS) continue;
            var columns = columns(cells);
            if (columns != null) return new Heading(separator, columns, 0);
        }
        return null;
    }

    private static boolean mayBeHeading(String line) {
        for (int i = 0; i + 1 < line.length(); i++) {
            // A decimal number never stands in a headline, unless it belongs to a name: `mAP_0.5`, `AP@0.5:0.95`.
            if (line.charAt(i) == '.' && Readings.isDigit(line.charAt(i + 1)) && !isInName(line, i)) return false;
        }
        var lower = line.toLowerCase(Locale.ROOT);
        if (!lower.contains("loss") && !lower.contains("acc") && !lower.contains("error") && !lower.contains("mse")
                && !lower.contains("cost") && !lower.contains("metrics/")
                && !lower.contains("mae"))
            return false;
        boolean file = lower.startsWith("epoch,") || lower.contains(",epoch,") || lower.endsWith(",epoch");
        return lower.indexOf('=') < 0
                && (lower.indexOf('(') < 0 || file || lower.indexOf("metrics/") >= 0 || lower.indexOf("(%)") >= 0);
    }

    private static boolean isInName(String line, int point) {
        int i = point;
        while (i > 0 && Readings.isDigit(line.charAt(i - 1))) i--;
        return i > 0 && i < point && "_@:-".indexOf(line.charAt(i - 1)) >= 0;
    }

    /// The columns that the cells name, or null if this is no headline.
    private static @Nullable List<Column> columns(List<String> cells) {
        var columns = new ArrayList<Column>();
        boolean known = false;
        boolean placed = false;
        if (!cells.stream().allMatch(Tables::mayBeName)) return null;
        for (var cell : cells) {
            var name = cell.trim();
            if (name.length() > 60 || !name.isEmpty() && Readings.end(name, 0) == name.length())
                return null;
            var column = column(name);
            known |= column.what() == What.METRIC && Names.isKnown(column.metric().name());
            placed |= column.what() == What.EPOCH;
            columns.add(column);
        }
        long metrics = columns.stream().filter(column -> column.what() == What.METRIC).count();
        if (!known || !placed && metrics < 2) return null;
        long nothing = columns.stream().filter(column -> column.what() == What.NOTHING && !column.name().isEmpty())
                .count();
        if (!placed && nothing > metrics) return null;
        return bareNamesAreValidation(columns);
    }

    /// A name has a few words at most, no full stop and no colon but that of a range.
    private static boolean mayBeName(String cell) {
        int blanks = 0;
        for (int i = 0; i < cell.length(); i++) {
            if (cell.charAt(i) == ' ') blanks++;
        }
        // `Checking accuracy on validation set` is no row of names.
        if (SMALL_WORDS.contains(cell)) return false;
        int colon = cell.indexOf(':');
        boolean range = colon > 0 && colon + 1 < cell.length() && Readings.isDigit(cell.charAt(colon - 1))
                && Readings.isDigit(cell.charAt(colon + 1)) && !Readings.isDigit(cell.charAt(0));
        boolean sentence = cell.endsWith(".") && !cell.toLowerCase(Locale.ROOT).endsWith("acc.");
        return cell.length() <= 60 && blanks <= 4 && !sentence && (colon < 0 || range);
    }

    private static Column column(String name) {
        var lower = name.toLowerCase(Locale.ROOT);
        var metric = new Metric(Role.TRAINING, lower);
        var last = lower.substring(lower.lastIndexOf(' ') + 1);
        if (lower.equals("epoch") || lower.equals("epochs") || lower.equals("ep") || lower.equals("epoch #"))
            return new Column(What.EPOCH, name, metric);
        if (lower.equals("step") || lower.equals("steps") || lower.equals("iter") || lower.equals("iteration"))
            return new Column(What.STEP, name, metric);
        if (lower.equals("lr") || lower.equals("learning_rate") || lower.endsWith("learning rate")
                || lower.startsWith("lr/pg0")
                || lower.equals("lr-sgd") || lower.equals("lr-adam") || lower.equals("learningrate"))
            return new Column(What.RATE, name, metric);
        if (lower.equals("time") || lower.equals("dur") || lower.equals("seconds") || lower.equals("duration"))
            return new Column(What.SECONDS, name, metric);
        if (lower.equals("train") || lower.equals("phase") || lower.equals("split") || lower.equals("mode")) {
            return new Column(What.ROLE, name, metric);
        }
        if (name.isEmpty() || last.equals("cp")) return new Column(What.NOTHING, name, metric);
        var parsed = Names.free(name);
        if (parsed.name().isEmpty() || !parsed.known() && Names.isBookkeeping(lower))
            return new Column(What.NOTHING, name, metric);
        if (lower.endsWith("_step")) return new Column(What.NOTHING, name, metric);
        return new Column(What.METRIC, name, parsed.metric(Role.TRAINING));
    }

    /// Beside `train_loss` and `valid_loss` a bare `accuracy` was measured on the validation set: fastai and the Hugging Face trainer
    /// print such tables.
    private static List<Column> bareNamesAreValidation(List<Column> columns) {
        boolean training = columns.stream().anyMatch(
                c -> c.what() == What.METRIC && Names.free(c.name()).role().filter(Role.TRAINING::equals).isPresent());
        boolean validation = columns.stream()
                .anyMatch(c -> c.what() == What.METRIC && c.metric().role() == Role.VALIDATION);
        if (!training || !validation) return columns;
        return columns.stream().map(column -> {
            boolean bare = column.what() == What.METRIC && Names.free(column.name()).role().isEmpty();
            var moved = column.metric().on(Role.VALIDATION);
            boolean taken = columns.stream().anyMatch(other -> other != column && other.metric().equals(moved));
            return bare && !taken ? new Column(What.METRIC, column.name(), moved) : column;
        }).toList();
    }

    // ------------------------------------------------------------------------------------------------ rows

    private boolean row(String line, Heading heading) {
        var cells = cells(line, heading.separator());
        // Some write names with commas and numbers with blanks.
        if (cells.size() == 1 && heading.separator() == ',') cells = cells(line, line.indexOf('\t') > 0 ? '\t' : ' ');
        int more = cells.size() - heading.columns().size();
        int mark = more == -1 && heading.separator() == ' ' ? mark(heading) : -1;
        if (more == 1 && isUnnamed(cells.getLast())) {
            cells = cells.subList(0, cells.size() - 1);
        } else if (more == 1 && heading.separator() == ' '
                && Readings.whole(cells.getFirst(), 0, cells.getFirst().length()) >= 0) {
            cells = cells.subList(1, cells.size());
        } else if (more == -1 && heading.columns().getFirst().what() == What.NOTHING && heading.separator() != ' ') {
            // The time in front of a row was taken for that of a logger.
            cells = new ArrayList<>(cells);
            cells.addFirst("");
        } else if (mark >= 0) {
            cells = new ArrayList<>(cells);
            cells.add(mark, "");
        } else if (more != 0) {
            return false;
        }
        return row(cells, heading);
    }

    /// The index of the one column that says nothing of the model and is empty in some rows, such as skorch's `cp`, where a `+` stands if
    /// a checkpoint was written; -1 if there is none.
    private static int mark(Heading heading) {
        var columns = heading.columns();
        var marks = IntStream.range(0, columns.size()).filter(k -> columns.get(k).what() == What.NOTHING).toArray();
        return marks.length == 1 ? marks[0] : -1;
    }

    /// A cell that needs no name: nothing, or the time that fastai prints behind a row, `(00:13)`.
    private static boolean isUnnamed(String cell) {
        var text = cell.trim();
        return text.isEmpty() || text.startsWith("(") && text.endsWith(")") && text.indexOf(':') > 0;
    }

    private boolean row(List<String> cells, Heading heading) {
        int numbers = 0;
        int others = 0;
        for (int k = 0; k < cells.size(); k++) {
            var cell = cells.get(k).trim();
            if (heading.columns().get(k).what() == What.NOTHING || cell.isEmpty() || isMissing(cell)) continue;
            if (isNumber(cell) || heading.columns().get(k).what() == What.SECONDS) numbers++;
            else if (heading.columns().get(k).what() == What.ROLE && role(cell).isPresent()) continue;
            else
                others++;
        }
        if (numbers == 0 || others > 0 && others >= numbers) return false;
        put(cells, heading);
        return true;
    }

    private static boolean isMissing(String cell) {
        return cell.equals("NA") || cell.equals("N/A") || cell.equals("None") || cell.equals("null") || cell.equals("-")
                || cell.equals("No log")
                || cell.equals("--");
    }

    private static boolean isNumber(String cell) {
        int end = Readings.end(cell, 0);
        return end == cell.length() || end > 0 && number(cell) != null;
    }

    private static @Nullable Reading number(String cell) {
        var text = cell;
        boolean percent = text.endsWith("%");
        if (percent) text = text.substring(0, text.length() - 1).trim();
        int end = text.isEmpty() ? -1 : Readings.end(text, 0);
        if (end == text.length()) return percent ? Readings.percent(text) : Readings.of(text);
        return end > 0 && text.indexOf(',') == end && Readings.end(text, end + 1) == text.length()
                && text.indexOf(',', end + 1) < 0
                        ? Readings.of(text.replace(',', '.'))
                        : null;
    }

    private void put(List<String> cells, Heading heading) {
        var values = new LinkedHashMap<Metric, Reading>();
        int epoch = -1;
        long step = -1;
        boolean fractional = false;
        Reading rate = null;
        Optional<Role> role = Optional.empty();
        var seconds = OptionalDouble.empty();
        for (int k = 0; k < cells.size(); k++) {
            var column = heading.columns().get(k);
            var cell = cells.get(k).trim();
            if (cell.isEmpty() || isMissing(cell)) continue;
            if (column.what() == What.ROLE) role = role(cell);
            var reading = number(cell);
            if (reading == null) continue;
            switch (column.what()) {
                case EPOCH -> {
                    double value = reading.value();
                    if (value >= 0 && value < 1e8) epoch = (int) Math.ceil(value);
                    fractional = value != epoch;
                }
                case STEP -> step = Math.max(-1, (long) reading.value());
                case RATE -> rate = reading;
                case SECONDS -> seconds = OptionalDouble.of(reading.value());
                case METRIC -> {
                    var metric = run.metric(column.name(), column.metric());
                    values.put(metric, reading);
                }
                default -> {
                    // Other numbers.
                }
            }
        }
        if (values.isEmpty()) return;
        if (role.isPresent()) values = on(role.get(), values);
        rows++;
        csv |= heading.separator() == ',' || heading.separator() == ';' || heading.separator() == '\t';
        place(epoch, fractional, values, rate, seconds);
        // Where only steps are counted, each row tells how far training has come.
        if (epoch < 0 && step >= 0) run.epochs.getLast().done = step;
    }

    /// `True` in a column `train`, `val` in a column `phase`.
    private static Optional<Role> role(String cell) {
        if (cell.equalsIgnoreCase("true")) return Optional.of(Role.TRAINING);
        return cell.equalsIgnoreCase("false") ? Optional.of(Role.VALIDATION) : Names.role(cell);
    }

    private static LinkedHashMap<Metric, Reading> on(Role role, LinkedHashMap<Metric, Reading> values) {
        var moved = new LinkedHashMap<Metric, Reading>();
        values.forEach((metric, reading) -> moved.put(metric.on(role), reading));
        return moved;
    }

    private void place(int number, boolean fractional, LinkedHashMap<Metric, Reading> values, @Nullable Reading rate,
            OptionalDouble seconds) {
        var last = run.last();
        if (number >= 0 && last != null && last.isNumbered() && number < last.number) {
            startRun();
            last = null;
        }
        EpochBuilder epoch;
        if (number >= 0 && last != null && last.isNumbered() && number == last.number) {
            var repeated = values.keySet().stream().filter(last.metrics::containsKey).toList();
            boolean steps = heading != null && heading.columns().stream().anyMatch(c -> c.what() == What.STEP);
            if (!repeated.isEmpty() && (fractional || steps)) last.step(last.stepsSeen() + 1, values);
            // Of several evaluations within an epoch the last one stands for it.
            if (steps && !fractional)
                repeated.stream().filter(metric -> metric.role() == Role.TRAINING).forEach(stepwise::add);
            epoch = last;
        } else {
            epoch = new EpochBuilder(number >= 0 ? number : last == null ? 1 : last.number + 1, number >= 0);
            run.epochs.add(epoch);
        }
        epoch.complete = true;
        epoch.metrics.putAll(values);
        if (rate != null) epoch.learningRate = rate;
        if (seconds.isPresent()) epoch.seconds = seconds;
    }

    private void startRun() {
        if (!run.epochs.isEmpty()) {
            runs.add(run);
            run = new RunBuilder();
        }
    }

    /// The cells of a line. In CSV quotes hold commas together; cells set apart by blanks are cut at two blanks or, if there are none,
    /// at one.
    private static List<String> cells(String line, char separator) {
        var cells = new ArrayList<String>();
        if (separator == ' ') {
            var text = line.trim();
            if (text.startsWith("[") && text.endsWith("]")) text = text.substring(1, text.length() - 1).trim();
            boolean wide = text.indexOf("  ") > 0 && !onlyNumbers(text);
            int start = 0;
            for (int i = 0; i <= text.length(); i++) {
                boolean cut = i == text.length()
                        || text.charAt(i) == ' ' && (!wide || i + 1 < text.length() && text.charAt(i + 1) == ' ');
                if (!cut) continue;
                if (i > start) cells.add(text.substring(start, i));
                while (i < text.length() && text.charAt(i) == ' ') i++;
                start = i;
                if (i < text.length()) i--;
                if (cells.size() > MOST_COLUMNS) return cells;
            }
            return cells;
        }
        boolean quoted = false;
        var cell = new StringBuilder();
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"') {
                quoted = !quoted;
            } else if (c == separator && !quoted) {
                cells.add(cell.toString().trim());
                cell.setLength(0);
                if (cells.size() > MOST_COLUMNS) return cells;
            } else {
                cell.append(c);
            }
        }
        cells.add(cell.toString().trim());
        if (separator == '|') {
            if (!cells.isEmpty() && cells.getFirst().isEmpty()) cells.removeFirst();
            if (!cells.isEmpty() && cells.getLast().isEmpty()) cells.removeLast();
        }
        return cells;
    }

    private static boolean onlyNumbers(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (!Readings.isDigit(c) && " .-+eEnaif:%".indexOf(c) < 0) return false;
        }
        return true;
    }

    // ------------------------------------------------------------------------------------------------ result

    private void finish() {
        if (finished) return;
        finished = true;
        if (!run.epochs.isEmpty()) runs.add(run);
        runs.forEach(found -> {
            found.epochs.forEach(epoch -> epoch.metrics.keySet().removeAll(stepwise));
            // Stopped before its end, an epoch has values of batches only; some files have no others.
            boolean others = found.epochs.stream().anyMatch(epoch -> !epoch.metrics.isEmpty());
            found.epochs.removeIf(epoch -> others && epoch.metrics.isEmpty());
            PrintedSeries.tidy(found);
            if (csv) PrintedSeries.allDigitsOfFile(found);
        });
    }

    int epochs() {
        finish();
        return runs.stream().mapToInt(found -> found.epochs.size()).sum();
    }

    List<RunBuilder> runs() {
        finish();
        return runs;
    }

    LogFormat format() {
        return csv
                ? new LogFormat(Kind.CSV, Framework.UNKNOWN, "csv")
                : new LogFormat(Kind.PRINTED, Framework.UNKNOWN, "table");
    }
}
