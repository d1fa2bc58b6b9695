package narwhal.history.readers;

import java.util.function.Consumer;

/// Takes a line out of what it was wrapped in: escape codes that were saved as visible text, strings of a notebook file, Markdown,
/// the prefixes of loggers. Each method is linear in the length of the line.
final class LineCleaning {
    private static final String[] VISIBLE_ESCAPES = {"\\x1b", "\\u001b", "\\033", "\\e", "^[", "←", "␛", "\\x1B",
        "\\u001B", "#033"};
    private static final String[] VISIBLE_BACKSPACES = {"\\b\\b", "\\x08\\x08", "\\u0008\\u0008", "^H^H", "␈␈"};

    private LineCleaning() {
    }

    /// Whether a line is one string of a JSON array, as a piece of a notebook file shows it: `"Epoch 1/5\n",`.
    static boolean isJsonString(String raw) {
        int start = skipBlanks(raw, 0);
        int end = raw.length();
        while (end > start && (raw.charAt(end - 1) <= ' ' || raw.charAt(end - 1) == ',' || raw.charAt(end - 1) == ']'))
            end--;
        if (end - start < 3 || raw.charAt(start) != '"' || raw.charAt(end - 1) != '"') return false;
        boolean escapes = false;
        for (int i = start + 1; i < end - 1; i++) {
            char c = raw.charAt(i);
            if (c == '"') return false;
            if (c == '\\') {
                escapes = true;
                i++;
            }
        }
        return escapes;
    }

    static String jsonString(String raw) {
        var text = new StringBuilder(raw.length());
        Unwrapping.unescape(raw, raw.indexOf('"') + 1, raw.lastIndexOf('"'), text);
        return text.toString();
    }

    /// Hands out the states of a line whose escapes, backspaces and carriage returns are visible text.
    static void states(String raw, Consumer<String> sink) {
        var line = raw.indexOf('[') >= 0 ? withoutColours(raw) : raw;
        if (line.indexOf('\\') < 0 && line.indexOf('^') < 0 && line.indexOf('␈') < 0 && !line.contains("#015")) {
            sink.accept(line);
            return;
        }
        int start = 0;
        int i = 0;
        while (i < line.length()) {
            int skip = stateEnd(line, i);
            if (skip == 0) {
                i++;
                continue;
            }
            if (i > start) sink.accept(line.substring(start, i));
            i += skip;
            start = i;
        }
        if (start < line.length()) sink.accept(line.substring(start));
    }

    /// How many characters of visible backspaces or carriage returns stand at `at`; 0 if none.
    private static int stateEnd(String line, int at) {
        char c = line.charAt(at);
        if (c == '#' && line.startsWith("#015", at)) return 4;
        if (c != '\\' && c != '^' && c != '␈') return 0;
        for (var pair : VISIBLE_BACKSPACES) {
            if (!line.startsWith(pair, at)) continue;
            var one = pair.substring(0, pair.length() / 2);
            int end = at;
            while (line.startsWith(one, end)) end += one.length();
            if (line.startsWith("\\r", end)) end += 2;
            return end - at;
        }
        if (!line.startsWith("\\r", at)) return 0;
        int after = at + 2;
        boolean state = after == line.length() || line.charAt(after) == ' ' || line.charAt(after) == '\\'
                || Character.isDigit(line.charAt(after)) || line.startsWith("Epoch", after);
        return state ? 2 : 0;
    }

    /// Colour codes whose escape character was lost or became visible: `[1m32/32[0m [32m━━━[0m`.
    private static String withoutColours(String line) {
        StringBuilder out = null;
        int copied = 0;
        int i = line.indexOf('[');
        while (i >= 0) {
            int end = colourEnd(line, i);
            if (end > 0) {
                int start = i;
                for (var escape : VISIBLE_ESCAPES) {
                    if (line.startsWith(escape, i - escape.length())) {
                        start = i - escape.length();
                        break;
                    }
                }
                if (out == null) out = new StringBuilder(line.length());
                out.append(line, copied, Math.max(copied, start));
                copied = end;
                i = line.indexOf('[', end);
            } else {
                i = line.indexOf('[', i + 1);
            }
        }
        return out == null ? line : out.append(line, copied, line.length()).toString();
    }

