package narwhal.engine;

/// Randomness without state: a number is a pure function of (seed, purpose, epoch, index), so the number of threads, the
/// order of the work and a resume cannot change it.
///
/// Each of the four is absorbed in turn by `h ← mix(h + γ·(v + 1))`, where `mix` is the 64-bit finaliser and γ the golden
/// ratio increment of SplitMix (Steele, Lea and Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014). In
/// other words, `v` picks the v-th number of a [java.util.SplittableRandom] seeded with `h`. The function is part of the
/// checkpoint format: changing it changes every stored result.
///
/// @param seed the seed of the run, any value
public record Randomness(long seed) {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    /// What a number is drawn for; each has a number of its own for ever.
    public enum Purpose {
        INITIALISATION(0),
        SHUFFLE(1),
        AUGMENTATION(2),
        DROPOUT(3),
        SYNTHESIS(4);

        final int number;

        Purpose(int number) {
            this.number = number;
        }
    }

    /// 64 random bits.
    ///
    /// @param epoch 0-based; 0 where there is none
    /// @param index of the parameter, sample or element, from 0
    public long bits(Purpose purpose, long epoch, long index) {
        return absorb(absorb(absorb(absorb(seed, 0), purpose.number), epoch), index);
    }

    /// A number in [0, 1), a multiple of 2⁻⁵³.
    public double uniform(Purpose purpose, long epoch, long index) {
        return (bits(purpose, epoch, index) >>> 11) * 0x1p-53;
    }

    /// The numbers 0 … n − 1 in an order that depends on the seed and the epoch (Fisher and Yates, from the end).
    ///
    /// @param n at least 0
    public int[] permutation(long epoch, int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) order[i] = i;
        for (int i = n - 1; i > 0; i--) {
            // The high half of a 64 × 64 bit product is uniform in 0 … i up to a bias below 2⁻³².
            int j = (int) Math.unsignedMultiplyHigh(bits(Purpose.SHUFFLE, epoch, i), i + 1L);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    private static long absorb(long h, long v) {
        return mix(h + GAMMA * (v + 1));
    }

    private static long mix(long z) {
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return z ^ (z >>> 31);
    }
}
