package narwhal.history.readers;

import java.util.regex.Pattern;

/// Lines that print each number before its name: `Epoch 3: 0.41 train loss, 0.52 val loss`. They become lines with the name in front.
final class ValuesFirst {
    private static final Pattern VALUE = Pattern
            .compile(
                    "(?i)(-?\\d{1,9}\\.\\d+(?:e[-+]?\\d+)?)(\\s?%)?\\s{1,4}\\(?((?:train|training|val|valid|validation|dev"
                            + "|test|testing)[ _](?:loss|acc|accuracy|error))\\b\\)?[,;|]?");
    private static final Pattern METRIC = Pattern.compile("(?i)loss|acc|error");

    private ValuesFirst() {
    }

    /// The line with each name in front of its number, or as it is.
    static String named(String line) {
        if (line.length() > 300 || !hasWordBehindNumber(line)) return line;
        var value = VALUE.matcher(line);
        if (!value.find() || METRIC.matcher(line.substring(0, value.start())).find()) return line;
        int end = value.end();
        while (value.find()) end = value.end();
        boolean more = line.substring(end).chars().anyMatch(Character::isDigit);
        return more ? line : VALUE.matcher(line).replaceAll("$3: $1$2,");
    }

    /// Whether a word with the first letter of a set follows a number: most lines are not matched any further.
    private static boolean hasWordBehindNumber(String line) {
        for (int i = 1; i + 2 < line.length(); i++) {
            char before = line.charAt(i - 1);
            if (line.charAt(i) != ' ' || !Readings.isDigit(before) && before != '%') continue;
            char first = line.charAt(line.charAt(i + 1) == '(' ? i + 2 : i + 1);
            if ("tvdTVD".indexOf(first) >= 0) return true;
        }
        return false;
    }
}