    /// The index behind a code such as `[1;32m` or `[2K`, or 0.
    private static int colourEnd(String line, int at) {
        int i = at + 1;
        while (i < line.length() && i - at < 12 && (Character.isDigit(line.charAt(i)) || line.charAt(i) == ';')) i++;
        boolean syslog = at >= 4 && line.startsWith("#033", at - 4);
        if (i >= line.length() || i == at + 1 && !syslog) return 0;
        char last = line.charAt(i);
        return last == 'm' || last == 'K' || syslog && last == 'A' ? i + 1 : 0;
    }

    /// The line without Markdown quoting, code fences and a logger's prefix.
    static String unquoted(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) <= ' ') end--;
        int start = commented(line);
        int i = skipBlanks(line, start);
        while (i < end && line.charAt(i) == '>' && (i + 1 == end || " >\t".indexOf(line.charAt(i + 1)) >= 0
                || i + 1 < end && !isQuoteFalseFriend(line, i + 1))) {
            i = skipBlanks(line, i + 1);
            start = i;
        }
        i = skipBlanks(line, start);
        if (line.startsWith("```", i) || line.startsWith("~~~", i)) {
            int after = i + 3;
            while (after < end
                    && (Character.isLetterOrDigit(line.charAt(after)) || "`~-_{}.".indexOf(line.charAt(after)) >= 0)) {
                after++;
            }
            if (after >= end) return "";
            start = i + 3;
        } else if (i < end && line.charAt(i) == '`') {
            start = i + 1;
        }
        while (end > start && line.charAt(end - 1) == '`') end--;
        if (end <= start) return "";
        int cut = LinePrefix.end(line, start, end);
        return cut == 0 && end == line.length() ? line : line.substring(cut, end);
    }

    /// The line with the dashes that a text processor makes of ` - `.
    static String hyphens(String line) {
        boolean dashes = line.indexOf('\u2014') >= 0 || line.indexOf('\u2013') >= 0;
        return dashes ? line.replace(" \u2014 ", " - ").replace(" \u2013 ", " - ") : line;
    }

    /// The index behind the mark of a comment in which somebody's output stands, or 0: `## ` of knitr, `#> ` of reprex, and `# ` before
    /// what can only be output.
    private static int commented(String line) {
        int i = skipBlanks(line, 0);
        int end = i;
        while (end < line.length() && line.charAt(end) == '#') end++;
        if (end == i || end >= line.length() || " >\t".indexOf(line.charAt(end)) < 0) return 0;
        int text = skipBlanks(line, line.charAt(end) == '>' ? end + 1 : end);
        return end - i > 1 || line.charAt(end) == '>'
                || isCount(line, line.startsWith("Epoch ", text) ? text + 6 : text)
                        ? text
                        : 0;
    }

    /// Whether digits and a stroke stand at `at`: the beginning of `1/5`.
    static boolean isCount(String line, int at) {
        int digits = at;
        while (digits < line.length() && Readings.isDigit(line.charAt(digits))) digits++;
        return digits > at && digits < line.length() && line.charAt(digits) == '/';
    }

    /// In `>.....]` the angle is the head of a progress bar.
    private static boolean isQuoteFalseFriend(String line, int at) {
        char c = line.charAt(at);
        return c == '.' || c == ']' || c == '=';
    }

    /// ASCII letters in lower case, everything else as it is, so that an index into the one is an index into the other.
    static String lower(String text) {
        char[] chars = null;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < 'A' || c > 'Z') continue;
            if (chars == null) chars = text.toCharArray();
            chars[i] = (char) (c + 32);
        }
        return chars == null ? text : new String(chars);
    }

    static int skipBlanks(String line, int from) {
        int i = from;
        while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '\t')) i++;
        return i;
    }
}
