package narwhal.history.readers;

import java.util.function.Consumer;

/// Cuts a text into clean lines: escape sequences of terminals, carriage returns, backspaces, quoting and prefixes of loggers out;
/// every state of a line that was overwritten is a line of its own; a warning in the middle of a line and lines that lost their
/// line end are cut apart. Blank lines are left out. One pass, linear in the length of the text.
final class TextLines {
    /// Longer lines are cut: no line of a training log is as long, and everything below works on whole lines.
    private static final int LONGEST = 20_000;

    private final String text;
    private final Consumer<String> sink;
    private final boolean nested;

    private TextLines(String text, Consumer<String> sink, boolean nested) {
        this.text = text;
        this.sink = sink;
        this.nested = nested;
    }

    /// Hands the clean lines of a text to `sink`, in order.
    static void each(String text, Consumer<String> sink) {
        new TextLines(text, sink, false).scan();
    }

    private void scan() {
        var odd = new StringBuilder();
        boolean plain = true;
        int start = 0;
        int length = text.length();
        int i = 0;
        while (i < length) {
            if (plain) i = plainEnd(i, Math.min(length, start + LONGEST));
            if (i == length) break;
            char c = text.charAt(i);
            if (c == '\n') {
                flush(plain, start, i, odd);
                plain = true;
                start = ++i;
                continue;
            }
            if (isPlain(c) && (i - start < LONGEST || i - start < 2 * LONGEST && !text.startsWith("Epoch", i))) {
                if (!plain) odd.append(c);
                i++;
                continue;
            }
            if (plain) {
                odd.setLength(0);
                odd.append(text, start, i);
                plain = false;
            }
            if (c == '\u001b') {
                i = escape(i, odd);
            } else if (c == '\r' || c == '\b' || c == '\f' || c == '\u000b' || c == '\u0085' || c == '\u2028'
                    || c == '\u2029'
                    || isPlain(c)) {
                line(odd.toString());
                odd.setLength(0);
                start = i;
                if (isPlain(c)) odd.append(c);
                i++;
            } else {
                if (c == '\u00a0' || c == '\u202f' || c == '\u3000' || c == '\u2007' || c == '\u2009') odd.append(' ');
                i++;
            }
        }
        flush(plain, start, length, odd);
    }

    /// The first index in `from…end` of a character that is not plain, or `end`: most of a text, in a loop that is compiled at once.
    private int plainEnd(int from, int end) {
        int i = from;
        while (i < end && isPlain(text.charAt(i))) i++;
        return i;
    }

    private static boolean isPlain(char c) {
        if (c >= ' ' && c < '\u007f' || c == '\t') return true;
        return c > '\u00a0' && !(c >= '\u2007' && c <= '\u202f' && isOddSpace(c)) && c != '\u3000' && c != '\ufeff'
                && c != '\u2060';
    }

    private static boolean isOddSpace(char c) {
        return c == '\u2007' || c == '\u2009' || c >= '\u200b' && c <= '\u200f' || c >= '\u2028' && c <= '\u202f';
    }

    private void flush(boolean plain, int start, int end, StringBuilder odd) {
        if (!plain) {
            line(odd.toString());
            odd.setLength(0);
        } else if (end > start) {
            line(text.substring(start, end));
        }
    }

    /// Steps over the escape sequence that begins at `at`. One that moves the cursor to another place ends the line.
    private int escape(int at, StringBuilder line) {
        int i = at + 1;
        if (i >= text.length()) return i;
        char kind = text.charAt(i);
        if (kind == '[') {
            i++;
            while (i < text.length() && text.charAt(i) >= ' ' && text.charAt(i) < '@') i++;
            if (i >= text.length() || text.charAt(i) > '~' || text.charAt(i) < '@') return i;
            char last = text.charAt(i);
            if (last == 'A' || last == 'B' || last >= 'E' && last <= 'H' || last == 'd' || last == 'f') {
                line(line.toString());
                line.setLength(0);
            }
            return i + 1;
        }
        if (kind == ']') {
            for (int end = i + 1; end < Math.min(text.length(), i + 2_000); end++) {
                char c = text.charAt(end);
                if (c == '\u0007') return end + 1;
                if (c == '\u001b') return end + 1 < text.length() && text.charAt(end + 1) == '\\' ? end + 2 : end;
                if (c == '\n') return end;
            }
            return i + 1;
        }
        if (kind == '\u001b' || kind < ' ') return i;
        while (i < text.length() - 1 && text.charAt(i) >= ' ' && text.charAt(i) <= '/') i++;
        return i + 1;
    }

    /// A line between two line ends or movements of the cursor.
    private void line(String raw) {
        if (raw.isBlank()) return;
        if (!nested && LineCleaning.isJsonString(raw)) {
            new TextLines(LineCleaning.jsonString(raw), sink, true).scan();
            return;
        }
        LineCleaning.states(raw, state -> {
            var line = LineCleaning.hyphens(LineCleaning.unquoted(state));
            if (!line.isBlank()) LineCutting.cut(line, sink);
        });
    }
}
