package narwhal.history.log;

/// A number as a log shows it, with what its digits do not tell.
///
/// @param value what is printed, a percentage turned into a fraction; may be infinite or not a number
/// @param half half a unit of the last printed digit, so the true number lies in `value ± half`: 0.00005 for `0.9548` and
///        for `95.48%`, 0.5e-8 for `2.5000e-04`; 6e-8 of the value where all digits of a float are there; 0 where the
///        value is not finite
/// @param text as printed, without a per cent sign
/// @param full whether the text holds all digits of a float, as in a CSVLogger file
public record Reading(double value, double half, String text, boolean full) {
    /// Rounding to float32, relative to the value.
    public static final double FLOAT_ROUNDING = 6e-8;

    /// Whether it is an ordinary number, neither infinite nor not-a-number.
    public boolean finite() {
        return Double.isFinite(value);
    }
}
