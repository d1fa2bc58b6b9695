package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// Finds the numbers of a line that somebody's own loop printed, each with the words in front of it: `Train Loss: 0.43 | Val Acc
/// 87.2%`, `loss=0.43, acc=9832/10000 (98%)`, `Loss 2.30 (2.41)`. One pass, linear in the length of the line.
final class PrintedPairs {
    private static final int MOST = 400;
    /// Spanish and Portuguese, German, Russian, Polish, Italian.
    private static final Set<String> ABROAD = Set.of("época", "epoca", "epoche", "эпоха", "epoka");

    private static final Set<String> TIME_UNITS = Set.of("s", "sec", "secs", "second", "seconds", "ms");

    private static final Memo<String> LAST_WORD = new Memo<>(
            name -> name.substring(name.lastIndexOf(' ') + 1).toLowerCase(Locale.ROOT));

    private final String line;
    private final List<Pair> pairs = new ArrayList<>();
    private int wordsFrom = -1;
    private int wordsTo = -1;
    private Optional<Role> role = Optional.empty();
    private int i;

    private PrintedPairs(String line) {
        this.line = line;
    }

    /// A number and what stands around it.
    ///
    /// @param name the words in front, empty if none
    /// @param named whether a colon or an equals sign binds name and number
    /// @param bracket whether the number stands directly behind an opening bracket
    /// @param text the number
    /// @param of the number behind a slash, -1 if none: `9832/10000`, `Epoch 3/10`
    /// @param percent whether a per cent sign follows
    /// @param unit letters directly behind, such as `s` or `it`
    /// @param average the number in brackets behind, empty if none: the mean so far
    /// @param hits of a fraction in brackets `(27561/50000)`, -1 if none
    /// @param hitsOf
    /// @param sticky the role of the last words that named one, for names without a role of their own
    record Pair(String name, boolean named, boolean bracket, String text, long of, boolean percent, String unit,
            String average,
            long hits, long hitsOf, Optional<Role> sticky) {
        /// The number as a value of a metric.
        Reading reading() {
            if (hits >= 0 && hitsOf > 0) return Readings.fraction(hits, hitsOf, hits + "/" + hitsOf);
            long whole = of > 0 ? Readings.whole(text, 0, text.length()) : -1;
            if (whole >= 0 && whole <= of) return Readings.fraction(whole, of, text + "/" + of);
            var number = average.isEmpty() ? text : average;
            return percent ? Readings.percent(number) : Readings.of(number);
        }

        Pair in(String letters) {
            return new Pair(name, named, bracket, text, of, percent, letters, average, hits, hitsOf, sticky);
        }

        /// How many images were scored, where the number is a fraction of them; -1 otherwise.
        long scored() {
            return hits >= 0 ? hitsOf : of;
        }

        /// The number as a whole one, -1 if it is none.
        long whole() {
            return Readings.whole(text, 0, text.length());
        }

        String lastWord() {
            return LAST_WORD.of(name);
        }
    }

    static List<Pair> of(String line) {
        var found = new PrintedPairs(line);
        found.scan();
        return found.pairs;
    }

    private void scan() {
        while (i < line.length() && pairs.size() < MOST) {
            char c = line.charAt(i);
            if (isWordStart(c)) {
                word();
            } else if (isNumberStart()) {
                number();
            } else {
                if (isHardSeparator(c)) endOfName();
                i++;
            }
        }
    }

    private static boolean isWordStart(char c) {
        return Character.isLetter(c) || c == '_';
    }

    private boolean isNumberStart() {
        char c = line.charAt(i);
        if (Readings.isDigit(c)) return true;
        if (i + 1 >= line.length()) return false;
        char next = line.charAt(i + 1);
        boolean fresh = i == 0 || !Character.isLetterOrDigit(line.charAt(i - 1));
        if (c == '.' && Readings.isDigit(next)) return fresh;
        return (c == '-' || c == '+') && fresh
                && (Readings.isDigit(next) || next == '.' || line.startsWith("inf", i + 1)
                        || line.startsWith("nan", i + 1));
    }

