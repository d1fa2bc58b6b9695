package narwhal.cli;

import java.util.Optional;
import narwhal.engine.Engine;
import picocli.CommandLine.Option;

/// What of the machine is used. No result depends on it.
final class MachineOptions {
    private static final int MOST_THREADS = 1_024;

    @Option(names = "--threads", paramLabel = "T", description = "Threads that compute (default: one for each processor).")
    private Optional<Integer> threads = Optional.empty();

    @Option(names = "--loaders", paramLabel = "N", description = "Threads that prepare pictures, 0 for none (default: 1).")
    private Optional<Integer> loaders = Optional.empty();

    void check() {
        threads.ifPresent(t -> Values.check(t >= 1 && t <= MOST_THREADS, "--threads", t, "1 to " + MOST_THREADS));
        loaders.ifPresent(n -> Values.check(n >= 0 && n <= MOST_THREADS, "--loaders", n, "0 to " + MOST_THREADS));
    }

    int threads() {
        return threads.orElseGet(() -> Runtime.getRuntime().availableProcessors());
    }

    int loaders() {
        return loaders.orElse(1);
    }

    Engine engine() {
        return Engine.cpu(threads());
    }
}
