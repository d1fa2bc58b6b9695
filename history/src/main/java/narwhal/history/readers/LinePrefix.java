package narwhal.history.readers;

import java.util.Locale;

/// Finds where a logger's prefix ends: times, levels, names of files and processes in front of the message.
final class LinePrefix {
    private static final String[] LEVELS = {"INFO", "DEBUG", "NOTICE", "info", "debug", "Info"};
    private static final int LONGEST = 120;

    private LinePrefix() {
    }

    /// The index in `start…end` at which the message begins.
    static int end(String line, int start, int end) {
        int at = start;
        boolean timed = false;
        for (int round = 0; round < 6; round++) {
            int i = LineCleaning.skipBlanks(line, at);
            if (i >= end) return at;
            int next = bracket(line, i, end);
            if (next == 0) next = glog(line, i, end);
            if (next == 0) {
                next = time(line, i, end);
                timed |= next > 0;
            }
            if (next == 0) next = level(line, i, end);
            if (next == 0 && timed) next = loggerName(line, i, end);
            if (next == 0) next = process(line, i, end);
            if (next == 0) return at;
            at = next;
        }
        return at;
    }

    /// `[2019-07-01 12:00:00,123]`, `[INFO]`, `(pid=12)`, `[1,0]<stdout>:`.
    private static int bracket(String line, int i, int end) {
        char open = line.charAt(i);
        if (open != '[' && open != '(' && open != '<' && open != '{') return 0;
        char close = open == '[' ? ']' : open == '(' ? ')' : open == '<' ? '>' : '}';
        int to = -1;
        for (int k = i + 1; k < Math.min(end, i + 80); k++) {
            if (line.charAt(k) == close) {
                to = k;
                break;
            }
        }
        if (to < 0) return 0;
        if (line.startsWith("<stdout>:", to + 1)) return to + 10;
        if (line.startsWith("<stderr>:", to + 1)) return to + 10;
        var inside = line.substring(i + 1, to);
        boolean prefix = time(inside + " ", 0, inside.length() + 1) > 0 || inside.startsWith("pid=")
                || inside.contains(" pid=")
                || inside.startsWith("rank") && inside.length() < 9 || isWeekday(inside) && inside.indexOf(':') > 0;
        for (var level : LEVELS) prefix |= inside.trim().startsWith(level) && inside.length() < 30;
        return prefix ? separators(line, to + 1, end) : 0;
    }

    private static boolean isWeekday(String text) {
        return text.length() > 3 && "Mon Tue Wed Thu Fri Sat Sun".contains(text.substring(0, 3));
    }

    /// `I0701 12:00:00.000000 140 file.py:10] `.
    private static int glog(String line, int i, int end) {
        if ("IWEF".indexOf(line.charAt(i)) < 0 || !digits(line, i + 1, 4, end) || i + 5 >= end
                || line.charAt(i + 5) != ' ')
            return 0;
        if (clock(line, i + 6, end) == 0) return 0;
        int close = line.indexOf("] ", i);
        return close > 0 && close < i + LONGEST && close + 2 <= end ? close + 2 : 0;
    }

    /// A date, a clock or both, with the separators behind.
    private static int time(String line, int i, int end) {
        int at = date(line, i, end);
        boolean dated = at > 0;
        if (dated) {
            int clock = at < end && (line.charAt(at) == 'T' || line.charAt(at) == ' ' || line.charAt(at) == '_')
                    ? clock(line, LineCleaning.skipBlanks(line, at + 1), end)
                    : 0;
            if (clock > 0) at = clock;
        } else {
            at = clock(line, i, end);
            if (at == 0) return 0;
        }
        int zone = at;
        if (zone < end && (line.charAt(zone) == 'Z' || line.charAt(zone) == '+')
                || zone < end && dated && line.charAt(zone) == '-'
                        && digits(line, zone + 1, 2, end)) {
            zone++;
            while (zone < end && (Character.isDigit(line.charAt(zone)) || line.charAt(zone) == ':')) zone++;
            at = zone;
        }
        // `00:43:58train Loss` has lost its blank.
        if (at < end && " \t:|,-]".indexOf(line.charAt(at)) < 0 && !Character.isLetter(line.charAt(at))) return 0;
        return separators(line, at, end);
    }

    /// `2019-07-01`, `2019/07/01`, `07-01`, `07/01/2019` before a clock.
    private static int date(String line, int i, int end) {
        if (digits(line, i, 4, end) && i + 4 < end && (line.charAt(i + 4) == '-' || line.charAt(i + 4) == '/')
                && digits(line, i + 5, 2, end) && i + 7 < end && line.charAt(i + 7) == line.charAt(i + 4)
                && digits(line, i + 8, 2, end)) {
            return i + 10;
        }
        if (digits(line, i, 2, end) && i + 2 < end && (line.charAt(i + 2) == '-' || line.charAt(i + 2) == '/')
                && digits(line, i + 3, 2, end)) {
            int at = i + 5;
            if (at < end && line.charAt(at) == line.charAt(i + 2)) {
                if (digits(line, at + 1, 4, end)) at += 5;
                else if (digits(line, at + 1, 2, end)) at += 3;
                else
                    return 0;
            }
            if (at < end && line.charAt(at) == ' ' && clock(line, LineCleaning.skipBlanks(line, at), end) > 0)
                return at;
        }
        if (digits(line, i, 8, end) && i + 8 < end && line.charAt(i + 8) == ' '
                && (line.startsWith("19", i) || line.startsWith("20", i))
                && clock(line, i + 9, end) > 0) {
            return i + 8;
        }
        return 0;
    }

