package narwhal.history.readers;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.LogFormat;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import narwhal.history.readers.TableHeading.What;
import org.jspecify.annotations.Nullable;

/// Reads tables with a headline of names and a row for each epoch: CSV files with any separator, tables of notebooks and libraries
/// with columns set apart by blanks or bars.
final class Tables {
    private final List<RunBuilder> runs = new ArrayList<>();
    private RunBuilder run = new RunBuilder();
    private @Nullable TableHeading heading;
    private String headline = "";
    /// The cells of the lines before that may begin a headline of several lines.
    private List<String> above = List.of();
    /// Metrics of a table with steps that have several values in an epoch: those of single batches, as Lightning writes them.
    private final Set<Metric> stepwise = new HashSet<>();
    private long rows;
    private boolean csv;
    private boolean finished;

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
        var found = TableHeading.of(line);
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
    private @Nullable TableHeading lower(String line) {
        if (line.indexOf('|') < 0 || line.chars().anyMatch(Character::isDigit)) {
            if (!isRule(line)) above = List.of();
            return null;
        }
        if (isRule(line)) return null;
        var cells = TableCells.of(line.replaceAll("\\([^()]*\\)", ""), '|');
        if (cells.size() == above.size()) {
            var joined = new ArrayList<String>();
            for (int k = 0; k < cells.size(); k++) joined.add((above.get(k).trim() + " " + cells.get(k).trim()).trim());
            above = joined;
            var found = TableHeading.of(String.join("|", joined));
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

    // ------------------------------------------------------------------------------------------------ rows

    private boolean row(String line, TableHeading heading) {
        var cells = TableCells.of(line, heading.separator());
        // Some write names with commas and numbers with blanks.
        if (cells.size() == 1 && heading.separator() == ',')
            cells = TableCells.of(line, line.indexOf('\t') > 0 ? '\t' : ' ');
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
    private static int mark(TableHeading heading) {
        var columns = heading.columns();
        var marks = IntStream.range(0, columns.size()).filter(k -> columns.get(k).what() == What.NOTHING).toArray();
        return marks.length == 1 ? marks[0] : -1;
    }

    /// A cell that needs no name: nothing, or the time that fastai prints behind a row, `(00:13)`.
    private static boolean isUnnamed(String cell) {
        var text = cell.trim();
        return text.isEmpty() || text.startsWith("(") && text.endsWith(")") && text.indexOf(':') > 0;
    }

    private boolean row(List<String> cells, TableHeading heading) {
        int numbers = 0;
        int others = 0;
        for (int k = 0; k < cells.size(); k++) {
            var cell = cells.get(k).trim();
            if (heading.columns().get(k).what() == What.NOTHING || cell.isEmpty() || TableCells.isMissing(cell))
                continue;
            if (TableCells.isNumber(cell) || heading.columns().get(k).what() == What.SECONDS) numbers++;
            else if (heading.columns().get(k).what() == What.ROLE && role(cell).isPresent()) continue;
            else
                others++;
        }
        if (numbers == 0 || others > 0 && others >= numbers) return false;
        put(cells, heading);
        return true;
    }

    private void put(List<String> cells, TableHeading heading) {
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
            if (cell.isEmpty() || TableCells.isMissing(cell)) continue;
            if (column.what() == What.ROLE) role = role(cell);
            var reading = TableCells.number(cell);
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
