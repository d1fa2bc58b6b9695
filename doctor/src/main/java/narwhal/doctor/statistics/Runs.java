package narwhal.doctor.statistics;

/// Wald and Wolfowitz' test of order (1940): does a series change sides more or less often than a random one would?
public final class Runs {
    private Runs() {
    }

    /// The standard score of the number of runs above and below the median: far below 0 the series lingers, far above it
    /// jumps to and fro. 0 where all values lie on one side.
    public static double score(double... y) {
        double median = Robust.median(y);
        int above = 0;
        int below = 0;
        int runs = 0;
        int last = 0;
        for (double value : y) {
            int side = (int) Math.signum(value - median);
            if (side == 0) continue;
            if (side > 0) above++;
            else
                below++;
            if (side != last) runs++;
            last = side;
        }
        double n = above + below;
        if (above == 0 || below == 0 || n < 3) return 0;
        double mean = 1 + 2.0 * above * below / n;
        double variance = (mean - 1) * (mean - 2) / (n - 1);
        return variance <= 0 ? 0 : (runs - mean) / Math.sqrt(variance);
    }
}
