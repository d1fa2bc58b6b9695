package narwhal.benchmarks;

import java.util.Locale;
import narwhal.engine.Engine;

/// The step of a [Work] broken down by operation, with what its products reach of the machine's [Peak].
///
/// Usage: see `benchmarks/profile --help`.
public final class Profile {
    private Profile() {
    }

    /// @param args threads, `wall` or `thread` for the clock, steps, then the words of a [Work]
    public static void main(String[] args) throws InterruptedException {
        var watch = args[1].equals("wall") ? Stopwatch.wall() : Stopwatch.thread();
        int steps = Integer.parseInt(args[2]);
        var words = String.join(" ", java.util.Arrays.asList(args).subList(3, args.length));
        double peak = Peak.gigaflops(Integer.parseInt(args[0]));
        System.out.printf(Locale.ROOT, "peak %.0f GFLOP/s; products as their definition counts them%n", peak);
        try (var engine = Engine.cpu(Integer.parseInt(args[0]))) {
            var work = Work.of(watch.time(engine), Integer.parseInt(args[0]), words);
            double total = 0;
            for (int i = -steps; i < steps; i++) {
                work.prepare();
                if (i == 0) watch.reset();
                long start = watch.now();
                work.run();
                if (i >= 0) total += (watch.now() - start) * 1e-9 / steps;
            }
            double counted = 0;
            for (var lap : watch.laps().entrySet()) {
                double seconds = lap.getValue().seconds() / steps;
                if (lap.getKey().startsWith("write")) continue;
                counted += seconds;
                if (seconds > 2e-5) {
                    double rate = lap.getValue().flops() / lap.getValue().seconds() * 1e-9;
                    System.out.printf(Locale.ROOT, "%8.2f ms  %4d×  %s%s%n", seconds * 1e3,
                            lap.getValue().calls() / steps, lap.getKey(), rate == 0
                                    ? ""
                                    : String.format(Locale.ROOT, ": %.0f GFLOP/s, %.0f %% of the peak", rate,
                                            100 * rate / peak));
                }
            }
            System.out.printf(Locale.ROOT, "%8.2f ms  outside the engine%n", (total - counted) * 1e3);
            System.out.printf(Locale.ROOT, "%8.2f ms  step%n", total * 1e3);
        }
    }
}
