package narwhal.doctor.statistics;

/// The normal distribution and its small-sample sibling, Student's t.
public final class Normal {
    private Normal() {
    }

    /// The chance that a standard normal variable exceeds `z`. Relative error below 1e-6 down to z = 30: the continued
    /// fraction of Laplace in the tail (Abramowitz and Stegun 26.2.14), the series 26.2.10 in the middle.
    public static double above(double z) {
        if (Double.isNaN(z)) return Double.NaN;
        if (z < 0) return 1 - above(-z);
        double density = Math.exp(-z * z / 2) / Math.sqrt(2 * Math.PI);
        if (z < 3) {
            double term = z;
            double sum = z;
            for (int k = 1; k < 200 && Math.abs(term) > 1e-17 * sum; k++) {
                term *= z * z / (2 * k + 1);
                sum += term;
            }
            return 0.5 - density * sum;
        }
        double fraction = z;
        for (int k = 60; k >= 1; k--) fraction = z + k / fraction;
        return density / fraction;
    }

    /// The chance that `levels` arbitrary levels explain at least `share` of a scatter of which they leave `freedom` degrees of freedom:
    /// the tail of Fisher's F.
    public static double explained(double share, int levels, int freedom) {
        return freedom < 1 ? 1 : regularisedBeta(1 - share, freedom / 2.0, levels / 2.0);
    }

    /// The chance that Student's t with `freedom` degrees of freedom is further from 0 than `t` on either side.
    public static double studentBothSides(double t, int freedom) {
        return regularisedBeta(freedom / (freedom + t * t), freedom / 2.0, 0.5);
    }

    /// I_x(a, b), by the continued fraction 26.5.8 of Abramowitz and Stegun.
    private static double regularisedBeta(double x, double a, double b) {
        if (x <= 0) return 0;
        if (x >= 1) return 1;
        if (x > (a + 1) / (a + b + 2)) return 1 - regularisedBeta(1 - x, b, a);
        double front = Math.exp(logGamma(a + b) - logGamma(a) - logGamma(b) + a * Math.log(x) + b * Math.log1p(-x)) / a;
        double fraction = 1;
        for (int m = 200; m >= 1; m--) {
            int k = m / 2;
            double term = m % 2 == 0
                    ? k * (b - k) * x / ((a + 2 * k - 1) * (a + 2 * k))
                    : -(a + k) * (a + b + k) * x / ((a + 2 * k) * (a + 2 * k + 1));
            fraction = 1 + term / fraction;
        }
        return front / fraction;
    }

    /// ln Γ(x) for x > 0: the recurrence up to 10, then Stirling's series.
    static double logGamma(double x) {
        double shift = 0;
        while (x < 10) shift += Math.log(x++);
        double inverse = 1 / (x * x);
        return (x - 0.5) * Math.log(x) - x + 0.5 * Math.log(2 * Math.PI)
                + (1.0 / 12 - inverse * (1.0 / 360 - inverse * (1.0 / 1260 - inverse / 1680))) / x - shift;
    }
}
