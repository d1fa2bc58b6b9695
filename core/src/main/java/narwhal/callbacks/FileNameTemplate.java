package narwhal.callbacks;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import narwhal.errors.Problem;
import org.jspecify.annotations.Nullable;

/// The template of a checkpoint's name, in the part of Python's format language that Keras scripts use:
/// `{epoch:02d}`, `{val_loss:.2f}`, `{val_loss:07.3f}`, and `{{` and `}}` for braces. `epoch` counts from 1, the other
/// names are those of the epoch's metrics.
///
/// Source: `keras/callbacks.py`, `ModelCheckpoint`, of Keras 2.2.4. Numbers are rounded as Python does: the exact binary
/// value, ties to even.
///
/// @param text the template
public record FileNameTemplate(String text) {
    private static final Pattern PART = Pattern
            .compile("\\{\\{|}}|\\{(\\w+):(0?)(\\d{0,3})(?:(d)|\\.(\\d{1,2})f)}|[{}]");

    /// The file's name after an epoch.
    ///
    /// @param epoch from 1
    /// @param metrics the epoch's metrics by name
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` for a field that is not understood or not among the metrics
    public String format(int epoch, Map<String, Double> metrics) {
        return PART.matcher(text).replaceAll(part -> Matcher.quoteReplacement(switch (part.group()) {
            case "{{" -> "{";
            case "}}" -> "}";
            case "{", "}" -> throw Problem.USAGE_VALUE.because("'" + text + "': a brace that belongs to no field at "
                    + part.start(), "write fields like {epoch:02d} or {val_loss:.2f}, and {{ for a brace");
            default -> pad(number(part.group(1), part.group(4) != null, part.group(5), epoch, metrics),
                    !part.group(2).isEmpty(), part.group(3));
        }));
    }

    private String number(String name, boolean whole, @Nullable String digits, int epoch,
            Map<String, Double> metrics) {
        if (name.equals("epoch") && digits == null) return Integer.toString(epoch);
        Double value = name.equals("epoch") ? Double.valueOf(epoch) : metrics.get(name);
        if (value == null || whole || digits == null) {
            throw Problem.USAGE_VALUE.because("'" + text + "': no field " + name + (whole ? " of whole numbers" : ""),
                    "use epoch with d or one of " + metrics.keySet().stream().sorted().toList() + " with f");
        }
        if (value.isNaN()) return "nan";
        if (value.isInfinite()) return value > 0 ? "inf" : "-inf";
        var rounded = new BigDecimal(value).setScale(Integer.parseInt(digits), RoundingMode.HALF_EVEN).toPlainString();
        return isNegative(value) && !rounded.startsWith("-") ? "-" + rounded : rounded;
    }

    /// Python keeps the sign of a negative number that rounds to zero.
    private static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }

    private static String pad(String number, boolean zeros, String width) {
        int missing = width.isEmpty() ? 0 : Integer.parseInt(width) - number.length();
        if (missing <= 0) return number;
        if (!zeros) return " ".repeat(missing) + number;
        int sign = number.startsWith("-") ? 1 : 0;
        return number.substring(0, sign) + "0".repeat(missing) + number.substring(sign);
    }
}
