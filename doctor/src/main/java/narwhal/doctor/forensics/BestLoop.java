package narwhal.doctor.forensics;

import narwhal.doctor.forensics.CandidateLoops.Candidate;
import org.jspecify.annotations.Nullable;

/// The best candidate among alike ones and the sum of all of them, both before the prior.
final class BestLoop {
    private @Nullable Candidate candidate;
    private @Nullable Weighed weighed;
    private double score = Double.NEGATIVE_INFINITY;
    private double logSum = Double.NEGATIVE_INFINITY;
    /// Weights of candidates of which the digits say nothing, most of all: their sum needs no logarithm for each.
    private final double[] mute = new double[2];
    private final @Nullable Candidate[] heaviest = new Candidate[2];

    /// What the digits say of a candidate.
    ///
    /// @param misses printed values that it makes impossible
    /// @param allHits surprise of all values that fit, in nats
    /// @param news the same of values that are news
    record Weighed(int misses, double allHits, double news) {
        /// The digits say nothing.
        static final Weighed MUTE = new Weighed(0, 0, 0);
        /// What a value that is made impossible costs.
        static final double MISS = Math.log(1000);

        double evidence() {
            return news - MISS * misses;
        }
    }

    /// Takes a candidate in.
    ///
    /// @param rhythm logarithm of the chance of the rhythm with it, 0 where it explains one
    void add(Candidate other, Weighed digits, double rhythm) {
        if (digits == Weighed.MUTE) addMute(other, rhythm == 0 ? 0 : 1);
        else
            add(other, digits, digits.evidence(), rhythm);
    }

    private void addMute(Candidate other, int out) {
        mute[out] += other.weight();
        var heavy = heaviest[out];
        if (heavy == null || other.weight() > heavy.weight()) heaviest[out] = other;
    }

    private void add(Candidate other, Weighed digits, double evidence, double rhythm) {
        double value = evidence + Math.log(other.weight()) + rhythm;
        logSum = CountVerdict.logAdd(logSum, value);
        if (value > score) {
            candidate = other;
            weighed = digits;
            score = value;
        }
    }

    /// Counts in those of which the digits say nothing, each kind with its logarithm of the chance of the rhythm.
    void settle(double... rhythm) {
        for (int out = 0; out < 2; out++) {
            var heavy = heaviest[out];
            if (heavy == null) continue;
            double sum = CountVerdict.logAdd(logSum, Math.log(mute[out]) + rhythm[out]);
            add(heavy, Weighed.MUTE, 0, rhythm[out]);
            logSum = sum;
        }
    }

    /// Logarithm of the weight of all together.
    double logSum() {
        return logSum;
    }

    /// The best one as an explanation; null where no candidate came in.
    ///
    /// @param prior logarithm of what its kind weighs before the digits
    @Nullable
    Explanation explanation(double prior) {
        if (candidate == null || weighed == null) return null;
        return new Explanation(candidate.loop(), weighed.misses(), Math.exp(-weighed.allHits()), weighed.evidence(),
                score + prior);
    }
}