    /// `12:00:00`, with or without fractions. `12:00` alone is no clock: it may be a duration.
    private static int clock(String line, int i, int end) {
        if (!digits(line, i, 2, end) || i + 2 >= end || line.charAt(i + 2) != ':' || !digits(line, i + 3, 2, end)
                || i + 5 >= end || line.charAt(i + 5) != ':' || !digits(line, i + 6, 2, end))
            return 0;
        int at = i + 8;
        if (at + 1 < end && (line.charAt(at) == '.' || line.charAt(at) == ',')
                && Character.isDigit(line.charAt(at + 1))) {
            at++;
            while (at < end && Character.isDigit(line.charAt(at))) at++;
        }
        return at;
    }

    private static boolean digits(String line, int i, int count, int end) {
        if (i < 0 || i + count > end) return false;
        for (int k = i; k < i + count; k++) {
            if (!Character.isDigit(line.charAt(k))) return false;
        }
        return true;
    }

    /// `INFO:root:`, `INFO - `, `INFO:tensorflow:`. A warning keeps its level: it is an event.
    private static int level(String line, int i, int end) {
        for (var level : LEVELS) {
            if (!line.startsWith(level, i)) continue;
            int at = i + level.length();
            if (at >= end || ": \t-]|".indexOf(line.charAt(at)) < 0) continue;
            if (line.charAt(at) == ':' && at + 1 < end && Character.isLetter(line.charAt(at + 1))) {
                int colon = line.indexOf(':', at + 1);
                if (colon > 0 && colon < at + 60 && isName(line, at + 1, colon))
                    return separators(line, colon + 1, end);
            }
            return separators(line, at, end);
        }
        return 0;
    }

    /// `__main__ - INFO - ` behind a time.
    private static int loggerName(String line, int i, int end) {
        int stop = Math.min(end, i + LONGEST);
        for (var level : LEVELS) {
            int at = line.indexOf(level, i);
            if (at <= i || at + level.length() > stop || Character.isLetter(line.charAt(at - 1))) continue;
            if (!isName(line, i, at)) continue;
            int after = at + level.length();
            if (after < end && ": \t-]|".indexOf(line.charAt(after)) >= 0) return separators(line, after, end);
        }
        return 0;
    }

    /// `trainer_1  | `, `In [3]: `, `Out[3]: `, `stdout: `, `wandb: `.
    private static int process(String line, int i, int end) {
        if (line.startsWith("In [", i) || line.startsWith("Out[", i)) {
            int close = line.indexOf("]:", i);
            return close > 0 && close < i + 12 ? Math.min(end, close + 2) : 0;
        }
        for (var name : new String[]{"stdout: ", "stderr: ", "stdout | ", "wandb: ", "out: "}) {
            if (line.startsWith(name, i)) return i + name.length();
        }
        int at = i;
        while (at < Math.min(end, i + 40)
                && (Character.isLetterOrDigit(line.charAt(at)) || "._-".indexOf(line.charAt(at)) >= 0))
            at++;
        int bar = LineCleaning.skipBlanks(line, at);
        if (bar + 1 >= end || line.charAt(bar) != '|' || line.charAt(bar + 1) != ' ') return 0;
        var name = line.substring(i, at).toLowerCase(Locale.ROOT);
        boolean container = (name.indexOf('_') > 0 || name.indexOf('-') > 0) && !name.isEmpty()
                && Character.isDigit(name.charAt(name.length() - 1)) && !name.startsWith("epoch")
                && !name.startsWith("top");
        return container ? bar + 2 : 0;
    }

    private static boolean isName(String line, int from, int to) {
        for (int k = from; k < to; k++) {
            char c = line.charAt(k);
            if (!Character.isLetterOrDigit(c) && " \t._-:/[]|()".indexOf(c) < 0) return false;
        }
        return true;
    }

    private static int separators(String line, int from, int end) {
        int i = from;
        while (i < end && " \t:|,]".indexOf(line.charAt(i)) >= 0) i++;
        // A hyphen separates only with blanks on both sides; `-0.5` and ` - 12s` behind a time stay whole enough to be read.
        if (i < end && line.charAt(i) == '-' && i + 1 < end && line.charAt(i + 1) == ' ')
            i = LineCleaning.skipBlanks(line, i + 1);
        return i;
    }
}
