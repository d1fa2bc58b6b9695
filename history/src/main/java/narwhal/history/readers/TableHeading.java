package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// The headline of a table.
///
/// @param separator between the cells, a blank for columns set apart by blanks
/// @param columns what stands in each
record TableHeading(char separator, List<Column> columns) {
    private static final Set<String> SMALL_WORDS = Set.of("on", "of", "the", "for", "is", "in", "at", "to", "and",
            "with");

    enum What {
        EPOCH,
        STEP,
        RATE,
        SECONDS,
        ROLE,
        METRIC,
        NOTHING
    }

    record Column(What what, String name, Metric metric) {}

    /// The headline that a line is; null if it is none.
    static @Nullable TableHeading of(String line) {
        if (!mayBeHeading(line)) return null;
        for (char separator : new char[]{'\t', ',', ';', '|', ' '}) {
            if (separator != ' ' && line.indexOf(separator) < 0) continue;
            var cells = TableCells.of(line, separator);
            if (cells.size() < 2 || cells.size() > TableCells.MOST_COLUMNS) continue;
            var columns = columns(cells);
            if (columns != null) return new TableHeading(separator, columns);
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
        if (!cells.stream().allMatch(TableHeading::mayBeName)) return null;
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
}
