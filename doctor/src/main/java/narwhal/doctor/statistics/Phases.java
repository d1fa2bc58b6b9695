package narwhal.doctor.statistics;

import java.util.Arrays;

/// What one mean per phase (epoch modulo a period) explains of a series, beyond a straight trend.
///
/// @param ofAll share of the variance that the trend and the phases leave
/// @param ofTrend share of the variance that the trend alone leaves
/// @param p how likely phases that mean nothing explain as much, by Fisher's F
/// @param swing highest phase mean less the lowest, the trend taken off
public record Phases(double ofAll, double ofTrend, double p, double swing) {
    /// Fits trend and phase means by least squares.
    public static Phases of(double[] y, int period) {
        double mean = Arrays.stream(y).average().orElse(Double.NaN);
        double all = 0;
        for (double value : y) all += (value - mean) * (value - mean);
        double trend = rest(y, 1, null);
        var level = new double[period];
        double phases = rest(y, period, level);
        double swing = Arrays.stream(level).max().orElse(0) - Arrays.stream(level).min().orElse(0);
        double p = Normal.explained(1 - phases / trend, period - 1, y.length - period - 1);
        return new Phases(phases / all, trend / all, p, swing);
    }

    /// Of the variance left by the trend, the part that the phases remove.
    public double share() {
        return 1 - ofAll / ofTrend;
    }

    /// The sum of squares around a common slope and one level per phase; the levels go to `levels`.
    private static double rest(double[] y, int period, double @org.jspecify.annotations.Nullable [] levels) {
        var count = new double[period];
        var meanX = new double[period];
        var meanY = new double[period];
        for (int i = 0; i < y.length; i++) count[i % period]++;
        for (int i = 0; i < y.length; i++) {
            meanX[i % period] += i / count[i % period];
            meanY[i % period] += y[i] / count[i % period];
        }
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < y.length; i++) {
            double x = i - meanX[i % period];
            double v = y[i] - meanY[i % period];
            xx += x * x;
            xy += x * v;
            yy += v * v;
        }
        double slope = xx == 0 ? 0 : xy / xx;
        if (levels != null) {
            for (int q = 0; q < period; q++) levels[q] = meanY[q] - slope * (meanX[q] - (y.length - 1) / 2.0);
        }
        return yy - slope * xy;
    }
}
