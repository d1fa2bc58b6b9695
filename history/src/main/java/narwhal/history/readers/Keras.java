package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import narwhal.history.log.Reading;
import org.jspecify.annotations.Nullable;

/// One line of Keras' progress output taken apart, of any version.
final class Keras {
    private Keras() {
    }

    /// A line with values.
    ///
    /// @param done batches or samples so far; -1 where the line has no count
    /// @param target where the count ends; -1 where unknown
    /// @param bar whether a bar is drawn, as `verbose=1` does
    /// @param last whether the line shows the elapsed time and no estimate: the last state of a bar
    /// @param heavy whether the bar is that of Keras 3
    /// @param seconds elapsed, for the last state
    /// @param perStep seconds for each step
    /// @param perSample whether the time is given for each sample
    /// @param pairs names and values
    record Line(long done, long target, boolean bar, boolean last, boolean heavy, OptionalDouble seconds,
            OptionalDouble perStep,
            boolean perSample, List<Pair> pairs) {
        boolean full() {
            return target >= 0 && done >= target || target < 0 && last;
        }

        boolean hasValidation() {
            return pairs.stream().anyMatch(pair -> pair.name().startsWith("val_") || pair.name().startsWith("val. "));
        }
    }

    /// A name and a value.
    record Pair(String name, Reading value) {}

    /// A headline `Epoch 3/60`.
    ///
    /// @param total 0 where it has none
    /// @param end index behind it
    record Header(int number, int total, int end) {}

    // Headlines

    /// The headline at the beginning of a line, or null. A line that goes on with anything but a bar or values is somebody else's.
    static @Nullable Header header(String line) {
        int i = LineCleaning.skipBlanks(line, 0);
        if (!line.startsWith("Epoch", i)) return null;
        i += 5;
        if (i < line.length() && line.charAt(i) == ':') i++;
        int start = LineCleaning.skipBlanks(line, i);
        int end = start;
        while (end < line.length() && Readings.isDigit(line.charAt(end))) end++;
        long number = Readings.whole(line, start, end);
        if (number < 0 || number > 100_000_000 || start == i - 1 && line.charAt(i - 1) != ':') return null;
        int total = 0;
        if (end < line.length() && line.charAt(end) == '/') {
            int from = end + 1;
            end = from;
            while (end < line.length() && Readings.isDigit(line.charAt(end))) end++;
            long m = Readings.whole(line, from, end);
            if (m < 0 || m > 100_000_000) return null;
            total = (int) m;
        }
        int rest = LineCleaning.skipBlanks(line, end);
        if (rest == line.length()) return new Header((int) number, total, rest);
        if (total == 0) return null;
        boolean values = line.startsWith("- ", rest)
                || barAt(line, rest) >= 0 && countStart(line, barAt(line, rest)) == rest
                || line.startsWith("...", rest);
        return values ? new Header((int) number, total, rest) : null;
    }

    // Bars

    /// The index at which the drawing of a bar begins behind its count, at or behind `from`: the `[` of `9/10 [====>`, the first `━`.
    static int barAt(String line, int from) {
        int bracket = line.indexOf('[', from);
        while (bracket >= 0 && !isBracketBar(line, bracket)) bracket = line.indexOf('[', bracket + 1);
        int heavy = bracket < 0 ? line.indexOf('━', from) : line.indexOf('━', from, bracket);
        if (heavy >= 0 && countStart(line, heavy) < 0) heavy = -1;
        if (bracket < 0) return heavy;
        return heavy < 0 ? bracket : Math.min(bracket, heavy);
    }

    private static boolean isBracketBar(String line, int at) {
        int i = at + 1;
        while (i < line.length() && i - at < 200 && "=>.#-*█▒░━".indexOf(line.charAt(i)) >= 0) i++;
        if (i - at < 4 || i < line.length() && line.charAt(i) != ']') return false;
        return countStart(line, at) >= 0;
    }

