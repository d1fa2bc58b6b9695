package narwhal.python;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;

/// The Python that has the real Keras, as an oracle: the environment in the folder `NARWHAL_PYTHON`, or in
/// `~/.cache/narwhal/python`, which `benchmarks/peers/set-up` makes. Where it is missing, the tests that need it say so on the
/// console and are skipped.
public final class Python {
    private static final long PATIENCE_SECONDS = 1800;
    private static final Optional<Path> FOUND = find();

    private Python() {
    }

    private static Optional<Path> find() {
        var named = System.getenv("NARWHAL_PYTHON");
        var environment = named != null
                ? Path.of(named)
                : Path.of(System.getProperty("user.home"), ".cache", "narwhal", "python");
        var python = environment.resolve("bin").resolve("python");
        if (Files.isExecutable(python)) return Optional.of(python);
        System.err.println("*** NOT TESTED AGAINST THE REAL KERAS: no " + python
                + "; benchmarks/peers/set-up makes it ***");
        return Optional.empty();
    }

    /// Skips the calling test where there is no such Python.
    public static void assume() {
        Assumptions.assumeTrue(FOUND.isPresent(), "no Python with Keras");
    }

    /// Runs a script that lies beside `near`.
    ///
    /// @return what it printed on standard output
    public static String run(Class<?> near, String script, Object... arguments) {
        assume();
        var resource = near.getResource(script);
        var command = new ArrayList<>(List.of(FOUND.orElseThrow().toString(), Path.of(resource.getPath()).toString()));
        for (var argument : arguments) command.add(argument.toString());
        return run(command);
    }

    /// Runs a program and returns what it printed on standard output; a failure shows all it said.
    public static String run(List<String> command) {
        try {
            var errors = Files.createTempFile("narwhal", ".err");
            var builder = new ProcessBuilder(command).redirectError(errors.toFile());
            builder.environment().putAll(java.util.Map.of("KERAS_BACKEND", "tensorflow", "TF_CPP_MIN_LOG_LEVEL", "3",
                    "CUDA_VISIBLE_DEVICES", "-1", "TF_ENABLE_ONEDNN_OPTS", "0", "PYTHONDONTWRITEBYTECODE", "1"));
            var process = builder.start();
            var out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            assertThat(process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)).as("ended in time").isTrue();
            var said = Files.readString(errors);
            Files.delete(errors);
            assertThat(process.exitValue()).as("%s%n%s%n%s", command, out, said).isZero();
            return out;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
