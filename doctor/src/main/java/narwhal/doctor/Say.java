package narwhal.doctor;

import java.util.Locale;

/// Numbers as people read them, the same in every country.
public final class Say {
    private Say() {
    }

    /// A text with numbers, formatted without regard to the country.
    public static String format(String pattern, Object... values) {
        return String.format(Locale.ROOT, pattern, values);
    }

    /// A share in per cent: `99.9 %`; whole per cents where the digit after the point is nought.
    public static String percent(double share) {
        double percent = Math.rint(1000 * share) / 10;
        return percent == Math.rint(percent) ? format("%.0f %%", percent) : format("%.1f %%", percent);
    }

    /// A difference of accuracies in points: `22.4 points`.
    public static String points(double difference) {
        double points = 100 * Math.abs(difference);
        return format(points < 10 ? "%.1f points" : "%.0f points", points);
    }

    /// A loss or an accuracy with as many digits as it deserves.
    public static String value(double x) {
        double size = Math.abs(x);
        if (!Double.isFinite(x)) return Double.isNaN(x) ? "NaN" : x > 0 ? "infinity" : "-infinity";
        if (size == 0) return "0";
        if (size >= 1e6 || size < 1e-3) return format("%.1e", x).replace("e-0", "e-").replace("e+0", "e");
        if (size >= 100) return format("%.0f", x);
        return format(size >= 10 ? "%.2f" : size >= 1 ? "%.3f" : "%.4f", x);
    }

    /// A probability: `5.7e-8`, `0.03`.
    public static String chance(double p) {
        if (p >= 0.001) return format("%.2g", p);
        if (p <= 0) return "below 1e-300";
        int exponent = (int) Math.floor(Math.log10(p));
        double digits = p / Math.pow(10, exponent);
        if (exponent < -300) return format("1e%d", exponent);
        return digits >= 9.95
                ? format("1e%d", exponent + 1)
                : format("%.1fe%d", digits, exponent).replace(".0e", "e");
    }

    /// Epochs in words: `epoch 4`, `epochs 4 to 9`.
    public static String epochs(int first, int last) {
        return first == last ? "epoch " + first : "epochs " + first + " to " + last;
    }
}