    /// Where the count in front of a bar begins, or -1 if there is none. `val_acc: 0.954812/910 [` has lost a line end: after four
    /// decimals, as Keras prints them, the count begins.
    static int countStart(String line, int bar) {
        int i = bar;
        while (i > 0 && line.charAt(i - 1) == ' ') i--;
        int end = i;
        while (i > 0 && (Readings.isDigit(line.charAt(i - 1)))) i--;
        if (i == end && i >= 7 && line.startsWith("Unknown", i - 7)) i -= 7;
        else if (i == end && i >= 4 && line.startsWith("None", i - 4)) i -= 4;
        else if (i == end) return -1;
        if (i == 0 || line.charAt(i - 1) != '/') return -1;
        int slash = --i;
        while (i > 0 && Readings.isDigit(line.charAt(i - 1))) i--;
        if (i == slash) return -1;
        if (i > 1 && line.charAt(i - 1) == '.' && Readings.isDigit(line.charAt(i - 2)) && slash - i > 4) return i + 4;
        if (i > 1 && (line.charAt(i - 1) == '-' || line.charAt(i - 1) == '+') && line.charAt(i - 2) == 'e'
                && slash - i > 2)
            return i + 2;
        return i;
    }

    /// The index behind the drawing that begins at `bar`.
    static int barEnd(String line, int bar) {
        int i = bar + 1;
        if (line.charAt(bar) == '[') {
            while (i < line.length() && line.charAt(i) != ']' && i - bar < 200) i++;
            return Math.min(line.length(), i + 1);
        }
        while (i < line.length() && (line.charAt(i) == '━' || line.charAt(i) == ' ')) i++;
        return i;
    }

    // Lines with values

    /// A line with a bar or with a count and a time (`500/500 - 2s - loss: …`) or with a time alone (` - 12s - loss: …`), or null.
    static @Nullable Line parse(String line) {
        int bar = barAt(line, 0);
        if (bar >= 0) {
            int count = countStart(line, bar);
            int slash = line.indexOf('/', count);
            return rest(line, barEnd(line, bar), Readings.whole(line, count, slash), target(line, slash + 1), true,
                    line.charAt(bar) == '━');
        }
        return withoutBar(line);
    }

    private static long target(String line, int from) {
        int end = from;
        while (end < line.length() && Readings.isDigit(line.charAt(end))) end++;
        return Readings.whole(line, from, end);
    }

    private static @Nullable Line withoutBar(String line) {
        int i = LineCleaning.skipBlanks(line, 0);
        int digits = i;
        while (i < line.length() && Readings.isDigit(line.charAt(i))) i++;
        long done = -1;
        long target = -1;
        if (i > digits && i < line.length() && line.charAt(i) == '/') {
            done = Readings.whole(line, digits, i);
            int from = i + 1;
            i = from;
            if (line.startsWith("Unknown", i) || line.startsWith("None", i)) {
                i += line.charAt(i) == 'U' ? 7 : 4;
            } else {
                while (i < line.length() && Readings.isDigit(line.charAt(i))) i++;
                target = Readings.whole(line, from, i);
                if (target < 0) return null;
            }
            int drawing = damagedBar(line, i);
            if (drawing > i) return rest(line, drawing, done, target, true, true);
        } else if (i > digits) {
            // ` - 4s - loss: …` of which Markdown took the dash for a bullet.
            return line.startsWith("s - ", i) ? withTime(line, digits, -1, -1) : barTail(line);
        }
        int dash = LineCleaning.skipBlanks(line, i);
        if (dash + 2 >= line.length() || line.charAt(dash) != '-' || line.charAt(dash + 1) != ' ')
            return done < 0 ? barTail(line) : null;
        return withTime(line, dash + 2, done, target);
    }

    /// `2s - loss: …`.
    private static @Nullable Line withTime(String line, int time, long done, long target) {
        int end = Readings.end(line, time);
        if (end < 0 || end >= line.length() || line.charAt(end) != 's'
                || end + 1 < line.length() && line.charAt(end + 1) != ' ')
            return null;
        var parsed = rest(line, time, done, target, false, false);
        return parsed == null || parsed.pairs().isEmpty() ? null : parsed;
    }

    /// The end of a bar that was drawn with characters that got lost (`â”â”â”`, `???`, none at all): it is followed by a time.
    private static int damagedBar(String line, int from) {
        int i = from;
        int drawn = 0;
        while (i < line.length() && i - from < 200 && !isAsciiLetterOrDigit(line.charAt(i)) && line.charAt(i) != '-'
                && line.charAt(i) != ':'
                && line.charAt(i) != ')') {
            if (line.charAt(i) != ' ') drawn++;
            i++;
        }
        if (drawn < 5 && !(drawn == 0 && i > from)) return from;
        int end = Readings.end(line, i);
        boolean time = end > 0 && end < line.length() && line.charAt(end) == 's' && end + 1 < line.length()
                && line.charAt(end + 1) == ' ';
        boolean perStep = line.indexOf("/step", i) > 0;
        return time && perStep ? i : from;
    }

