package narwhal.doctor.statistics;

import java.util.Optional;

/// A rhythm in a series.
///
/// @param length epochs after which it repeats
/// @param autocorrelation of the detrended series at that distance
/// @param twice autocorrelation at double the distance, not-a-number where the series is too short to say
/// @param p chance that the same values in random order show one as strong at any distance examined
public record Period(int length, double autocorrelation, double twice, double p) {
    private static final int ORDERS = 1000;
    private static final long SEED = 20_181_118;
    private static final int LONGEST = 50;
    private static final double AS_GOOD = 0.05;

    /// The strongest rhythm from 2 to min(50, E/3) epochs: the shortest distance within 0.05 of the best, since multiples
    /// of a period peak as well. Empty for series below nine values and for constant ones.
    public static Optional<Period> strongest(double... y) {
        int longest = Math.min(LONGEST, y.length / 3);
        if (y.length < 9 || longest < 2) return Optional.empty();
        var heights = heights(y, longest);
        double best = max(heights);
        if (Double.isNaN(best)) return Optional.empty();
        int length = 2;
        while (heights[length] < best - AS_GOOD) length++;
        double twice = y.length >= 4 * length ? autocorrelation(Robust.detrended(y, length), 2 * length) : Double.NaN;
        return Optional.of(new Period(length, heights[length], twice, chance(y, longest, best)));
    }

    /// The autocorrelation of a series at `distance`: the sum of products over the sum of squares, mean taken off.
    /// Not-a-number for a constant series.
    public static double autocorrelation(double[] y, int distance) {
        double mean = 0;
        for (double value : y) mean += value / y.length;
        double squares = 0;
        double products = 0;
        for (int i = 0; i < y.length; i++) {
            squares += (y[i] - mean) * (y[i] - mean);
            if (i >= distance) products += (y[i] - mean) * (y[i - distance] - mean);
        }
        return squares == 0 ? Double.NaN : products / squares;
    }

    private static double[] heights(double[] y, int longest) {
        var heights = new double[longest + 1];
        for (int q = 2; q <= longest; q++) heights[q] = autocorrelation(Robust.detrended(y, q), q);
        return heights;
    }

    private static double max(double[] heights) {
        double best = Double.NEGATIVE_INFINITY;
        for (int q = 2; q < heights.length; q++) {
            if (Double.isNaN(heights[q])) return Double.NaN;
            best = Math.max(best, heights[q]);
        }
        return best;
    }

    /// Random orders of the detrended series: how often their best distance reaches `best`. Detrending once suffices, for
    /// a random order has no trend left to take away.
    private static double chance(double[] y, int longest, double best) {
        var rest = Robust.detrended(y, longest);
        var shuffle = new Shuffle(SEED);
        int reached = 0;
        for (int order = 0; order < ORDERS; order++) {
            shuffle.shuffle(rest);
            for (int q = 2; q <= longest; q++) {
                if (autocorrelation(rest, q) >= best) {
                    reached++;
                    break;
                }
            }
        }
        return (reached + 1.0) / (ORDERS + 1);
    }
}
