package narwhal.doctor.forensics;

import narwhal.doctor.forensics.BestLoop.Weighed;
import org.jspecify.annotations.Nullable;

/// Tests evaluation loops on printed digits: which of the values each makes impossible, and how rarely unrelated values would fit. One
/// worker for each search.
final class DigitTest {
    /// A number of images that allows more of all values than this cannot fail.
    static final double COULD_FAIL = 0.9;

    private final Digits digits;
    private final int[] evaluations;
    private final KnownLoop known;
    private final CountedImages counted;
    /// More misses than this drop a candidate before all epochs are looked at.
    private final int patience;

    /// @param evaluations how many evaluations went before each printed value
    /// @param most images that one evaluation can score
    DigitTest(Digits digits, int[] evaluations, KnownLoop known, long most) {
        this.digits = digits;
        this.evaluations = evaluations;
        this.known = known;
        counted = new CountedImages(digits, most);
        patience = 1 + digits.size() / 50;
    }

    int size() {
        return digits.size();
    }

    /// How many values are no share of so many images.
    int misses(long images) {
        return counted.misses(images);
    }

    /// Images that a loop scores for each value.
    long[] images(ScoringLoop loop) {
        return loop.images(evaluations);
    }

    /// What the digits say of a loop; null where too many exclude it.
    @Nullable
    Weighed weigh(ScoringLoop loop) {
        if (counted.saysNothing(loop.fewest())) return Weighed.MUTE;
        if (loop instanceof ScoringLoop.Restarting && misses(loop.images(0)) > patience) return null;
        int misses = misses(loop, patience + 1);
        return misses > patience ? null : surprise(images(loop), misses);
    }

    /// How many values a loop makes impossible; the count ends at `enough`.
    int misses(ScoringLoop loop, int enough) {
        int misses = 0;
        for (int e = 0; e < evaluations.length && misses < enough; e++) {
            if (!counted.attainable(loop.images(evaluations[e]))[e]) misses++;
        }
        return misses;
    }

    private Weighed surprise(long[] seen, int misses) {
        double all = 0;
        double news = 0;
        for (int e = 0; e < evaluations.length; e++) {
            if (!counted.attainable(seen[e])[e]) continue;
            double surprise = counted.surprise(seen[e]);
            if (surprise == 0) continue;
            all += surprise;
            if (digits.isNews(e)) news += surprise;
        }
        return new Weighed(misses, all, news);
    }

    /// Whether too many values fit neither of two numbers of images; false where the larger one would allow nearly everything.
    ///
    /// @param most the larger of the two
    boolean excludesBoth(long most, long other) {
        if (counted.saysNothing(other)) return false;
        var one = counted.attainable(most);
        var two = counted.attainable(other);
        int misses = 0;
        for (int e = 0; e < one.length && misses <= patience; e++) if (!one[e] && !two[e]) misses++;
        return misses > patience;
    }

    /// Whether unrelated digits would probably exclude a loop.
    boolean couldFail(ScoringLoop loop) {
        if (loop.fewest() >= digits.mute()) return false;
        if (loop instanceof ScoringLoop.Rotating) {
            long without = ScoringLoop.images(loop.set(), loop.steps(), 0);
            boolean one = couldFail(without);
            boolean other = couldFail(without - loop.set().batch() + loop.set().lastBatch());
            if (one == other) return one;
        }
        for (int evaluation : evaluations) {
            if (!couldFail(loop.images(evaluation))) return false;
        }
        return true;
    }

    private boolean couldFail(long images) {
        return counted.share(images) < COULD_FAIL;
    }

    /// Logarithm of the chance of the rhythm that was found, 0 where a loop explains it.
    double rhythm(ScoringLoop loop) {
        if (known.rhythm().isEmpty()) return 0;
        var rhythm = known.rhythm().get();
        return loop.repeatsAfter(rhythm.period()) ? 0 : -rhythm.nats();
    }
}
