package narwhal.doctor.statistics;

import java.util.Arrays;

/// Where a series is heading: the Theil–Sen slope and how easily chance would give as clear an order.
///
/// @param slope median of the slopes between all pairs, per epoch (Theil 1950, Sen 1968)
/// @param level fitted value in the middle of the series
/// @param p both-sided chance of such an order among exchangeable values (Mann 1945, Kendall 1948): exact up to ten values
/// without ties, otherwise normal with correction for ties; from four to seven values the smaller of it and the
/// t-test of the straight line, for so few ranks cannot speak below 0.08 at four
public record Trend(double slope, double level, double p) {
    /// More pairs than this are thinned evenly: the slope's own error is far larger by then.
    private static final int LONGEST = 600;

    /// The trend of at least two finite values; a flat one with p = 1 for fewer.
    public static Trend of(double... series) {
        if (series.length < 2) return new Trend(0, series.length == 1 ? series[0] : Double.NaN, 1);
        int stride = (series.length + LONGEST - 1) / LONGEST;
        var y = stride == 1 ? series : thinned(series, stride);
        double slope = theilSen(y);
        double p = mannKendall(y);
        if (y.length >= 4 && y.length <= 7) p = Math.min(p, straightLine(y));
        return new Trend(slope / stride, Robust.median(y), p);
    }

    /// Whether the series rises, with `p` below `limit`.
    public boolean rises(double limit) {
        return slope > 0 && p < limit;
    }

    /// Whether the series falls, with `p` below `limit`.
    public boolean falls(double limit) {
        return slope < 0 && p < limit;
    }

    private static double[] thinned(double[] y, int stride) {
        var few = new double[(y.length + stride - 1) / stride];
        for (int i = 0; i < few.length; i++) few[i] = y[i * stride];
        return few;
    }

    private static double theilSen(double[] y) {
        var slopes = new double[y.length * (y.length - 1) / 2];
        int count = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = i + 1; j < y.length; j++) slopes[count++] = (y[j] - y[i]) / (j - i);
        }
        return Robust.median(slopes);
    }

    private static double mannKendall(double[] y) {
        int n = y.length;
        long s = 0;
        for (int i = 0; i < n; i++) {
            for (int j = i + 1; j < n; j++) s += (long) Math.signum(y[j] - y[i]);
        }
        double ties = tieCorrection(y);
        if (n <= 10 && ties == 0) return exact(n, Math.abs(s));
        double variance = (n * (n - 1.0) * (2 * n + 5) - ties) / 18;
        if (variance <= 0) return 1;
        double z = (Math.abs(s) - 1) / Math.sqrt(variance);
        return z <= 0 ? 1 : Math.min(1, 2 * Normal.above(z));
    }

    private static double tieCorrection(double[] y) {
        var sorted = y.clone();
        Arrays.sort(sorted);
        double sum = 0;
        for (int i = 0; i < sorted.length;) {
            int j = i;
            while (j < sorted.length && sorted[j] == sorted[i]) j++;
            double t = j - i;
            sum += t * (t - 1) * (2 * t + 5);
            i = j;
        }
        return sum;
    }

    /// Share of the n! orders whose |S| is at least `s`: the number of inversions grows by 0…k with the (k+1)-th value.
    private static double exact(int n, long s) {
        int pairs = n * (n - 1) / 2;
        var share = new double[pairs + 1];
        share[0] = 1;
        for (int k = 1; k < n; k++) {
            var next = new double[pairs + 1];
            for (int inversions = 0; inversions <= pairs; inversions++) {
                for (int more = 0; more <= k && more <= inversions; more++) {
                    next[inversions] += share[inversions - more] / (k + 1);
                }
            }
            share = next;
        }
        double p = 0;
        for (int inversions = 0; inversions <= pairs; inversions++) {
            if (Math.abs(pairs - 2L * inversions) >= s) p += share[inversions];
        }
        return Math.min(1, p);
    }

    private static double straightLine(double[] y) {
        int n = y.length;
        double middle = (n - 1) / 2.0;
        double mean = Arrays.stream(y).average().orElseThrow();
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < n; i++) {
            xx += (i - middle) * (i - middle);
            xy += (i - middle) * (y[i] - mean);
        }
        double slope = xy / xx;
        double rest = 0;
        for (int i = 0; i < n; i++) {
            double e = y[i] - mean - slope * (i - middle);
            rest += e * e;
        }
        if (slope == 0) return 1;
        if (rest == 0) return 0;
        return Normal.studentBothSides(slope / Math.sqrt(rest / (n - 2) / xx), n - 2);
    }
}
