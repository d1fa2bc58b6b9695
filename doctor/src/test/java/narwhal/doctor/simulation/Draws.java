package narwhal.doctor.simulation;

import java.util.SplittableRandom;

/// Random numbers of a simulated run.
final class Draws {
    private final SplittableRandom random;

    Draws(long seed) {
        random = new SplittableRandom(seed * 0x9E3779B97F4A7C15L + 12345);
    }

    double uniform(double low, double high) {
        return low + (high - low) * random.nextDouble();
    }

    /// Evenly on a logarithmic scale.
    double scale(double low, double high) {
        return Math.exp(uniform(Math.log(low), Math.log(high)));
    }

    int whole(int low, int high) {
        return random.nextInt(low, high + 1);
    }

    boolean chance(double p) {
        return random.nextDouble() < p;
    }

    int one(int... of) {
        return of[random.nextInt(of.length)];
    }

    double normal() {
        return random.nextGaussian();
    }

    /// How many of `n` come true at chance `p`; the normal law for large numbers.
    long binomial(long n, double p) {
        if (n > 2000) {
            return Math.clamp(Math.round(n * p + Math.sqrt(n * p * (1 - p)) * normal()), 0, n);
        }
        long hits = 0;
        for (long i = 0; i < n; i++) if (random.nextDouble() < p) hits++;
        return hits;
    }
}
