package narwhal.history.readers;

import java.util.function.Consumer;

/// Cuts lines that were run together: a warning that begins in the middle of a progress line, and lines that lost the line end
/// between them.
final class LineCutting {
    private static final String[] WARNINGS = {"WARNING:", "W tensorflow", "I tensorflow", "E tensorflow", "UserWarning",
        "RuntimeWarning", "FutureWarning", "DeprecationWarning", "[[{{node", "[[Node:", "/WARNING"};

    /// Of a longer line nothing behind the first warning is looked for, so that the time stays in proportion to its length.
    private static final int LONGEST = 100_000;

    private LineCutting() {
    }

    static void cut(String line, Consumer<String> sink) {
        var rest = line;
        int warning = warningStart(rest);
        while (warning >= 0) {
            if (warning > 0) split(rest.substring(0, warning), sink);
            int end = warningEnd(rest, warning);
            sink.accept(rest.substring(warning, end));
            if (end == rest.length()) return;
            rest = rest.substring(end);
            warning = warningStart(rest);
        }
        split(rest, sink);
    }

    /// Where a warning that lost its line end is followed by an epoch's header or a bar; otherwise the end of the line.
    private static int warningEnd(String line, int start) {
        if (line.length() > LONGEST) return line.length();
        int bar = Keras.barAt(line, start);
        int end = bar < 0 ? line.length() : Keras.countStart(line, bar);
        int header = line.indexOf("Epoch ", start);
        while (header > 0 && header < end) {
            if (LineCleaning.isCount(line, header + 6)) return header;
            header = line.indexOf("Epoch ", header + 6);
        }
        return end > start ? end : line.length();
    }

    /// Where a framework's warning begins; -1 if there is none.
    private static int warningStart(String line) {
        int at = mayHoldWord(line) ? wordStart(line) : -1;
        int path = pathStart(line);
        if (path >= 0 && (at < 0 || path < at)) at = path;
        int glog = glogStart(line);
        if (glog >= 0 && (at < 0 || glog < at)) at = glog;
        return at < 0 ? -1 : timeStart(line, at);
    }

    /// Every one of the words has a W, names TensorFlow or begins with two brackets; most lines do neither.
    private static boolean mayHoldWord(String line) {
        return line.indexOf('W') >= 0 || line.contains(" tensorflow") || line.contains("[[");
    }

    private static int wordStart(String line) {
        int at = -1;
        for (var word : WARNINGS) {
            int found = line.indexOf(word);
            if (found >= 0 && (at < 0 || found < at)) at = found;
        }
        return at;
    }

    /// Where a path that ends in `.py:123:` begins.
    private static int pathStart(String line) {
        int py = line.indexOf(".py:");
        if (py < 0 || py + 4 >= line.length() || !Character.isDigit(line.charAt(py + 4))) return -1;
        int end = py + 4;
        while (end < line.length() && Character.isDigit(line.charAt(end))) end++;
        if (end >= line.length() || line.charAt(end) != ':') return -1;
        int start = py;
        while (start > 0 && line.charAt(start - 1) > ' ') start--;
        for (int i = start; i < py; i++) {
            char c = line.charAt(i);
            if (c == '/') return i;
            if (c == '\\' && i - 2 >= start) return i - 2;
        }
        return start;
    }

    /// Where `W0701 12:00:00.000 …]` begins inside a line.
    private static int glogStart(String line) {
        int colon = line.indexOf(':');
        while (colon > 0 && colon + 3 < line.length()) {
            int start = colon - 8;
            if (start > 0 && line.charAt(colon + 3) == ':' && "IWEF".indexOf(line.charAt(start)) >= 0
                    && line.charAt(start + 5) == ' ' && Character.isDigit(line.charAt(start + 1))
                    && Character.isDigit(line.charAt(start + 4)) && Character.isDigit(line.charAt(colon - 1))) {
                return start;
            }
            colon = line.indexOf(':', colon + 1);
        }
        return -1;
    }

    /// Moves back over the time in front of a warning: `2019-07-01 12:00:00.123456: W tensorflow`.
    private static int timeStart(String line, int at) {
        int i = at;
        while (i > 0 && (Character.isDigit(line.charAt(i - 1)) || " .:-,/".indexOf(line.charAt(i - 1)) >= 0)
                && at - i < 40)
            i--;
        for (int k = i; k + 10 < at; k++) {
            if (k + 13 < line.length() && line.charAt(k + 4) == '-' && line.charAt(k + 7) == '-'
                    && allDigits(line, k, k + 4)
                    && allDigits(line, k + 5, k + 7) && allDigits(line, k + 8, k + 10)) {
                return k;
            }
        }
        return at;
    }