    private static boolean isAsciiLetterOrDigit(char c) {
        return c < 128 && Character.isLetterOrDigit(c);
    }

    /// A line of which the beginning is lost: `=====] - 530s 582ms/step - loss: …`.
    private static @Nullable Line barTail(String line) {
        int step = line.indexOf("/step - ");
        int close = line.indexOf("] - ");
        if (close > 0 && line.charAt(close - 1) != '=' && line.charAt(close - 1) != '.') close = -1;
        if (step < 0 && close < 0) return null;
        int from = close >= 0 ? close + 1 : step + 5;
        if (line.lastIndexOf('[', from) >= 0) return null;
        var parsed = rest(line, from, -1, -1, true, line.indexOf('━') >= 0);
        return parsed == null || parsed.pairs().size() < 2 ? null : parsed;
    }

    /// What follows the bar: the time, then the pairs.
    private static @Nullable Line rest(String line, int from, long done, long target, boolean bar, boolean heavy) {
        int i = from;
        boolean estimate = false;
        double seconds = Double.NaN;
        double perStep = Double.NaN;
        boolean perSample = false;
        int pairsFrom = i;
        int eta = line.indexOf("ETA:", i);
        int colon = line.indexOf(": ", i);
        if (eta >= 0 && (colon < 0 || eta <= colon)) {
            estimate = true;
            i = eta + 4;
        }
        while (i < line.length()) {
            while (i < line.length() && (line.charAt(i) == ' ' || line.charAt(i) == '-' || line.charAt(i) == '\t'
                    || line.charAt(i) == ','))
                i++;
            int end = durationEnd(line, i);
            if (end < 0) break;
            int slash = end;
            if (slash < line.length() && line.charAt(slash) == '/') {
                int word = slash + 1;
                while (word < line.length() && Character.isLetter(line.charAt(word))) word++;
                var what = line.substring(slash + 1, word);
                if (what.equals("step") || what.equals("batch")) perStep = duration(line, i, end);
                else if (what.equals("sample")) {
                    perStep = duration(line, i, end);
                    perSample = true;
                }
                end = word;
            } else {
                seconds = duration(line, i, end);
            }
            i = end;
            pairsFrom = i;
        }
        var pairs = pairs(line, pairsFrom);
        if (Double.isNaN(perStep)) perStep = trailingStepTime(line, pairsFrom);
        boolean running = estimate || heavy && target >= 0 && done < target;
        if (!bar && Double.isNaN(seconds)) return null;
        return new Line(done, target, bar, !running && !Double.isNaN(seconds), heavy,
                running || Double.isNaN(seconds) ? OptionalDouble.empty() : OptionalDouble.of(seconds),
                Double.isNaN(perStep) ? OptionalDouble.empty() : OptionalDouble.of(perStep), perSample, pairs);
    }

    /// tf.keras' `verbose=2` ends with ` - 530s/epoch - 582ms/step`.
    private static double trailingStepTime(String line, int from) {
        int step = line.lastIndexOf("/step");
        int start = step < 0 ? -1 : line.lastIndexOf(' ', step) + 1;
        return start > from && durationEnd(line, start) == step ? duration(line, start, step) : Double.NaN;
    }

    /// The index behind `530s`, `582ms`, `0.5s`, `1:02`, `1:02:03`, `3us`; -1 if there is no duration.
    static int durationEnd(String line, int from) {
        int i = from;
        while (i < line.length()
                && (Readings.isDigit(line.charAt(i)) || line.charAt(i) == '.' || line.charAt(i) == ':'))
            i++;
        if (i == from || !Readings.isDigit(line.charAt(from))) return -1;
        boolean clock = line.substring(from, i).indexOf(':') > 0;
        int unit = i;
        while (i < line.length() && Character.isLetter(line.charAt(i)) && i - unit < 3) i++;
        var word = line.substring(unit, i);
        boolean known = word.equals("s") || word.equals("ms") || word.equals("us") || word.equals("µs")
                || word.equals("ns");
        if (known) return i;
        return clock && word.isEmpty() ? unit : -1;
    }

