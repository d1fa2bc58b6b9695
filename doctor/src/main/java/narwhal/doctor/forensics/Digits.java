package narwhal.doctor.forensics;

import java.util.HashMap;
import java.util.Map;
import narwhal.history.log.Reading;
import narwhal.history.log.Series;

/// Printed accuracies, asked which numbers of scored images they allow.
///
/// A printed value is *attainable* with N images if it is the rounding of some k/N. With four decimals and N = 1000 only one
/// value in ten is, so each value that fits is evidence, and a single one that does not excludes N.
public final class Digits {
    /// Slack for the arithmetic of those who print, as a share of half a unit.
    private static final double SLACK = 1e-4;
    /// Slack for sums in float32, in units of the value itself; below five decimals it makes no difference.
    private static final double FLOAT_SLACK = 1e-7;
    /// A value with all digits of a float is known to this share of itself, and to that.
    private static final double FULL_RELATIVE = 7e-8;
    private static final double FULL_ABSOLUTE = 1e-9;
    private static final int FULL = -1;
    private static final int MOST_DECIMALS = 7;

    private final double[] values;
    private final long[] units;
    private final int[] decimals;
    private final long lowest;
    private final long highest;
    private final int grid;
    private final double fullTolerance;
    /// The last epoch before that printed the same, or -1.
    private final int[] twin;
    private final int news;
    private final Map<Long, Double> shares = new HashMap<>();

    private Digits(double[] values, int[] decimals) {
        this.values = values;
        this.decimals = decimals;
        grid = commonest(decimals);
        units = new long[values.length];
        long low = Long.MAX_VALUE;
        long high = Long.MIN_VALUE;
        for (int e = 0; e < values.length; e++) {
            units[e] = decimals[e] == FULL ? 0 : Math.round(values[e] * power(decimals[e]));
            long onGrid = grid == FULL ? 0 : Math.round(values[e] * power(grid));
            low = Math.min(low, onGrid);
            high = Math.max(high, onGrid);
        }
        lowest = low;
        highest = high;
        twin = twins(values);
        fullTolerance = java.util.Arrays.stream(values).map(Digits::fullTolerance).average().orElse(FULL_ABSOLUTE);
        news = (int) java.util.Arrays.stream(values).filter(v -> v != 0 && v != 1).distinct().count();
    }

    /// The printed accuracies of a series. Printing drops trailing zeros in some languages (`0.95` for 0.9500), so the value
    /// with most decimals sets the grid for all.
    ///
    /// @throws IllegalArgumentException if a value is not finite
    public static Digits of(Series series) {
        var readings = series.points().stream().map(Series.Point::reading).toArray(Reading[]::new);
        var values = new double[readings.length];
        var decimals = new int[readings.length];
        int most = 0;
        boolean full = false;
        for (int e = 0; e < readings.length; e++) {
            if (!readings[e].finite()) throw new IllegalArgumentException("epoch " + e + " has no finite value");
            values[e] = readings[e].value();
            decimals[e] = readings[e].full() ? FULL : decimals(readings[e].half());
            full |= decimals[e] == FULL;
            if (!readings[e].text().contains("e")) most = Math.max(most, decimals[e]);
        }
        for (int e = 0; e < decimals.length; e++) decimals[e] = full ? FULL : Math.max(decimals[e], most);
        return new Digits(values, decimals);
    }

    /// Accuracies that were all printed with the same number of decimals, 1 to 7.
    public static Digits of(int decimals, double... values) {
        var all = new int[values.length];
        java.util.Arrays.fill(all, decimals);
        return new Digits(values.clone(), all);
    }

    /// Accuracies with all digits of a float.
    public static Digits full(double... values) {
        return of(FULL, values);
    }

    /// Every `period`-th value, from index `phase` on.
    Digits every(int period, int phase) {
        int count = (values.length - phase + period - 1) / period;
        var some = new double[count];
        var precision = new int[count];
        for (int i = 0; i < count; i++) {
            some[i] = values[phase + i * period];
            precision[i] = decimals[phase + i * period];
        }
        return new Digits(some, precision);
    }

    private static int[] twins(double[] values) {
        var last = new HashMap<Double, Integer>();
        var twin = new int[values.length];
        for (int e = 0; e < values.length; e++) {
            var before = last.put(values[e], e);
            twin[e] = before == null ? -1 : before;
        }
        return twin;
    }

    private static double fullTolerance(double value) {
        return FULL_RELATIVE * Math.abs(value) + FULL_ABSOLUTE;
    }

    private static int decimals(double half) {
        return (int) Math.max(1, Math.min(MOST_DECIMALS, Math.round(-Math.log10(2 * half))));
    }

