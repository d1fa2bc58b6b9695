package narwhal.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import narwhal.engine.Engine;

/// Our side of a race: reads `step` and answers with its seconds, reads `memory` and answers with the process's largest
/// resident size in MB.
public final class Runner {
    private Runner() {
    }

    /// @param args threads, then the words of a [Work]
    public static void main(String[] args) throws IOException {
        int threads = Integer.parseInt(args[0]);
        var engine = Engine.cpu(threads);
        var words = String.join(" ", java.util.Arrays.asList(args).subList(1, args.length));
        serve(Work.of(engine, threads, words), "Java " + Runtime.version().feature());
    }

    /// Answers on standard output to what comes on standard input, until that ends.
    public static void serve(Work work, String about) throws IOException {
        System.out.println("ready " + about);
        var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
        for (var line = in.readLine(); line != null; line = in.readLine()) {
            switch (line) {
                case "step" -> {
                    work.prepare();
                    long start = System.nanoTime();
                    work.run();
                    System.out.printf(Locale.ROOT, "seconds %.9f%n", (System.nanoTime() - start) * 1e-9);
                }
                case "memory" -> System.out.printf(Locale.ROOT, "megabytes %.1f%n", peakMegabytes());
                default -> throw new IllegalArgumentException("not understood: " + line);
            }
        }
    }

    private static double peakMegabytes() throws IOException {
        for (var line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmHWM:")) return Double.parseDouble(line.replaceAll("[^0-9]", "")) / 1000;
        }
        return Double.NaN;
    }
}