    /// Seconds of a duration that [#durationEnd] found.
    static double duration(String line, int from, int to) {
        int unit = to;
        while (unit > from && Character.isLetter(line.charAt(unit - 1))) unit--;
        double seconds = 0;
        for (var part : line.substring(from, unit).split(":", 5)) {
            int end = Readings.end(part, 0);
            if (end != part.length() || end <= 0) return Double.NaN;
            seconds = 60 * seconds + Readings.value(part);
        }
        return seconds * switch (line.substring(unit, to)) {
            case "ms" -> 1e-3;
            case "us", "µs" -> 1e-6;
            case "ns" -> 1e-9;
            default -> 1;
        };
    }

    /// The pairs ` - name: number` from an index on.
    static List<Pair> pairs(String line, int from) {
        var pairs = new ArrayList<Pair>(6);
        int i = from;
        while (i < line.length() && pairs.size() < 200) {
            int colon = line.indexOf(':', i);
            if (colon < 0) break;
            int value = LineCleaning.skipBlanks(line, colon + 1);
            int end = Readings.end(line, value);
            if (end < 0) {
                i = colon + 1;
                continue;
            }
            var name = name(line, i, colon);
            if (!name.isEmpty() && isWholeNumber(line, value, end)) {
                pairs.add(new Pair(name, Readings.fixed(line.substring(value, end))));
            }
            i = end;
        }
        dropCutNumber(line, pairs);
        return pairs;
    }

    /// The name that ends at `colon`, after the last ` - ` in front of it.
    private static String name(String line, int from, int colon) {
        int start = colon;
        while (start > from && !(line.charAt(start - 1) == ' ' && start >= 2 && line.charAt(start - 2) == '-')) start--;
        if (start < colon && start == from) {
            while (start < colon && (line.charAt(start) == ' ' || line.charAt(start) == '-')) start++;
        }
        var name = line.substring(start, colon).trim();
        if (name.isEmpty() || name.length() > 80 || !(Character.isLetter(name.charAt(0)) || name.charAt(0) == '_'))
            return "";
        for (int i = 0; i < name.length(); i++) {
            char c = name.charAt(i);
            if (!Character.isLetterOrDigit(c) && "_.@/ -[]()<>=".indexOf(c) < 0) return "";
        }
        return name;
    }

    /// A number that goes on with other characters was cut: `5.0000e`, `0.6.`.
    private static boolean isWholeNumber(String line, int from, int end) {
        if (end == line.length()) {
            char last = line.charAt(end - 1);
            int e = line.lastIndexOf('e', end);
            boolean shortExponent = e > from
                    && end - e <= 2 + (line.charAt(e + 1) == '-' || line.charAt(e + 1) == '+' ? 1 : 0) - 1;
            return last != '.' && !shortExponent;
        }
        char after = line.charAt(end);
        return after != 'e' || end + 1 < line.length() && line.charAt(end + 1) != '-' && line.charAt(end + 1) != '+';
    }

    /// The last number has fewer decimals than all before it: the line was cut inside the number.
    private static void dropCutNumber(String line, List<Pair> pairs) {
        if (pairs.isEmpty() || line.isEmpty() || !Readings.isDigit(line.charAt(line.length() - 1))) return;
        var last = pairs.getLast().value().text();
        if (!line.endsWith(last) || decimals(last) < 0 || decimals(last) >= 4) return;
        boolean others = pairs.size() > 1;
        for (var pair : pairs.subList(0, pairs.size() - 1)) {
            int decimals = decimals(pair.value().text());
            others &= decimals < 0 || decimals == 4;
        }
        if (others) pairs.removeLast();
    }

    /// Digits behind the point; -1 for a number that is not finite.
    private static int decimals(String text) {
        if (!Readings.isDigit(text.charAt(text.length() - 1))) return -1;
        int point = text.indexOf('.');
        int e = text.indexOf('e');
        return point < 0 ? 0 : (e < 0 ? text.length() : e) - point - 1;
    }

    /// Whether a value is the learning rate that `ReduceLROnPlateau` and others put among the metrics.
    static boolean isRate(String name) {
        return name.equals("lr") || name.equals("learning_rate");
    }
}
