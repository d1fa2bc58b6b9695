package narwhal.doctor.statistics;

import java.util.Arrays;

/// Location and spread that a few wild values cannot move.
public final class Robust {
    /// Median absolute deviation of a normal variable, inverted: makes the median deviation an estimate of the standard
    /// deviation.
    private static final double NORMAL = 1.4826;

    private Robust() {
    }

    /// The median; not-a-number for an empty series.
    public static double median(double... y) {
        return quantile(0.5, y);
    }

    /// A quantile with linear interpolation between neighbours; not-a-number for an empty series.
    ///
    /// @param share 0 to 1
    public static double quantile(double share, double... y) {
        if (y.length == 0) return Double.NaN;
        var sorted = y.clone();
        Arrays.sort(sorted);
        double position = share * (sorted.length - 1);
        int below = (int) Math.floor(position);
        int above = Math.min(sorted.length - 1, below + 1);
        return sorted[below] == sorted[above]
                ? sorted[below]
                : sorted[below] + (position - below) * (sorted[above] - sorted[below]);
    }

    /// The noise of a series around whatever slow curve it follows: 1.4826·median(|Δy − median Δy|)/√2. Zero for fewer than
    /// three values.
    public static double noise(double... y) {
        if (y.length < 3) return 0;
        var steps = differences(y);
        double centre = median(steps);
        return NORMAL * median(Arrays.stream(steps).map(step -> Math.abs(step - centre)).toArray()) / Math.sqrt(2);
    }

    /// y[i + 1] − y[i].
    public static double[] differences(double... y) {
        var steps = new double[Math.max(0, y.length - 1)];
        for (int i = 0; i < steps.length; i++) steps[i] = y[i + 1] - y[i];
        return steps;
    }

    /// The running median of an odd width; the window shrinks evenly on both sides towards the ends.
    public static double[] runningMedian(double[] y, int width) {
        var smooth = new double[y.length];
        for (int i = 0; i < y.length; i++) {
            int reach = Math.min(width / 2, Math.min(i, y.length - 1 - i));
            smooth[i] = median(Arrays.copyOfRange(y, i - reach, i + reach + 1));
        }
        return smooth;
    }

    /// The series less its running median of width max(7, 2·period + 1).
    public static double[] detrended(double[] y, int period) {
        var smooth = runningMedian(y, Math.max(7, 2 * period + 1));
        var rest = new double[y.length];
        for (int i = 0; i < y.length; i++) rest[i] = y[i] - smooth[i];
        return rest;
    }
}
