package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import narwhal.history.log.Reading;
import org.jspecify.annotations.Nullable;

/// The cells of a headline or a row, and the numbers in them.
final class TableCells {
    static final int MOST_COLUMNS = 1_000;

    private TableCells() {
    }

    static boolean isMissing(String cell) {
        return cell.equals("NA") || cell.equals("N/A") || cell.equals("None") || cell.equals("null") || cell.equals("-")
                || cell.equals("No log")
                || cell.equals("--");
    }

    static boolean isNumber(String cell) {
        int end = Readings.end(cell, 0);
        return end == cell.length() || end > 0 && number(cell) != null;
    }

    static @Nullable Reading number(String cell) {
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

    /// The cells of a line. In CSV quotes hold commas together; cells set apart by blanks are cut at two blanks or, if there are none,
    /// at one.
    static List<String> of(String line, char separator) {
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
}