    /// Where a name ends though no number came: `|`, `,`, `;`, a tab, ` - `.
    private boolean isHardSeparator(char c) {
        return switch (c) {
            case '\t' -> !isBinding(i + 1);
            case '|', ',', ';', ']', '}', '*', '\u2502', '\u2503', '/', '!' -> true;
            case '-', '\u2013', '\u2014' ->
                i > 0 && line.charAt(i - 1) == ' ' && i + 1 < line.length() && line.charAt(i + 1) == ' '
                        && !isBinding(i + 2) && !leadsToRole(i + 2);
            default -> false;
        };
    }

    /// `train_loss - 0.41`: between a metric and its number a hyphen or a tab binds.
    private boolean isBinding(int from) {
        if (wordsFrom < 0) return false;
        int at = from;
        while (at < line.length() && (line.charAt(at) == ' ' || line.charAt(at) == '\t')) at++;
        if (at < line.length() && line.charAt(at) == '-') at++;
        return at < line.length() && Readings.isDigit(line.charAt(at))
                && Names.free(line.substring(wordsFrom, wordsTo)).known();
    }

    /// `Loss - train: 0.41, val: 0.52`: a metric, and then the sets.
    private boolean leadsToRole(int from) {
        if (wordsFrom < 0 || !Names.free(line.substring(wordsFrom, wordsTo)).isBareMetric()) return false;
        int end = from;
        while (end < line.length() && Character.isLetter(line.charAt(end))) end++;
        return end > from && Names.role(line.substring(from, end)).isPresent();
    }

    private void endOfName() {
        if (wordsFrom >= 0) {
            var named = Names.free(line.substring(wordsFrom, wordsTo)).role();
            if (named.isPresent()) role = named;
        }
        wordsFrom = -1;
    }

    private void word() {
        int start = i;
        while (i < line.length()) {
            char c = line.charAt(i);
            if (Character.isLetterOrDigit(c) || c == '_' || c == '@') {
                i++;
            } else if ((c == '-' || c == '/' || c == '.' || c == '\'') && i + 1 < line.length()
                    && Character.isLetterOrDigit(line.charAt(i + 1))
                    && !(c == '.' && Readings.isDigit(line.charAt(i + 1)))) {
                i++;
            } else {
                break;
            }
        }
        var word = line.substring(start, i);
        if (isTimeUnit(start, word)) return;
        if (isNotFinite(word)) {
            i = start;
            number();
            return;
        }
        int glued = gluedNumber(word);
        if (glued > 0) {
            i = start + glued;
            extend(start, i);
            number();
            return;
        }
        int digits = trailingDigits(word);
        if (digits > 0 && (isEpochWord(word.substring(0, digits)) || digits == 1 && isEpochLetter(start, word))) {
            i = start + digits;
            extend(start, start + digits);
            while (i < line.length() && !Readings.isDigit(line.charAt(i))) i++;
            number();
            return;
        }
        if (i < line.length() && line.charAt(i) == '(' && isWrapper(word)) return;
        extend(start, i);
    }

    /// `25.15 sec(s) Train Acc: 0.24`: the word behind a number, blanks aside, that says it was a time.
    private boolean isTimeUnit(int start, String word) {
        if (wordsFrom >= 0 || pairs.isEmpty() || !TIME_UNITS.contains(word.toLowerCase(Locale.ROOT))) return false;
        int k = start;
        while (k > 0 && line.charAt(k - 1) == ' ') k--;
        if (k == 0 || !Readings.isDigit(line.charAt(k - 1))) return false;
        pairs.set(pairs.size() - 1, pairs.getLast().in(word));
        if (line.startsWith("(s)", i)) i += 3;
        return true;
    }

    private boolean isNotFinite(String word) {
        if (word.length() < 3 || word.length() > 8) return false;
        char first = word.charAt(0);
        if (first != 'n' && first != 'N' && first != 'i' && first != 'I') return false;
        boolean is = word.equalsIgnoreCase("nan") || word.equalsIgnoreCase("inf") || word.equalsIgnoreCase("infinity");
        return is && wordsFrom >= 0;
    }

    /// `tensor(0.43, …)`, `np.float32(0.43)` wrap a number.
    private static boolean isWrapper(String word) {
        return word.endsWith("tensor") || word.endsWith("Tensor") || word.contains("float") || word.endsWith("array")
                || word.endsWith("Parameter");
    }

