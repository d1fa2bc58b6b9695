package narwhal.callbacks;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;

/// Numbers as Python prints them, and so as Keras does: rounded from the exact binary value, ties to even, in every locale.
/// `String.format` rounds half up and would name other files.
public final class PythonNumber {
    private PythonNumber() {
    }

    /// The shortest digits that read back as `value`, as Python's `repr`: `0.0005000000237487257`, `3e-05`, `1.0`, `nan`.
    public static String shortest(double value) {
        if (!Double.isFinite(value)) return notFinite(value);
        var digits = new BigDecimal(Double.toString(value)).stripTrailingZeros();
        var sign = isNegative(value) ? "-" : "";
        if (digits.signum() == 0) return sign + "0.0";
        int exponent = exponent(digits);
        if (exponent < -4 || exponent >= 16) return sign + scientific(digits.abs(), exponent);
        return sign + digits.abs().setScale(Math.max(1, digits.scale()), RoundingMode.UNNECESSARY).toPlainString();
    }

    /// As `%.4f` for 4 digits behind the point.
    public static String fixed(double value, int digits) {
        if (!Double.isFinite(value)) return notFinite(value);
        var rounded = new BigDecimal(value).setScale(digits, RoundingMode.HALF_EVEN).abs().toPlainString();
        return isNegative(value) ? "-" + rounded : rounded;
    }

    /// As `%.4e` for 4 digits behind the point.
    public static String scientific(double value, int digits) {
        if (!Double.isFinite(value)) return notFinite(value);
        var rounded = new BigDecimal(value).abs().round(new MathContext(digits + 1, RoundingMode.HALF_EVEN));
        int exponent = rounded.signum() == 0 ? 0 : exponent(rounded);
        return (isNegative(value) ? "-" : "")
                + scientific(rounded.setScale(digits - exponent, RoundingMode.UNNECESSARY), exponent);
    }

    private static String scientific(BigDecimal number, int exponent) {
        var mantissa = number.scaleByPowerOfTen(-exponent).toPlainString();
        return mantissa + "e" + (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent);
    }

    private static int exponent(BigDecimal number) {
        return number.precision() - number.scale() - 1;
    }

    private static String notFinite(double value) {
        return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
    }

    /// Python keeps the sign of a negative number that rounds to zero.
    private static boolean isNegative(double value) {
        return Double.doubleToRawLongBits(value) < 0;
    }
}
