package narwhal.engine;

/// The normal distribution with mean 0 and variance 1.
///
/// With t = 1 / (1 + z/2) the function ln(erfc(z)·e^(z²) / t) is nearly a straight line in t on all of z ≥ 0. The polynomial
/// below is its least-squares fit at 2,000 Chebyshev points in u = 2t − 1; the relative error of erfc is below 6·10⁻⁹.
final class Normal {
    private static final double[] FIT = {-0.671794085152, 0.672643154775, 0.0473434175211, -0.04689364056,
        -0.00987453491812, 0.00880882536951, 0.00177066611791, -0.00228876523887, -0.000182782140322,
        0.000573766372279, -3.21137735654e-05, -8.72838103149e-05, 1.33715039167e-05};

    private Normal() {
    }

    /// Probability of a value below `x`.
    static double below(double x) {
        double tail = erfc(Math.abs(x) * Math.sqrt(0.5)) / 2;
        return x < 0 ? tail : 1 - tail;
    }

    /// Density at `x`.
    static double density(double x) {
        return Math.exp(-x * x / 2) / Math.sqrt(2 * Math.PI);
    }

    /// @param z at least 0
    private static double erfc(double z) {
        double t = 1 / (1 + z / 2);
        double u = 2 * t - 1;
        double sum = 0;
        for (int i = FIT.length - 1; i >= 0; i--) sum = sum * u + FIT[i];
        return t * Math.exp(sum - z * z);
    }
}