    /// Where the digits at the end of a word begin, behind an underscore or hyphen if there is one; 0 if there are none.
    private static int trailingDigits(String word) {
        int at = word.length();
        while (at > 0 && Readings.isDigit(word.charAt(at - 1))) at--;
        if (at == word.length() || at == 0) return 0;
        return word.charAt(at - 1) == '_' || word.charAt(at - 1) == '-' ? at - 1 : at;
    }

    /// Where in `trLoss0` of `trLoss0.41` the number begins; 0 if it has none.
    private int gluedNumber(String word) {
        if (i + 1 >= line.length() || line.charAt(i) != '.' || !Readings.isDigit(line.charAt(i + 1))) return 0;
        int at = word.length();
        while (at > 0 && Readings.isDigit(word.charAt(at - 1))) at--;
        boolean metric = at > 0 && at < word.length() && word.charAt(at - 1) != '_'
                && Names.free(word.substring(0, at)).known();
        return metric ? at : 0;
    }

    /// `E01` at the beginning of a line.
    private boolean isEpochLetter(int start, String word) {
        return (word.charAt(0) == 'E' || word.charAt(0) == 'e') && LineCleaning.skipBlanks(line, 0) == start;
    }

    static boolean isEpochWord(String word) {
        char first = word.isEmpty() ? ' ' : word.charAt(0);
        if ("eEéÉэЭ轮".indexOf(first) < 0) return false;
        return word.equalsIgnoreCase("epoch") || word.equalsIgnoreCase("epochs") || word.equalsIgnoreCase("ep")
                || word.equalsIgnoreCase("epoc") || word.equals("轮次") || word.equalsIgnoreCase("epoch_num")
                || word.equalsIgnoreCase("epoch_idx") || ABROAD.contains(word.toLowerCase(Locale.ROOT));
    }

    private void extend(int start, int end) {
        if (wordsFrom < 0) wordsFrom = start;
        wordsTo = end;
    }

    private void number() {
        int start = i;
        int end = Readings.end(line, i);
        if (end < 0) {
            i++;
            return;
        }
        i = end;
        var name = wordsFrom < 0 ? "" : nameOf(line.substring(wordsFrom, wordsTo));
        int binding = wordsFrom < 0 ? start : wordsTo;
        boolean named = false;
        boolean bracket = false;
        for (int k = binding; k < start; k++) {
            char c = line.charAt(k);
            named |= c == ':' || c == '=' || c == '：';
            bracket |= c == '[' || c == '(';
        }
        if (wordsFrom < 0 && start > 0) bracket = opens(start);
        var text = line.substring(start, end);
        boolean before = start > 0 && line.charAt(start - 1) == '%';
        long of = slash(text.indexOf('.') >= 0);
        boolean percent = percent() || before;
        var unit = unit();
        var behind = brackets(of >= 0 || percent);
        pairs.add(new Pair(name, named, bracket, text, of, percent || behind.percent && of < 0, unit, behind.average,
                behind.hits, behind.of,
                role));
        var own = name.isEmpty() ? Optional.<Role>empty() : Names.free(name).role();
        if (own.isPresent()) role = own;
        wordsFrom = -1;
    }

    /// Whether an opening bracket stands in front of an index, blanks aside.
    private boolean opens(int at) {
        int k = at - 1;
        while (k >= 0 && line.charAt(k) == ' ') k--;
        return k >= 0 && (line.charAt(k) == '[' || line.charAt(k) == '(');
    }

    /// The words behind the last colon: `Test set: Average loss` is a loss, and what stands before says of which set.
    private String nameOf(String words) {
        int colon = Math.max(words.lastIndexOf(": "), words.lastIndexOf("> "));
        if (colon > 0) {
            var name = cleanName(words.substring(colon + 1));
            var parsed = Names.free(name);
            if (!parsed.name().isEmpty() && !name.isEmpty()) {
                var before = Names.free(words.substring(0, colon)).role();
                if (before.isPresent()) role = before;
                return name;
            }
        }
        return cleanName(words);
    }

    private static String cleanName(String words) {
        return CLEAN.of(words);
    }

    private static final Memo<String> CLEAN = new Memo<>(PrintedPairs::cleaned);

