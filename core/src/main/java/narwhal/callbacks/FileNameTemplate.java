package narwhal.callbacks;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import narwhal.errors.Problem;
import org.jspecify.annotations.Nullable;

/// The template of a checkpoint's name, in the part of Python's format language that Keras scripts use:
/// `{epoch:02d}`, `{val_loss:.2f}`, `{val_loss:07.3f}`, `{loss:.1e}`, `{epoch}`, and `{{` and `}}` for braces. `epoch` and
/// `batch` count from 1, the other names are those of the epoch's metrics.
///
/// Source: `keras/callbacks.py`, `ModelCheckpoint`, of Keras 2.2.4. Numbers are rounded as Python does: the exact binary
/// value, ties to even.
///
/// @param text the template
public record FileNameTemplate(String text) {
    private static final Pattern PART = Pattern
            .compile("\\{\\{|}}|\\{(\\w+)(?::(0?)(\\d{0,3})(?:\\.(\\d{1,2}))?([dfe]?))?}|[{}]");
    private static final Set<String> COUNTS = Set.of("epoch", "batch");

    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` for a brace that belongs to no field
    public FileNameTemplate {
        PART.matcher(text).results().filter(part -> part.group().length() == 1).findFirst().ifPresent(part -> {
            throw Problem.USAGE_VALUE.because("'" + text + "': a brace that belongs to no field at " + part.start(),
                    "write fields like {epoch:02d} or {val_loss:.2f}, and {{ for a brace");
        });
    }

    /// The names of its fields.
    public Set<String> fields() {
        var names = new TreeSet<String>();
        PART.matcher(text).results().filter(part -> part.group(1) != null).forEach(part -> names.add(part.group(1)));
        return names;
    }

    /// The file's name after an epoch.
    ///
    /// @param epoch from 1
    /// @param metrics the epoch's metrics by name
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` for a field that is not understood or not among the metrics
    public String format(int epoch, Map<String, Double> metrics) {
        return format(Map.of("epoch", epoch), metrics);
    }

    /// The file's name within an epoch.
    ///
    /// @param epoch from 1
    /// @param batch finished in this epoch, from 1
    /// @param metrics so far, by name
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` for a field that is not understood or not among the metrics
    public String format(int epoch, int batch, Map<String, Double> metrics) {
        return format(Map.of("epoch", epoch, "batch", batch), metrics);
    }

    private String format(Map<String, Integer> counts, Map<String, Double> metrics) {
        return PART.matcher(text).replaceAll(part -> Matcher.quoteReplacement(switch (part.group()) {
            case "{{" -> "{";
            case "}}" -> "}";
            default -> field(part, counts, metrics);
        }));
    }

    private String field(MatchResult part, Map<String, Integer> counts, Map<String, Double> metrics) {
        var number = number(part.group(1), part.group(5) == null ? "" : part.group(5), part.group(4), counts, metrics);
        return pad(number, part.group(2) != null && !part.group(2).isEmpty(), part.group(3));
    }

    private String number(String name, String type, @Nullable String digits, Map<String, Integer> counts,
            Map<String, Double> metrics) {
        var count = counts.get(name);
        if (count != null && digits == null && !type.equals("f") && !type.equals("e")) return count.toString();
        var value = count == null ? metrics.get(name) : Double.valueOf(count);
        int places = digits == null ? 6 : Integer.parseInt(digits);
        if (value != null && type.equals("f")) return PythonNumber.fixed(value, places);
        if (value != null && type.equals("e")) return PythonNumber.scientific(value, places);
        if (value != null && type.isEmpty() && digits == null) return PythonNumber.shortest(value);
        throw Problem.USAGE_VALUE.because(
                "'" + text + "': no field " + name + (value == null ? "" : " of that form"),
                "use epoch with d or one of " + metrics.keySet().stream().filter(key -> !COUNTS.contains(key)).sorted()
                        .toList() + " with f");
    }

    private static String pad(String number, boolean zeros, @Nullable String width) {
        int missing = width == null || width.isEmpty() ? 0 : Integer.parseInt(width) - number.length();
        if (missing <= 0) return number;
        if (!zeros) return " ".repeat(missing) + number;
        int sign = number.startsWith("-") ? 1 : 0;
        return number.substring(0, sign) + "0".repeat(missing) + number.substring(sign);
    }
}
