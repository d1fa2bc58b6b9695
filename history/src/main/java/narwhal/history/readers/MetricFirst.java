package narwhal.history.readers;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Pattern;

/// A line that names a metric before its place: `Cost after epoch 100: 0.33`, `Training loss at epoch 0 is 0.70`,
/// `Loss after 10 steps: 1.72`, `accuracy epoch 3: 0.66`.
///
/// @param place `epoch`, `iteration` or `step`
/// @param number of it
/// @param value the metric and what follows, as a pair
record MetricFirst(String place, String number, String value) {
    private static final int LONGEST = 120;
    private static final Pattern LINE = Pattern
            .compile("\\s*((?:[A-Za-z]+ ){0,2}(?:[Cc]ost|[Ll]oss|[Aa]ccuracy|[Aa]cc))"
                    + "(?: (?:after|at|for|in))? (?:the )?(?:(epoch|iteration|step)s? (\\d{1,9})|(\\d{1,9}) (epoch|iteration|step)s?)"
                    + " ?(?:[:=]|is) ?(.*)", Pattern.CASE_INSENSITIVE);
    private static final Pattern MAY_BE = Pattern
            .compile("(?i)(?:cost|loss|acc|accuracy) (?:after |at |for |in )?(?:the )?(?:\\d|epoch|iter|step)");

    static Optional<MetricFirst> of(String line) {
        if (line.length() > LONGEST || !MAY_BE.matcher(line).find()) return Optional.empty();
        var found = LINE.matcher(line);
        if (!found.matches()) return Optional.empty();
        return Optional.of(new MetricFirst(
                Objects.requireNonNullElse(found.group(2), found.group(5)).toLowerCase(Locale.ROOT),
                Objects.requireNonNullElse(found.group(3), found.group(4)), found.group(1) + ": " + found.group(6)));
    }
}