    private static int commonest(int[] decimals) {
        var counts = new int[MOST_DECIMALS + 2];
        int best = 0;
        for (int d : decimals) counts[d + 1]++;
        for (int d = 0; d < counts.length; d++) {
            if (counts[d] > counts[best]) best = d;
        }
        return best - 1;
    }

    /// How many values there are.
    public int size() {
        return values.length;
    }

    /// Decimals of most values; -1 where all digits of a float are there.
    public int decimals() {
        return grid;
    }

    /// From this number of images on every value is attainable, so digits say nothing.
    public long mute() {
        return grid == FULL ? (long) (0.5 / fullTolerance) : power(grid);
    }

    /// Whether the value of index `e` is the rounding of some k/`images`. Ties count: the printed digit may have gone either
    /// way.
    public boolean attainable(int e, long images) {
        if (decimals[e] == FULL) {
            double count = values[e] * images;
            return Math.abs(count - Math.rint(count)) <= fullTolerance(values[e]) * images;
        }
        return distance(units[e], images, power(decimals[e])) <= reach(images, decimals[e]);
    }

    /// How many values are not attainable with `images` in every epoch.
    public int misses(long images) {
        int misses = 0;
        for (int e = 0; e < values.length; e++) {
            if (!attainable(e, images)) misses++;
        }
        return misses;
    }

    /// How many values are not attainable with the numbers of images of their epochs.
    public int misses(long[] images) {
        int misses = 0;
        for (int e = 0; e < values.length; e++) {
            if (!attainable(e, images[e])) misses++;
        }
        return misses;
    }

    /// φ(N): the share of all printable values between the smallest and the largest of this series that are attainable with
    /// `images`; the chance that an unrelated value fits. Counted exactly.
    public double share(long images) {
        return grid == FULL ? countShare(images) : shares.computeIfAbsent(images, this::countShare);
    }

    /// The same, not kept: for those who ask about each of many numbers once.
    double countShare(long images) {
        if (grid == FULL) return Math.min(1, 2 * fullTolerance * images);
        long grain = power(grid);
        if (images >= grain) return 1;
        long reach = reach(images, grid);
        if (2 * reach + 1 >= grain) return 1;
        // j·N mod M lies in −reach…reach exactly if (j·N + reach) mod M ≤ 2·reach.
        long upTo = countBelow(highest + 1, grain, images, reach);
        long before = countBelow(lowest, grain, images, reach);
        return (double) (upTo - before) / (highest - lowest + 1);
    }

    /// The chance that all values which say something new fit a number of images that has nothing to do with them.
    public double chance(long images) {
        return Math.pow(share(images), news());
    }

    /// How many j in 0…n−1 have (j·N + reach) mod M ≤ 2·reach: floor(x/M) − floor((x − 2·reach − 1)/M) is 1 for those.
    private static long countBelow(long n, long grain, long images, long reach) {
        long step = images % grain;
        return floorSum(n, grain, step, reach + grain) - floorSum(n, grain, step, grain - reach - 1);
    }

    /// Σ floor((a·i + b)/m) over i = 0…n−1, by Euclid's algorithm on the lattice points under a line.
    private static long floorSum(long n, long m, long a, long b) {
        long sum = 0;
        while (n > 0) {
            sum += (n - 1) * n / 2 * (a / m) + n * (b / m);
            a %= m;
            b %= m;
            long top = a * n + b;
            if (top < m) break;
            n = top / m;
            b = top % m;
            long swap = m;
            m = a;
            a = swap;
        }
        return sum;
    }

    private static long distance(long unit, long images, long grain) {
        long rest = unit * (images % grain) % grain;
        return Math.min(rest, grain - rest);
    }

    private static long reach(long images, int decimals) {
        double half = 0.5 * (1 + SLACK) + (decimals > 5 ? FLOAT_SLACK * power(decimals) : 0);
        return (long) (images * half);
    }

    private static long power(int decimals) {
        long power = 1;
        for (int i = 0; i < decimals; i++) power *= 10;
        return power;
    }

    /// The number of right answers behind value `e` if `images` were scored: round(v·N).
    public long right(int e, long images) {
        return Math.round(values[e] * images);
    }

    /// The value of index `e`.
    public double value(int e) {
        return values[e];
    }

    /// Values that differ from all before and are neither 0 nor 1.
    public int news() {
        return news;
    }

    /// Whether value `e` says something that an earlier value did not: the same digits are no second witness, for what many sizes of a
    /// set allow, others allow as well. 0 and 1 are attainable with every number and say nothing.
    boolean isNews(int e) {
        return values[e] != 0 && values[e] != 1 && twin[e] < 0;
    }
}
