package narwhal.history.readers;

import java.math.BigDecimal;
import narwhal.history.log.Reading;

/// Finds numbers in text and turns them into readings.
final class Readings {
    /// Float64 of an exploded loss has 309 digits; nothing longer is a number.
    private static final int LONGEST = 400;

    private Readings() {
    }

    /// The index behind the number that begins at `from`, or -1 if there is none: `0.95`, `.5`, `-1e-05`, `nan`, `inf`. A point or
    /// an exponent sign without digits behind it is not part of a number.
    static int end(String s, int from) {
        int i = from;
        int length = s.length();
        if (i < length && (s.charAt(i) == '-' || s.charAt(i) == '+')) i++;
        int word = notFinite(s, i);
        if (word > 0) return word;
        int digits = i;
        while (i < length && isDigit(s.charAt(i))) i++;
        int count = i - digits;
        if (i + 1 < length && s.charAt(i) == '.' && isDigit(s.charAt(i + 1))) {
            int fraction = ++i;
            while (i < length && isDigit(s.charAt(i))) i++;
            count += i - fraction;
        } else if (count > 0 && i < length && s.charAt(i) == '.'
                && (i + 1 == length || !Character.isLetterOrDigit(s.charAt(i + 1)))) {
            i++;
        }
        if (count == 0 || count > LONGEST) return -1;
        if (i < length && (s.charAt(i) == 'e' || s.charAt(i) == 'E')) {
            int e = i + 1;
            if (e < length && (s.charAt(e) == '-' || s.charAt(e) == '+')) e++;
            int exponent = e;
            while (e < length && isDigit(s.charAt(e)) && e - exponent < 5) e++;
            if (e > exponent) i = e;
        }
        return i;
    }

    private static int notFinite(String s, int i) {
        if (i >= s.length()) return -1;
        char c = s.charAt(i);
        if (c != 'n' && c != 'N' && c != 'i' && c != 'I') return -1;
        for (var word : new String[]{"nan", "infinity", "inf"}) {
            int end = i + word.length();
            if (s.regionMatches(true, i, word, 0, word.length())
                    && (end == s.length() || !Character.isLetterOrDigit(s.charAt(end)) && s.charAt(end) != '_')) {
                return end;
            }
        }
        return -1;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// The reading of a number as printed.
    static Reading of(String text) {
        return reading(text, false, 8);
    }

    /// The reading of a number in a line whose layout fixes the count of decimals, so that many digits only mean a large number.
    static Reading fixed(String text) {
        return reading(text, false, Integer.MAX_VALUE);
    }

    /// The reading of a percentage.
    static Reading percent(String text) {
        return reading(text, true, 10);
    }

    /// A count of hits: `9832/10000` is known exactly.
    static Reading fraction(long hits, long of, String text) {
        double value = (double) hits / of;
        return new Reading(value, Reading.FLOAT_ROUNDING * Math.abs(value), text, true);
    }

    private static Reading reading(String text, boolean percent, int fullFrom) {
        double value = percent ? hundredth(text) : value(text);
        if (!Double.isFinite(value)) return new Reading(value, 0, text, false);
        int point = text.indexOf('.');
        int e = Math.max(text.indexOf('e'), text.indexOf('E'));
        int end = e < 0 ? text.length() : e;
        int decimals = point < 0 ? 0 : end - point - 1;
        int exponent = e < 0 ? 0 : Integer.parseInt(text.substring(text.charAt(e + 1) == '+' ? e + 2 : e + 1));
        boolean full = decimals >= 7 && significant(text, end) >= Math.min(fullFrom, 100)
                || significant(text, end) >= 15 && fullFrom < 100
                        && decimals > 4;
        double half = full
                ? Reading.FLOAT_ROUNDING * Math.abs(value)
                : 0.5 * Math.pow(10, Math.clamp(exponent - (long) decimals, -400, 400)) / (percent ? 100 : 1);
        return new Reading(value, half, text, full);
    }

    /// The double nearest to a hundredth of the decimal number, as if the fraction itself had been printed.
    private static double hundredth(String text) {
        double value = value(text);
        return Double.isFinite(value) ? new BigDecimal(text).movePointLeft(2).doubleValue() : value;
    }

    /// Digits from the first that is not zero.
    private static int significant(String text, int end) {
        int count = 0;
        for (int i = 0; i < end; i++) {
            char c = text.charAt(i);
            if (isDigit(c) && (count > 0 || c != '0')) count++;
        }
        return count;
    }

    /// The value of a number that [#end] found.
    static double value(String text) {
        int sign = text.startsWith("-") || text.startsWith("+") ? 1 : 0;
        char first = text.length() > sign ? text.charAt(sign) : ' ';
        if (first == 'n' || first == 'N') return Double.NaN;
        if (first == 'i' || first == 'I')
            return text.startsWith("-") ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY;
        return Double.parseDouble(text);
    }

    /// A whole number up to a million million million, thousands separated by commas or not; -1 if it is none.
    static long whole(String s, int from, int to) {
        long value = 0;
        int digits = 0;
        for (int i = from; i < to; i++) {
            char c = s.charAt(i);
            if (c == ',' || c == '_') continue;
            if (!isDigit(c) || ++digits > 18) return -1;
            value = 10 * value + (c - '0');
        }
        return digits == 0 ? -1 : value;
    }
}
