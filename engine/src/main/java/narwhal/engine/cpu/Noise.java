package narwhal.engine.cpu;

/// Numbers by chance that are a pure function of a key and a place.
final class Noise {
    private static final long GAMMA = 0x9e3779b97f4a7c15L;

    private Noise() {
    }

    /// Elements `from` … `to` − 1 from the normal distribution, by Box and Muller. `StrictMath`: the same bits on every
    /// machine.
    static void normal(long key, float[] y, int from, int to) {
        for (int i = from; i < to; i++) {
            double radius = StrictMath.sqrt(-2 * StrictMath.log(1 - uniform(key, 2L * i)));
            y[i] = (float) (radius * StrictMath.cos(2 * Math.PI * uniform(key, 2L * i + 1)));
        }
    }

    /// In [0, 1): the 64-bit finaliser of SplitMix (Steele, Lea and Flood, OOPSLA 2014).
    private static double uniform(long key, long index) {
        long z = key + (index + 1) * GAMMA;
        z = (z ^ (z >>> 30)) * 0xbf58476d1ce4e5b9L;
        z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
        return ((z ^ (z >>> 31)) >>> 11) * 0x1p-53;
    }
}
