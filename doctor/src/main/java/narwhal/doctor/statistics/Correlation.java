package narwhal.doctor.statistics;

import java.util.Arrays;

/// How far two series move together.
public final class Correlation {
    private Correlation() {
    }

    /// Pearson's correlation of two series of the same length; 0 where one of them is constant.
    public static double of(double[] x, double[] y) {
        double meanX = Arrays.stream(x).average().orElse(0);
        double meanY = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double xy = 0;
        double yy = 0;
        for (int i = 0; i < x.length; i++) {
            xx += (x[i] - meanX) * (x[i] - meanX);
            xy += (x[i] - meanX) * (y[i] - meanY);
            yy += (y[i] - meanY) * (y[i] - meanY);
        }
        return xx == 0 || yy == 0 ? 0 : xy / Math.sqrt(xx * yy);
    }

    /// The correlation of what is left of two series once each one's straight line is taken off.
    public static double ofResiduals(double[] x, double[] y) {
        return of(straightened(x), straightened(y));
    }

    private static double[] straightened(double[] y) {
        double middle = (y.length - 1) / 2.0;
        double mean = Arrays.stream(y).average().orElse(0);
        double xx = 0;
        double xy = 0;
        for (int i = 0; i < y.length; i++) {
            xx += (i - middle) * (i - middle);
            xy += (i - middle) * (y[i] - mean);
        }
        var rest = new double[y.length];
        for (int i = 0; i < y.length; i++) rest[i] = y[i] - mean - xy / xx * (i - middle);
        return rest;
    }
}
