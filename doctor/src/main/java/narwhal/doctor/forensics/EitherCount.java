package narwhal.doctor.forensics;

import java.util.Optional;
import java.util.stream.IntStream;

/// Two numbers of images, one or the other in each epoch, in any order: whole batches, and a batch less with the smaller last one in its
/// place. A window over n batches that leaves one out leaves out the last one in every n-th epoch only, so one number may be rare.
///
/// @param commoner the number that fits more epochs
/// @param rarer the other one
/// @param rarerAt indices of the epochs that only the rarer number fits, ascending
/// @param gain what the digits say for the pair, in nats, after correcting for the search
record EitherCount(long commoner, long rarer, int[] rarerAt, double gain) {
    private static final int FEWEST_EPOCHS = 10;
    private static final long SMALLEST = 20;
    private static final double COULD_FAIL = 0.25;
    /// One change would be another set from some epoch on, two an excursion.
    private static final int FEWEST_CHANGES = 3;
    private static final double SEARCHED = Math.log(AlternatingCounts.LARGEST)
            + Math.log(2.0 * CandidateLoops.LARGEST_BATCH);

    /// The likeliest pair that allows every value; empty where no pair does, or where one number is hardly needed.
    static Optional<EitherCount> find(Digits digits) {
        if (digits.size() < FEWEST_EPOCHS) return Optional.empty();
        Optional<EitherCount> best = Optional.empty();
        long last = Math.min(AlternatingCounts.LARGEST, digits.mute() - 1);
        for (long n = SMALLEST; n <= last; n++) {
            if (digits.misses(n) * 2 > digits.size() || digits.countShare(n) >= COULD_FAIL) continue;
            var found = beside(digits, n);
            if (best.isEmpty() || found.isPresent() && found.get().gain > best.get().gain) best = found;
        }
        return best;
    }

    /// The best partner of a number that fits at least half of the epochs.
    private static Optional<EitherCount> beside(Digits digits, long commoner) {
        var missed = IntStream.range(0, digits.size()).filter(e -> !digits.attainable(e, commoner)).toArray();
        if (changes(missed, digits.size()) < FEWEST_CHANGES) return Optional.empty();
        double own = digits.countShare(commoner);
        Optional<EitherCount> best = Optional.empty();
        for (long n = Math.max(SMALLEST, commoner - CandidateLoops.LARGEST_BATCH + 1); n < commoner
                + CandidateLoops.LARGEST_BATCH; n++) {
            long rarer = n;
            if (!IntStream.of(missed).allMatch(e -> digits.attainable(e, rarer))) continue;
            if (!wholeBatches(Math.max(commoner, rarer), Math.abs(commoner - rarer))) continue;
            double share = own + digits.countShare(rarer);
            if (share >= COULD_FAIL) continue;
            double gain = -digits.news() * Math.log(share) - SEARCHED;
            if (best.isEmpty() || gain > best.get().gain) {
                best = Optional.of(new EitherCount(commoner, rarer, missed, gain));
            }
        }
        return best;
    }

    /// How often epochs that fit and epochs that do not follow each other.
    private static int changes(int[] missed, int epochs) {
        int changes = 0;
        for (int i = 0; i < missed.length; i++) {
            if (missed[i] > 0 && (i == 0 || missed[i - 1] < missed[i] - 1)) changes++;
            if (missed[i] < epochs - 1 && (i == missed.length - 1 || missed[i + 1] > missed[i] + 1)) changes++;
        }
        return changes;
    }

    /// Whether `images` can be whole batches, each of them larger than what the last batch lacks.
    private static boolean wholeBatches(long images, long lacking) {
        for (long batch = lacking + 1; batch <= Math.min(CandidateLoops.LARGEST_BATCH, images / 2); batch++) {
            if (images % batch == 0) return true;
        }
        return false;
    }
}
