package narwhal.cli;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/// The command line in a process of its own, as the launcher starts it: over the module path.
final class FreshJvm {
    private static final long PATIENCE_SECONDS = 120;

    private final List<String> jvm;

    private FreshJvm(List<String> jvm) {
        this.jvm = jvm;
    }

    /// @param jvm options of the virtual machine
    static FreshJvm with(String... jvm) {
        return new FreshJvm(List.of(jvm));
    }

    /// A process that runs or has ended.
    record Started(Process process, Path out, Path err) {
        Outcome end() throws IOException, InterruptedException {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
                throw new AssertionError("still running after " + PATIENCE_SECONDS + " s: " + Files.readString(out)
                        + Files.readString(err));
            }
            return new Outcome(process.exitValue(), Files.readString(out), Files.readString(err));
        }

        /// Sends a signal by its name.
        void signal(String name) throws IOException, InterruptedException {
            new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).inheritIO().start().waitFor();
        }
    }

    /// Starts a command in a folder.
    Started start(Path folder, String... words) throws IOException {
        var command = new ArrayList<>(List.of(Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
        if (!jvm.isEmpty()) command.subList(1, command.size()).clear();
        command.addAll(jvm);
        command.addAll(List.of("--module-path", modulePath(), "--module", "narwhal.cli/narwhal.cli.Main"));
        command.addAll(List.of(words));
        var out = Files.createTempFile(folder, "out", ".txt");
        var err = Files.createTempFile(folder, "err", ".txt");
        var process = new ProcessBuilder(command).directory(folder.toFile()).redirectOutput(out.toFile())
                .redirectError(err.toFile());
        process.environment().put("LC_ALL", "C.UTF-8");
        return new Started(process.start(), out, err);
    }

    /// Runs a command in a folder to its end.
    Outcome run(Path folder, String... words) throws IOException, InterruptedException {
        return start(folder, words).end();
    }

    /// The modules of this test, as the build has them.
    static String modulePath() {
        var modules = System.getProperty("jdk.module.path");
        var classes = Path.of("target", "classes").toAbsolutePath().toString();
        if (modules == null || modules.isEmpty()) modules = System.getProperty("java.class.path");
        var path = new ArrayList<>(List.of(classes));
        for (var entry : modules.split(File.pathSeparator)) {
            if (!entry.isEmpty() && !Path.of(entry).toAbsolutePath().toString().equals(classes)
                    && !entry.contains("test-classes"))
                path.add(entry);
        }
        return String.join(File.pathSeparator, path);
    }

    static String text(Path file) throws IOException {
        return Files.readString(file, StandardCharsets.UTF_8);
    }
}
