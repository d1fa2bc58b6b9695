package narwhal.benchmarks;

import java.util.ArrayList;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// The most multiplications and additions that this machine does in a second: fused multiply-adds on registers alone, as
/// many independent ones as hide their latency. What a kernel reaches is told as a part of it.
final class Peak {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    private static final int ROUNDS = 40_000_000;
    private static final int SUMS = 10;
    private static final int TRIES = 8;

    private Peak() {
    }

    /// GFLOP/s of several threads at once, the best of a few tries.
    static double gigaflops(int threads) throws InterruptedException {
        double best = 0;
        for (int i = 0; i < TRIES; i++) {
            var team = new ArrayList<Thread>();
            long start = System.nanoTime();
            for (int t = 0; t < threads; t++)
                team.add(Thread.ofPlatform().start(() -> run(new float[2 * SPECIES.length()])));
            for (var thread : team) thread.join();
            double seconds = (System.nanoTime() - start) * 1e-9;
            best = Math.max(best, 2.0 * SUMS * SPECIES.length() * ROUNDS * threads / seconds * 1e-9);
        }
        return best;
    }

    /// Writes the sums out, so that the compiler cannot leave them away.
    private static void run(float[] out) {
        var a = FloatVector.broadcast(SPECIES, out[0] + 1.0001f);
        var b = FloatVector.broadcast(SPECIES, out[0] + 1e-9f);
        var c0 = b;
        var c1 = c0.add(b);
        var c2 = c1.add(b);
        var c3 = c2.add(b);
        var c4 = c3.add(b);
        var c5 = c4.add(b);
        var c6 = c5.add(b);
        var c7 = c6.add(b);
        var c8 = c7.add(b);
        var c9 = c8.add(b);
        for (int i = 0; i < ROUNDS; i++) {
            c0 = a.fma(b, c0);
            c1 = a.fma(b, c1);
            c2 = a.fma(b, c2);
            c3 = a.fma(b, c3);
            c4 = a.fma(b, c4);
            c5 = a.fma(b, c5);
            c6 = a.fma(b, c6);
            c7 = a.fma(b, c7);
            c8 = a.fma(b, c8);
            c9 = a.fma(b, c9);
        }
        c0.intoArray(out, 0);
        c1.intoArray(out, 1);
        c2.intoArray(out, 2);
        c3.intoArray(out, 3);
        c4.intoArray(out, 4);
        c5.intoArray(out, 5);
        c6.intoArray(out, 6);
        c7.intoArray(out, 7);
        c8.intoArray(out, 8);
        c9.intoArray(out, 9);
    }
}
