package narwhal.doctor.statistics;

/// Random orders from a fixed seed: SplitMix64 (Steele, Lea, Flood 2014) under Fisher–Yates. The same log always meets the
/// same orders.
final class Shuffle {
    private long state;

    Shuffle(long seed) {
        state = seed;
    }

    /// Brings `y` into another order.
    void shuffle(double[] y) {
        for (int i = y.length - 1; i > 0; i--) {
            int j = (int) Long.remainderUnsigned(next(), i + 1L);
            double swapped = y[i];
            y[i] = y[j];
            y[j] = swapped;
        }
    }

    private long next() {
        state += 0x9E3779B97F4A7C15L;
        long z = state;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}
