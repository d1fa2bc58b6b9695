package narwhal.doctor.forensics;

import java.util.Optional;
import java.util.stream.LongStream;

/// How many images were scored, from the digits alone: the numbers that fit all values equally well.
///
/// Continued fractions would give the denominator of one value, but float32 blurs them beyond some 5,000 images; trying all
/// numbers against all values does not have that limit.
///
/// @param lowest of the numbers that cannot be told apart
/// @param highest of them
/// @param misses values that do not fit, transcription errors
/// @param corrected chance that unrelated values would fit some number as well
public record CountScan(long lowest, long highest, int misses, double corrected) {
    private static final long SMALLEST = 10;
    private static final long LARGEST = 300_000;
    private static final long SAMPLED = 10_000;
    private static final double COULD_FAIL = 0.9;
    private static final double MISS = Math.log(1000);
    private static final double RARE_ENOUGH = 1e-3;

    /// The smallest number of images, from 10 on, that explains the digits; empty where none does better than chance.
    public static Optional<CountScan> of(Digits digits) {
        return of(digits, LARGEST, digits.size() / 100);
    }

    /// The same among the numbers up to `largest`, where up to `patience` values need not fit.
    static Optional<CountScan> of(Digits digits, long largest, int patience) {
        long last = Math.min(largest, digits.mute() - 1);
        double best = 0;
        long found = -1;
        for (long n = SMALLEST; n <= last; n++) {
            // Most numbers fall at one of the first values, which costs far less than their share.
            int misses = misses(digits, n, patience);
            if (misses > patience || digits.share(n) >= COULD_FAIL) continue;
            double score = score(digits, n, misses);
            if (score > best) {
                best = score;
                found = n;
            }
        }
        if (found < 0) return Optional.empty();
        int misses = misses(digits, found, patience);
        double corrected = Math.min(1, Math.exp(-score(digits, found, misses)) * trials(digits, last));
        if (corrected >= RARE_ENOUGH) return Optional.empty();
        return Optional.of(new CountScan(edge(digits, found, -1, misses), edge(digits, found, 1, misses), misses,
                corrected));
    }

    /// How many numbers up to `last` the digits could refute, from every so manieth: only its order of magnitude counts.
    private static long trials(Digits digits, long last) {
        long step = 1 + (last - SMALLEST) / SAMPLED;
        return step * LongStream.iterate(SMALLEST, n -> n <= last, n -> n + step)
                .filter(n -> digits.countShare(n) < COULD_FAIL).count();
    }

    private static int misses(Digits digits, long n, int patience) {
        int misses = 0;
        for (int e = 0; e < digits.size() && misses <= patience; e++) {
            if (!digits.attainable(e, n)) misses++;
        }
        return misses;
    }

    private static double score(Digits digits, long n, int misses) {
        return (digits.news() - misses) * -Math.log(digits.share(n)) - MISS * misses;
    }

    private static long edge(Digits digits, long from, int step, int misses) {
        long n = from;
        while (n + step >= SMALLEST && n + step < digits.mute() && digits.misses(n + step) <= misses
                && digits.share(n + step) < COULD_FAIL)
            n += step;
        return n;
    }

    /// The number in the middle of those that cannot be told apart, a round one if there is one.
    public long images() {
        for (long round = 100_000; round >= 10; round /= 10) {
            long candidate = (highest / round) * round;
            if (candidate >= lowest && candidate > 0) return candidate;
        }
        return (lowest + highest) / 2;
    }
}
