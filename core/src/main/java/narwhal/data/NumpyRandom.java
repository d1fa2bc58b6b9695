package narwhal.data;

/// NumPy's legacy generator, `RandomState(seed)`, as far as a shuffle needs it: the Mersenne Twister MT19937 (Matsumoto and
/// Nishimura 1998) with NumPy's rule for whole numbers. For emulations only; what Narwhal itself draws comes from
/// [narwhal.engine.Randomness].
final class NumpyRandom {
    private static final int LENGTH = 624;
    private static final int SHIFT = 397;

    private final int[] state = new int[LENGTH];
    private int next = LENGTH;

    /// @param seed 0 to 2³² − 1
    NumpyRandom(long seed) {
        state[0] = (int) seed;
        for (int k = 1; k < LENGTH; k++) state[k] = 1812433253 * (state[k - 1] ^ (state[k - 1] >>> 30)) + k;
    }

    /// The numbers 0 … n − 1 in the order that `shuffle` gives a list.
    int[] permutation(int n) {
        var order = new int[n];
        for (int i = 0; i < n; i++) order[i] = i;
        for (int i = n - 1; i > 0; i--) {
            int j = upTo(i);
            int kept = order[i];
            order[i] = order[j];
            order[j] = kept;
        }
        return order;
    }

    /// A number from 0 to `largest`: bits cut to its length until they are small enough.
    private int upTo(int largest) {
        int mask = -1 >>> Integer.numberOfLeadingZeros(largest);
        int drawn = bits() & mask;
        while (drawn > largest) drawn = bits() & mask;
        return drawn;
    }

    private int bits() {
        if (next == LENGTH) refill();
        int y = state[next++];
        y ^= y >>> 11;
        y ^= y << 7 & 0x9d2c5680;
        y ^= y << 15 & 0xefc60000;
        return y ^ y >>> 18;
    }

    private void refill() {
        for (int k = 0; k < LENGTH; k++) {
            int y = state[k] & 0x80000000 | state[(k + 1) % LENGTH] & 0x7fffffff;
            state[k] = state[(k + SHIFT) % LENGTH] ^ y >>> 1 ^ (-(y & 1) & 0x9908b0df);
        }
        next = 0;
    }
}
