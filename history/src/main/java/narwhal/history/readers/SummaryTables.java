package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import narwhal.history.log.ModelSummary;

/// Reads the table that `model.summary()` prints: Keras' old layout with rules, the boxes of Keras 3, torchsummary's. Rows may be
/// wrapped over several lines.
final class SummaryTables {
    private static final int MOST_LAYERS = 5_000;

    private final List<ModelSummary.Layer> layers = new ArrayList<>();
    private long parameters = -1;
    private long trainable = -1;
    private boolean inside;
    private boolean boxes;
    private String name = "";
    private String shape = "";
    private String count = "";

    /// Takes a line in.
    ///
    /// @return whether it belongs to a table
    boolean take(String line) {
        if (isHeading(line)) {
            layers.clear();
            parameters = -1;
            trainable = -1;
            name = "";
            shape = "";
            count = "";
            inside = true;
            boxes = line.indexOf('┃') >= 0 || line.indexOf('│') >= 0 || line.indexOf('|') >= 0;
            return true;
        }
        if (isTotal(line)) return true;
        if (!inside) return line.startsWith("Model: \"");
        if (isRule(line)) {
            finishRow();
            return true;
        }
        if (isForeign(line)) {
            finishRow();
            inside = false;
            return false;
        }
        row(line);
        return true;
    }

    Optional<ModelSummary> summary() {
        finishRow();
        if (layers.isEmpty() && parameters < 0) return Optional.empty();
        return Optional.of(new ModelSummary(layers, parameters < 0 ? OptionalLong.empty() : OptionalLong.of(parameters),
                trainable < 0 ? OptionalLong.empty() : OptionalLong.of(trainable)));
    }

    private static boolean isHeading(String line) {
        int type = line.indexOf("Layer (type");
        return type >= 0 && line.indexOf("Param #", type) > type;
    }

    private boolean isTotal(String line) {
        if (line.indexOf("params") < 0) return false;
        var lower = LineCleaning.lower(line).trim();
        int colon = lower.indexOf(':');
        if (colon < 0) return false;
        int start = LineCleaning.skipBlanks(lower, colon + 1);
        int end = start;
        while (end < lower.length() && (Readings.isDigit(lower.charAt(end)) || lower.charAt(end) == ',')) end++;
        long number = Readings.whole(lower, start, end);
        if (number < 0) return false;
        if (lower.startsWith("total params")) {
            finishRow();
            inside = false;
            parameters = number;
            return true;
        }
        if (lower.startsWith("trainable params")) {
            trainable = number;
            return true;
        }
        return lower.startsWith("non-trainable params") || lower.startsWith("optimizer params");
    }

    private static boolean isRule(String line) {
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '(' || c == '[') return false;
        }
        return true;
    }

    /// A line that cannot be a row: the table was cut off.
    private static boolean isForeign(String line) {
        return line.startsWith("Epoch") || line.startsWith("Train on") || line.startsWith("Found ")
                || Keras.barAt(line, 0) >= 0;
    }

    private void row(String line) {
        if (layers.size() >= MOST_LAYERS) return;
        if (boxes || line.indexOf('│') >= 0) boxedRow(line);
        else
            plainRow(line);
    }

    private void boxedRow(String line) {
        var cells = line.replace('┃', '│').replace('|', '│').split("│", -1);
        if (cells.length < 4) return;
        name += cells[1].trim().isEmpty() ? "" : (name.isEmpty() ? "" : " ") + cells[1].trim();
        shape += cells[2].trim();
        count += cells[3].trim();
    }

    /// The shape begins at the first bracket behind two blanks or a closing one; the count is the last whole number behind it.
    private void plainRow(String line) {
        int open = shapeStart(line);
        if (open < 0) {
            if (!name.isEmpty() && line.trim().length() < 40) name += line.trim();
            return;
        }
        finishRow();
        int close = closing(line, open);
        name = line.substring(0, open).trim();
        shape = line.substring(open, close);
        int start = close;
        while (start < line.length() && !Readings.isDigit(line.charAt(start))) start++;
        int end = start;
        while (end < line.length() && (Readings.isDigit(line.charAt(end)) || line.charAt(end) == ',')) end++;
        count = line.substring(start, end);
    }

    private static int shapeStart(String line) {
        for (var mark : new String[]{"(None", "[(None", "[-1,", "[(?", "(?", "multiple"}) {
            int at = line.indexOf(mark);
            if (at > 0) return at;
        }
        int open = line.indexOf(" (");
        while (open >= 0) {
            if (open + 2 < line.length() && Readings.isDigit(line.charAt(open + 2)) && line.indexOf(',', open) > 0)
                return open + 1;
            open = line.indexOf(" (", open + 1);
        }
        return -1;
    }

    private static int closing(String line, int open) {
        if (Character.isLetter(line.charAt(open))) return open + "multiple".length();
        int close = line.indexOf(line.charAt(open) == '[' ? ']' : ')', open);
        return close < 0 ? line.length() : close + 1;
    }

    private void finishRow() {
        if (!name.isEmpty() && !shape.isEmpty()) {
            long parameters = Readings.whole(count, 0, count.length());
            int open = name.indexOf('(');
            int dash = name.lastIndexOf('-');
            var kind = open >= 0 ? name.substring(open + 1) : dash > 0 ? name.substring(0, dash) : name;
            boolean cut = open > 0 && name.indexOf(')', open) < 0;
            while (kind.endsWith(")") || kind.endsWith(" ")) kind = kind.substring(0, kind.length() - 1);
            var called = open > 0 ? name.substring(0, open).trim() : name;
            layers.add(new ModelSummary.Layer(called, cut ? uncut(called, kind) : kind.replace(" ", ""), sizes(shape),
                    Math.max(0, parameters)));
        }
        name = "";
        shape = "";
        count = "";
    }

    /// A column that is too narrow cuts `BatchNormalization` off; the name that Keras made of it, `batch_normalization_2`, has all of it.
    private static String uncut(String name, String kind) {
        var whole = new StringBuilder();
        for (var word : name.split("_", 12)) {
            if (word.isEmpty() || word.chars().allMatch(Character::isDigit)) continue;
            whole.append(Character.toUpperCase(word.charAt(0))).append(word.substring(1));
        }
        if (whole.length() > 2 && whole.charAt(whole.length() - 1) == 'd'
                && Readings.isDigit(whole.charAt(whole.length() - 2)))
            whole.setCharAt(whole.length() - 1, 'D');
        return !kind.isEmpty() && whole.indexOf(kind) == 0 ? whole.toString() : kind;
    }

    /// The numbers of a shape without the batch.
    private static List<Long> sizes(String shape) {
        var sizes = new ArrayList<Long>();
        boolean first = true;
        for (var part : shape.split(",", 12)) {
            var digits = part.replaceAll("[^0-9]", "");
            if (!first) sizes.add(digits.isEmpty() || digits.length() > 15 ? 0L : Long.parseLong(digits));
            first = false;
        }
        return sizes;
    }
}
