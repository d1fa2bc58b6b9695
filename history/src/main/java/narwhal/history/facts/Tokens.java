package narwhal.history.facts;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/// Cuts a sentence into words, numbers and signs.
final class Tokens {
    private static final Map<String, Integer> NUMBER_WORDS = Map.ofEntries(Map.entry("two", 2), Map.entry("three", 3),
            Map.entry("four", 4), Map.entry("five", 5), Map.entry("six", 6), Map.entry("seven", 7),
            Map.entry("eight", 8), Map.entry("nine", 9), Map.entry("ten", 10), Map.entry("eleven", 11),
            Map.entry("twelve", 12), Map.entry("thirteen", 13), Map.entry("fourteen", 14), Map.entry("fifteen", 15),
            Map.entry("sixteen", 16), Map.entry("twenty", 20),
            Map.entry("thirty", 30), Map.entry("forty", 40), Map.entry("fifty", 50), Map.entry("sixty", 60),
            Map.entry("hundred", 100));

    /// `2^12`, `2**8`
    private static final Pattern POWER = Pattern.compile("(?:\\^|\\*\\*)(\\d{1,2})(?![\\d.])");

    private Tokens() {
    }

    /// One of them.
    ///
    /// @param text as written, words in lower case
    /// @param original as written
    /// @param number not-a-number for words and signs
    /// @param start index of its first character
    /// @param end index behind it
    record Token(String text, String original, double number, int start, int end) {
        boolean isNumber() {
            return !Double.isNaN(number);
        }

        boolean isWord() {
            return Character.isLetter(text.charAt(0)) || text.charAt(0) == '_';
        }

        boolean is(String... words) {
            for (var word : words) {
                if (text.equals(word)) return true;
            }
            return false;
        }

        /// A whole number from 0 on, or -1.
        long whole() {
            return number >= 0 && number < 1e15 && number == Math.rint(number) ? (long) number : -1;
        }
    }

    static List<Token> of(String line) {
        var tokens = new ArrayList<Token>();
        int i = 0;
        while (i < line.length() && tokens.size() < 2_000) {
            char c = line.charAt(i);
            if (c <= ' ' || c == '\u00a0') {
                i++;
                continue;
            }
            int start = i;
            if (isDigit(c) || c == '.' && i + 1 < line.length() && isDigit(line.charAt(i + 1))) {
                i = numberEnd(line, i);
                var text = line.substring(start, i);
                double value = Double.parseDouble(text.replace(",", "").replace("_", ""));
                var power = POWER.matcher(line).region(i, line.length());
                if (power.lookingAt()) {
                    value = Math.pow(value, Integer.parseInt(power.group(1)));
                    i = power.end();
                }
                int unit = i;
                while (i < line.length() && Character.isLetter(line.charAt(i))) i++;
                var letters = line.substring(unit, i).toLowerCase(Locale.ROOT);
                if (letters.equals("k")) {
                    value *= 1_000;
                } else if (line.startsWith("M", unit) && letters.length() == 1) {
                    value *= 1_000_000;
                } else if (!letters.isEmpty()) {
                    i = unit;
                }
                tokens.add(new Token(line.substring(start, i), line.substring(start, i), value, start, i));
            } else if (Character.isLetter(c) || c == '_') {
                while (i < line.length() && isWordPart(line, i)) i++;
                var word = line.substring(start, i);
                // `nn.Dropout(0.9)` is a Dropout, wherever it comes from.
                boolean called = i < line.length() && line.charAt(i) == '(';
                var name = called ? word.substring(word.lastIndexOf('.') + 1) : word;
                var lower = name.toLowerCase(Locale.ROOT);
                var number = called ? null : NUMBER_WORDS.get(lower);
                tokens.add(new Token(lower, word, number == null ? Double.NaN : number, start, i));
            } else {
                i += line.startsWith("->", i) || line.startsWith("//", i) || line.startsWith("..", i) ? 2 : 1;
                tokens.add(new Token(line.substring(start, i).replace("→", "->").replace("×", "x"),
                        line.substring(start, i), Double.NaN, start, i));
            }
        }
        return tokens;
    }

    /// The count at a place, divided by what it is divided by there (`1200 // 32`); -1 where none stands there.
    static long count(List<Token> tokens, int i) {
        long count = i < tokens.size() ? tokens.get(i).whole() : -1;
        if (count < 0 || i + 2 >= tokens.size() || !tokens.get(i + 1).is("//", "/")) return count;
        long divisor = tokens.get(i + 2).whole();
        return divisor > 0 ? count / divisor : count;
    }

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /// Words may contain digits, underscores, dots between letters, and hyphens between letters.
    private static boolean isWordPart(String line, int i) {
        char c = line.charAt(i);
        if (Character.isLetterOrDigit(c) || c == '_') return true;
        boolean between = i + 1 < line.length() && Character.isLetter(line.charAt(i + 1))
                && Character.isLetter(line.charAt(i - 1));
        return (c == '.' || c == '-' || c == '\'') && between;
    }

    /// `3e-5`, `.5`, `50,000`, `0.001`.
    private static int numberEnd(String line, int from) {
        int i = from;
        while (i < line.length() && (isDigit(line.charAt(i))
                || line.charAt(i) == '_' && i + 1 < line.length() && isDigit(line.charAt(i + 1))))
            i++;
        while (i + 3 < line.length() && line.charAt(i) == ',' && isDigit(line.charAt(i + 1))
                && isDigit(line.charAt(i + 2))
                && isDigit(line.charAt(i + 3)) && (i + 4 >= line.length() || !isDigit(line.charAt(i + 4)))
                && i - from <= 3 + (i > from + 3 ? 8 : 0)) {
            i += 4;
        }
        if (i < line.length() && line.charAt(i) == '.'
                && !(i + 1 < line.length() && (line.charAt(i + 1) == '.' || Character.isLetter(line.charAt(i + 1))))) {
            int fraction = i + 1;
            while (fraction < line.length() && isDigit(line.charAt(fraction))) fraction++;
            if (fraction > i + 1 || fraction < line.length() && line.charAt(fraction) == '/') i = fraction;
        }
        if (i + 1 < line.length() && (line.charAt(i) == 'e' || line.charAt(i) == 'E')) {
            int e = i + 1;
            if (line.charAt(e) == '-' || line.charAt(e) == '+') e++;
            int digits = e;
            while (e < line.length() && isDigit(line.charAt(e)) && e - digits < 3) e++;
            if (e > digits) i = e;
        }
        return i;
    }
}
