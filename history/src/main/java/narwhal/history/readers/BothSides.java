package narwhal.history.readers;

import java.util.regex.Pattern;

/// Lines that print training and validation beside each other under one name: `Loss (train/val): 0.41/0.52`, `loss 0.41 (train) 0.52
/// (val)`, or both metrics of a set: `train 0.41/0.87`. They become lines that name each number.
final class BothSides {
    private static final String NUMBER = "(-?\\d{1,9}\\.\\d+(?:e[-+]?\\d+)?%?|nan)";
    private static final String HELD_OUT = "(val|valid|validation|test|testing|dev|eval)";
    private static final Pattern SETS = Pattern
            .compile("(?i)[(\\[]?\\b(?:train|training|tr)\\s?/\\s?" + HELD_OUT + "\\b[)\\]]?");
    private static final Pattern TWO = Pattern
            .compile("(?i)([a-z_]{2,20})\\s{0,3}[:=]?\\s{0,3}" + NUMBER + "\\s?/\\s?" + NUMBER);
    private static final Pattern BEHIND = Pattern.compile("(?i)([a-z_]{2,20})\\s{0,3}[:=]?\\s{0,3}" + NUMBER
            + "\\s?\\(\\s?train\\w{0,8}\\s?\\)\\s{0,2}[,;|]?\\s{0,3}" + NUMBER + "\\s?\\(\\s?" + HELD_OUT + "\\s?\\)");
    private static final Pattern METRICS = Pattern
            .compile("(?i)\\b(loss\\s?/\\s?acc\\w{0,8}|acc\\w{0,8}\\s?/\\s?loss)\\b");
    private static final Pattern OF_SET = Pattern.compile("(?i)\\b(?:train|training|trn|val|valid|validation|test|dev)"
            + "\\s?[:=]?\\s{0,3}" + NUMBER + "\\s?/\\s?" + NUMBER);

    private BothSides() {
    }

    /// The line with a name for each number, or as it is.
    static String named(String line) {
        if (line.length() > 400) return line;
        if (line.indexOf("rain)") > 0 || line.indexOf("rain )") > 0) {
            var behind = BEHIND.matcher(line);
            if (behind.find()) return behind.replaceAll("train $1: $2, $4 $1: $3,");
        }
        if (!hasDecimalBeforeSlash(line)) return line;
        var sets = SETS.matcher(line);
        if (sets.find()) {
            var other = sets.group(1);
            return TWO.matcher(sets.replaceAll(" ")).replaceAll("train $1: $2, " + other + " $1: $3,");
        }
        var metrics = METRICS.matcher(line);
        boolean named = metrics.find();
        boolean turned = named && metrics.group(1).toLowerCase(java.util.Locale.ROOT).startsWith("acc");
        var sides = OF_SET.matcher(named ? metrics.replaceAll(" ") : line);
        if (!sides.find()) return line;
        return sides.replaceAll(set -> {
            var words = set.group();
            var role = words.substring(0, firstNot(words));
            var first = turned ? " acc: " : " loss: ";
            var second = turned ? " loss: " : " acc: ";
            return role + first + set.group(1) + ", " + role + second + set.group(2) + ",";
        });
    }

    /// `0.41/0.52`, not the many `640/60000`.
    private static boolean hasDecimalBeforeSlash(String line) {
        for (int slash = line.indexOf('/'); slash >= 0; slash = line.indexOf('/', slash + 1)) {
            int i = slash - 1;
            while (i >= 0 && (line.charAt(i) == ' ' || line.charAt(i) == '%' || Readings.isDigit(line.charAt(i)))) i--;
            if (i > 0 && line.charAt(i) == '.' && Readings.isDigit(line.charAt(i - 1))) return true;
        }
        return false;
    }

    private static int firstNot(String words) {
        int i = 0;
        while (i < words.length() && Character.isLetter(words.charAt(i))) i++;
        return i;
    }
}