    private static boolean allDigits(String line, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!Character.isDigit(line.charAt(i))) return false;
        }
        return true;
    }

    // Lines that lost their line end

    private static void split(String line, Consumer<String> sink) {
        int start = 0;
        int next;
        while ((next = nextStart(line, start)) > 0) {
            if (!line.substring(start, next).isBlank()) sink.accept(line.substring(start, next));
            start = next;
        }
        if (start == 0) sink.accept(line);
        else if (!line.substring(start).isBlank()) sink.accept(line.substring(start));
    }

    /// The index behind `start` at which another line begins, or -1. A bar of tqdm that has not begun (`?it/s]`) leaves the line open.
    private static int nextStart(String line, int start) {
        int unbegun = line.indexOf("?it/s]", start) + 6;
        if (unbegun > 6 && unbegun < line.length() && Character.isLetter(line.charAt(unbegun))) return unbegun;
        int values = start == 0 ? valuesStart(line) : -1;
        if (values > 0) return values;
        int header = headerStart(line, start);
        int first = Keras.barAt(line, start);
        int bar = first < 0 ? -1 : barStart(line, start, first);
        int number = first < 0 ? -1 : gluedNumber(line, first);
        int next = header;
        if (bar >= 0 && (next < 0 || bar < next)) next = bar;
        if (number >= 0 && (next < 0 || number < next)) next = number;
        return next;
    }

    /// Where the values begin that lost the line end, and the bar, between them and their header: `Epoch 7/10  accuracy: 0.1 - loss: 2.3`,
    /// `Epoch 7/10 50000/50000 - 55s - loss: 2.3`.
    private static int valuesStart(String line) {
        int count = LineCleaning.skipBlanks(line, 0) + 6;
        if (!line.startsWith("Epoch ", count - 6) || !LineCleaning.isCount(line, count)) return -1;
        int i = line.indexOf('/', count) + 1;
        while (i < line.length() && Readings.isDigit(line.charAt(i))) i++;
        int values = LineCleaning.skipBlanks(line, i);
        boolean time = LineCleaning.isCount(line, values) && line.indexOf(" - loss: ", values) > 0;
        if (time && values > i) return values;
        int colon = line.indexOf(':', values);
        boolean name = values > i && values < line.length() && Character.isLetter(line.charAt(values)) && colon > 0
                && line.substring(values, colon).indexOf(' ') < 0;
        boolean keras = line.startsWith("loss: ", values) || line.indexOf(" - loss: ", values) > 0;
        return name && keras && line.indexOf(" - ", values) > 0 ? values : -1;
    }

    /// Where `0.6767` begins in `loss: 0.70220.6767 0.5`: a bar leaves the line open, and a callback printed numbers into it. Keras
    /// prints four decimals.
    private static int gluedNumber(String line, int bar) {
        int from = Keras.barEnd(line, bar);
        int point = line.indexOf('.', from);
        while (point > 0 && point - from < 2_000) {
            int end = point + 1;
            while (end < line.length() && Readings.isDigit(line.charAt(end))) end++;
            boolean second = end + 1 < line.length() && line.charAt(end) == '.'
                    && Readings.isDigit(line.charAt(end + 1));
            if (second && end - point > 5) return point + 5;
            point = line.indexOf('.', end);
        }
        return -1;
    }

    /// Where `Epoch 2/10` or `Epoch 00002: …` begins behind a line with numbers of its own.
    private static int headerStart(String line, int start) {
        int at = line.indexOf("Epoch", start + 1);
        while (at > 0) {
            int i = at + 5;
            while (i < line.length() && " :[#(".indexOf(line.charAt(i)) >= 0) i++;
            if (i < line.length() && Character.isDigit(line.charAt(i)) && endsANumber(line, start, at)
                    && !isField(line, start, at)) {
                return withRole(line, start, at);
            }
            at = line.indexOf("Epoch", at + 5);
        }
        return -1;
    }

    /// Whether what begins at `at` is one more value of the same line: `… | Best Epoch: 5`.
    private static boolean isField(String line, int start, int at) {
        int i = at;
        while (i > start && line.charAt(i - 1) == ' ') i--;
        return i > start && "|,;".indexOf(line.charAt(i - 1)) >= 0
                || i - 4 >= start && line.regionMatches(true, i - 4, "best", 0, 4);
    }

    /// Whether the text before `at` is a line of its own: a bar, or an epoch's values.
    private static boolean endsANumber(String line, int start, int at) {
        boolean point = false;
        for (int i = start; i < at - 1; i++) {
            char c = line.charAt(i);
            if (c == '.' && Character.isDigit(line.charAt(i + 1)) || c == '[' && line.charAt(i + 1) == '='
                    || c == '━') {
                point = true;
                break;
            }
        }
        if (!point) return false;
        int first = LineCleaning.skipBlanks(line, start);
        return line.regionMatches(true, first, "epoch", 0, 5) || Keras.barAt(line, start) >= 0
                || line.regionMatches(true, first, "train", 0, 5) || line.startsWith("- ", first);
    }

    /// A word like `Train` directly before `Epoch` belongs to the new line.
    private static int withRole(String line, int start, int at) {
        int i = at;
        while (i > start && line.charAt(i - 1) == ' ') i--;
        int end = i;
        while (i > start && Character.isLetter(line.charAt(i - 1))) i--;
        return end > i && i > start && Names.role(line.substring(i, end)).isPresent() ? i : at;
    }

    /// Where a second bar `N/M [==` or `N/M ━━` begins.
    private static int barStart(String line, int start, int first) {
        int count = Keras.countStart(line, first);
        if (count > LineCleaning.skipBlanks(line, start) && isWorthALine(line, start, count)) return count;
        int from = Keras.barEnd(line, first);
        int second = Keras.barAt(line, from);
        if (second < 0) return -1;
        int at = Keras.countStart(line, second);
        return at > start ? at : -1;
    }

    /// Only blanks and an opening bracket do not make a line.
    private static boolean isWorthALine(String line, int start, int end) {
        for (int i = start; i < end; i++) {
            if (Character.isLetterOrDigit(line.charAt(i))) return true;
        }
        return false;
    }
}
