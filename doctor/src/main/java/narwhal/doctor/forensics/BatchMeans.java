package narwhal.doctor.forensics;

import java.util.Optional;

/// Accuracies that are means of batch means without weights: the incomplete last batch counts as much as a full one. Then a
/// value is (K/b + k/r)/n with whole K and k.
///
/// @param set with the batch size that fits
/// @param misses values that are not such a mean
/// @param wholeMisses values that are not a share of the whole set
/// @param chance that unrelated values fit as well, corrected for the batch sizes tried
public record BatchMeans(ValidationSet set, int misses, int wholeMisses, double chance) {
    private static final long MOST_TESTS = 40_000_000;

    /// Looks for a batch size up to 512 with which all values are unweighted means of batch means, where most of them are not
    /// shares of the whole set.
    ///
    /// @param decimals printed
    /// @param values in 0…1
    /// @param images in the validation set
    public static Optional<BatchMeans> find(int decimals, double[] values, long images) {
        var digits = Digits.of(decimals, values);
        int wholeMisses = digits.misses(images);
        if (values.length < 5 || 2 * wholeMisses <= values.length) return Optional.empty();
        double half = 0.5 * Math.pow(10, -decimals) * (1 + 1e-4) + 1e-7;
        Optional<BatchMeans> best = Optional.empty();
        int tried = 0;
        long work = 0;
        for (int b = 2; b <= Math.min(CandidateLoops.LARGEST_BATCH, images - 1); b++) {
            var set = new ValidationSet(images, b);
            if (set.lastBatch() == b) continue;
            work += (long) values.length * (set.lastBatch() + 1);
            if (work > MOST_TESTS) break;
            double share = share(half, set);
            if (share >= 0.9) continue;
            tried++;
            int misses = 0;
            for (double value : values) {
                if (!attainable(value, half, set)) misses++;
            }
            if (misses > 0.01 * values.length) continue;
            double chance = Math.pow(share, distinct(values));
            boolean nearer = best.isEmpty() || chance < best.get().chance();
            boolean likelier = best.isPresent() && chance == best.get().chance() && set.usual();
            if (nearer || likelier) {
                best = Optional.of(new BatchMeans(set, misses, wholeMisses, chance));
            }
        }
        int trials = tried;
        return best.map(found -> new BatchMeans(found.set, found.misses, found.wholeMisses,
                Math.min(1, found.chance * trials)));
    }

    /// The share of all values that are such a mean, nearly: sums K/b + k/r lie on the grid of the common denominator.
    private static double share(double half, ValidationSet set) {
        double common = (double) set.batch() / gcd(set.batch(), set.lastBatch()) * set.lastBatch();
        return Math.min(1, 2 * half * set.batches() * Math.min(common, (double) set.batch() * (set.lastBatch() + 1)));
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    /// Whether `value` ± `half` holds some (K/b + k/r)/n: for each k one rounding decides.
    static boolean attainable(double value, double half, ValidationSet set) {
        int n = set.batches();
        for (int k = 0; k <= set.lastBatch(); k++) {
            double whole = (value * n - (double) k / set.lastBatch()) * set.batch();
            double nearest = Math.rint(whole);
            if (nearest >= 0 && nearest <= (double) (n - 1) * set.batch()
                    && Math.abs(whole - nearest) <= half * n * set.batch())
                return true;
        }
        return false;
    }

    private static long distinct(double[] values) {
        return java.util.Arrays.stream(values).distinct().count();
    }

    /// The most that leaving out the weights can move an accuracy, for a last batch that is `spread` better or worse than the
    /// rest.
    public double bias(double spread) {
        return (1.0 / set.batches() - (double) set.lastBatch() / set.images()) * spread;
    }
}
