package narwhal.doctor.forensics;

import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/// A window that moves irregularly: each epoch scores the same number of batches, but which ones depends on how many a loader had
/// fetched ahead and thrown away. Then the number of images has two values, with the smaller last batch inside or not, in no fixed
/// order. Keras 3 does this with a Python generator as validation data.
///
/// @param set the set and the batches it is cut into
/// @param steps batches scored in each epoch
/// @param without images in a window without the last batch
/// @param with images in a window that holds it
/// @param chance that unrelated values would fit as well, corrected for the search
public record MovingCounts(ValidationSet set, int steps, long without, long with, double chance) {
    private static final int FEWEST = 6;
    private static final double COULD_FAIL = 0.9;
    private static final double MISS = Math.log(1000);
    private static final double RARE = 1e-5;
    /// For what was named beforehand.
    private static final double RARE_ENOUGH = 1e-3;
    /// What a batch size that people choose is ahead of any other.
    private static final double USUAL = Math.log(20);
    private static final Set<Integer> USUAL_BATCHES = Set.of(1, 2, 4, 8, 10, 16, 20, 25, 30, 32, 40, 48, 50, 64, 96,
            100, 128, 192,
            200, 256, 512);

    /// The loop that explains the digits best, if chance does not and both numbers of images are needed.
    ///
    /// @param known with the size of the set; where batch and steps are stated, these alone are tried first, and nothing is searched
    public static Optional<MovingCounts> find(Digits digits, KnownLoop known) {
        long images = known.images().orElseThrow();
        if (digits.size() < FEWEST || images < 20) return Optional.empty();
        return stated(digits, known, images).or(() -> search(digits, images));
    }

    private static Optional<MovingCounts> stated(Digits digits, KnownLoop known, long images) {
        if (known.batch().isEmpty() || known.steps().isEmpty() || known.batch().getAsInt() > images)
            return Optional.empty();
        var set = new ValidationSet(images, known.batch().getAsInt());
        int steps = known.steps().getAsInt();
        if (set.lastBatch() == set.batch() || steps >= set.batches()) return Optional.empty();
        long without = (long) steps * set.batch();
        long with = without - set.batch() + set.lastBatch();
        double share = digits.share(without) + digits.share(with);
        if (with <= 0 || share >= COULD_FAIL) return Optional.empty();
        double chance = Math.exp(whole(digits, images) - score(digits, without, with, share));
        return chance < RARE_ENOUGH
                ? Optional.of(new MovingCounts(set, steps, without, with, chance))
                : Optional.empty();
    }

    private static Optional<MovingCounts> search(Digits digits, long images) {
        Optional<MovingCounts> found = Optional.empty();
        double best = 0;
        int trials = 0;
        for (int batch = 2; batch <= Math.min(CandidateLoops.LARGEST_BATCH, images / 2); batch++) {
            var set = new ValidationSet(images, batch);
            if (set.lastBatch() == batch) continue;
            for (int steps : steps(images, set.batches())) {
                long without = (long) steps * batch;
                long with = without - batch + set.lastBatch();
                if (with <= 0) continue;
                double share = digits.share(without) + digits.share(with);
                if (share >= COULD_FAIL) continue;
                trials++;
                double score = score(digits, without, with, share) + (USUAL_BATCHES.contains(batch) ? USUAL : 0);
                if (score <= best) continue;
                best = score;
                found = Optional.of(new MovingCounts(set, steps, without, with, Math.exp(-score)));
            }
        }
        double factor = trials * Math.exp(whole(digits, images));
        return found.map(f -> new MovingCounts(f.set, f.steps, f.without, f.with, Math.min(1, f.chance * factor)))
                .filter(f -> f.chance < RARE);
    }

    /// What the whole set explains in nats: digits that it allows need no window.
    private static double whole(Digits digits, long images) {
        if (digits.misses(images) > 0) return 0;
        return -digits.news() * Math.log(digits.share(images));
    }

    /// Steps that a division by some batch size gives, fewer than there are batches.
    private static Set<Integer> steps(long images, int batches) {
        var steps = new TreeSet<Integer>();
        for (int divisor = 1; divisor <= CandidateLoops.LARGEST_BATCH; divisor++) {
            long floor = images / divisor;
            if (floor >= 1 && floor < batches) steps.add((int) floor);
            long ceiling = (images + divisor - 1) / divisor;
            if (ceiling < batches) steps.add((int) ceiling);
        }
        return steps;
    }

    /// The evidence in nats; 0 where a value fits neither number, beyond one in fifty, or one of them is hardly needed.
    private static double score(Digits digits, long without, long with, double share) {
        int patience = digits.size() / 50;
        int misses = 0;
        int first = 0;
        int second = 0;
        int news = 0;
        var seen = new HashSet<Double>();
        for (int e = 0; e < digits.size(); e++) {
            boolean one = digits.attainable(e, without);
            boolean other = digits.attainable(e, with);
            if (!one && !other && ++misses > patience) return 0;
            double value = digits.value(e);
            if (value != 0 && value != 1 && (one || other) && seen.add(value)) news++;
            if (one && !other) first++;
            if (other && !one) second++;
        }
        return first < 2 || second < 2 ? 0 : -news * Math.log(share) - MISS * misses;
    }
}
