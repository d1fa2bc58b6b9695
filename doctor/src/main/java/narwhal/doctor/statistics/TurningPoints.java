package narwhal.doctor.statistics;

/// How often a series changes its direction.
///
/// Of the interior points of exchangeable noise two thirds turn (Bienaymé 1874), so a series that turns at every second
/// point is *calm*, and one that turns at every point is nearly impossible by chance: 2·A_E/E! with the zigzag numbers
/// A_E (André 1881).
///
/// @param turns interior points that are a strict maximum or minimum
/// @param interior points that have two neighbours
/// @param p chance that exchangeable values turn at least as often, exact
public record TurningPoints(int turns, int interior, double p) {
    private static final int LONGEST_EXACT = 400;

    /// The turning points of a series.
    public static TurningPoints of(double... y) {
        int turns = 0;
        for (int i = 1; i + 1 < y.length; i++) {
            if ((y[i] - y[i - 1]) * (y[i] - y[i + 1]) > 0) turns++;
        }
        int interior = Math.max(0, y.length - 2);
        return new TurningPoints(turns, interior, interior == 0 ? 1 : chance(y.length, turns));
    }

    /// The chance that `n` exchangeable values have at least `turns` turning points.
    static double chance(int n, int turns) {
        if (n > LONGEST_EXACT) {
            double z = (turns - 0.5 - 2 * (n - 2) / 3.0) / Math.sqrt((16 * n - 29) / 90.0);
            return Normal.above(z);
        }
        // André's recurrence for permutations of n with r runs up and down (r = turning points + 1), as shares of n!:
        // Q(n, r) = r·Q(n−1, r) + 2·Q(n−1, r−1) + (n−r)·Q(n−1, r−2).
        var share = new double[n + 1];
        share[1] = 1;
        for (int k = 3; k <= n; k++) {
            var next = new double[n + 1];
            for (int r = 1; r < k; r++) {
                next[r] = (r * share[r] + 2 * share[r - 1] + (r >= 2 ? (k - r) * share[r - 2] : 0)) / k;
            }
            share = next;
        }
        double p = 0;
        for (int r = turns + 1; r <= n; r++) p += share[r];
        return Math.min(1, p);
    }
}
