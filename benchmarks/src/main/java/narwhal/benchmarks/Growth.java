package narwhal.benchmarks;

import java.util.Arrays;
import java.util.Locale;
import narwhal.engine.Engine;

/// How the cost of a training step of the seed's network grows with batch, picture and threads.
///
/// Usage: see `benchmarks/growth --help`.
public final class Growth {
    private static final int STEPS = 5;
    private static final double WARM_UP_SECONDS = 4;

    private Growth() {
    }

    /// Prints one line for each combination.
    public static void main(String[] args) {
        System.out.println("threads  batch  picture   median ms   ms a picture");
        for (int threads : new int[]{1, 2}) {
            try (var engine = Engine.cpu(threads)) {
                for (var size : new int[][]{{1, 128, 128}, {8, 128, 128}, {32, 128, 128}, {32, 192, 192},
                    {32, 200, 300}}) {
                    double milliseconds = median(new Training(engine, size[0], size[1], size[2]));
                    System.out.printf(Locale.ROOT, "%7d  %5d  %3d×%3d  %10.1f  %13.2f%n", threads, size[0], size[1],
                            size[2], milliseconds, milliseconds / size[0]);
                }
            }
        }
    }

    private static double median(Work work) {
        var times = new double[STEPS];
        long begin = System.nanoTime();
        while ((System.nanoTime() - begin) * 1e-9 < WARM_UP_SECONDS) {
            work.prepare();
            work.run();
        }
        for (int i = 0; i < STEPS; i++) {
            work.prepare();
            long start = System.nanoTime();
            work.run();
            times[i] = (System.nanoTime() - start) * 1e-6;
        }
        Arrays.sort(times);
        return times[STEPS / 2];
    }
}