    /// Quotes, brackets and colons out, single blanks between the words.
    private static String cleaned(String words) {
        var name = new StringBuilder(words.length());
        for (int k = 0; k < words.length(); k++) {
            char c = words.charAt(k);
            if (c == '\'' && words.startsWith("'s", k)) k++;
            boolean alone = c == '-' && k > 0 && words.charAt(k - 1) == ' ' && words.startsWith(" ", k + 1);
            if (c == '"' || c == '\'' || alone) continue;
            boolean blank = c == ' ' || c == '\t' || c == ':' || c == '=' || c == '(' || c == ')' || c == '%'
                    || c >= 0x80 && !Character.isLetter(c);
            if (!blank) name.append(c);
            else if (!name.isEmpty() && name.charAt(name.length() - 1) != ' ') name.append(' ');
        }
        return name.toString().strip();
    }

    /// `/10` behind a number.
    private long slash(boolean decimal) {
        int at = LineCleaning.skipBlanks(line, i);
        if (at >= line.length() || line.charAt(at) != '/') return -1;
        int from = LineCleaning.skipBlanks(line, at + 1);
        int end = from;
        while (end < line.length() && Readings.isDigit(line.charAt(end))) end++;
        long of = Readings.whole(line, from, end);
        if (of < 0 || isNext(from, decimal)) return -1;
        i = end;
        if (i + 1 < line.length() && line.charAt(i) == '.' && Readings.isDigit(line.charAt(i + 1))) {
            i = Readings.end(line, from);
            return of;
        }
        return of;
    }

    /// `0.43 / 87.21%`, `0.43/0.91`: a second number, not what the first is a part of.
    private boolean isNext(int from, boolean decimal) {
        int end = Readings.end(line, from);
        if (end < 0 || line.substring(from, end).indexOf('.') < 0) return false;
        return decimal || line.startsWith("%", end) || line.charAt(from) == '0' && line.charAt(from + 1) == '.';
    }

    private boolean percent() {
        int at = LineCleaning.skipBlanks(line, i);
        if (at < line.length() && (line.charAt(at) == '%' || line.charAt(at) == '％')) {
            i = at + 1;
            return true;
        }
        return false;
    }

    /// Letters glued to the number.
    private String unit() {
        int start = i;
        while (i < line.length() && (Character.isLetter(line.charAt(i)) || line.charAt(i) == '/') && i - start < 12)
            i++;
        return line.substring(start, i);
    }

    private record Behind(String average, long hits, long of, boolean percent) {
        static final Behind NOTHING = new Behind("", -1, -1, false);
    }

    /// `(0.41)`, `(27561/50000)`, `(98%)` behind a number.
    private Behind brackets(boolean known) {
        int at = LineCleaning.skipBlanks(line, i);
        if (at >= line.length() || line.charAt(at) != '(') return Behind.NOTHING;
        int from = LineCleaning.skipBlanks(line, at + 1);
        int end = Readings.end(line, from);
        if (end < 0) return Behind.NOTHING;
        int after = LineCleaning.skipBlanks(line, end);
        if (after < line.length() && line.charAt(after) == '/') {
            int second = LineCleaning.skipBlanks(line, after + 1);
            int stop = second;
            while (stop < line.length() && Readings.isDigit(line.charAt(stop))) stop++;
            long hits = Readings.whole(line, from, end);
            if (hits < 0) hits = wholeOfDecimal(line.substring(from, end));
            long of = Readings.whole(line, second, stop);
            if (hits < 0 || of <= 0 || hits > of) return Behind.NOTHING;
            i = stop;
            return new Behind("", hits, of, false);
        }
        boolean percent = after < line.length() && line.charAt(after) == '%';
        if (percent) after = LineCleaning.skipBlanks(line, after + 1);
        // `0.43 (87.2%)` are two numbers.
        if (after >= line.length() || line.charAt(after) != ')' || percent && !known) return Behind.NOTHING;
        i = after + 1;
        return known ? Behind.NOTHING : new Behind(line.substring(from, end), -1, -1, false);
    }

    /// `27561.0` counts as well.
    private static long wholeOfDecimal(String text) {
        int point = text.indexOf('.');
        if (point <= 0) return -1;
        for (int k = point + 1; k < text.length(); k++) {
            if (text.charAt(k) != '0') return -1;
        }
        return Readings.whole(text, 0, point);
    }
}
