package narwhal.benchmarks;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/// One side of a race: a process that does one step at a time, when it is told to.
final class Rival implements AutoCloseable {
    private final String name;
    private final Process process;
    private final PrintStream to;
    private final BufferedReader from;
    private final String about;

    private Rival(String name, Process process, String about, BufferedReader from) {
        this.name = name;
        this.process = process;
        this.about = about;
        this.from = from;
        this.to = new PrintStream(process.getOutputStream(), true, StandardCharsets.UTF_8);
    }

    /// Starts a rival; empty if it ends before it is ready, with what it said in `log`.
    static Optional<Rival> start(String name, List<String> command, Path log) throws IOException {
        var process = new ProcessBuilder(command).redirectError(log.toFile()).start();
        var from = process.inputReader(StandardCharsets.UTF_8);
        for (var line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith("ready ")) return Optional.of(new Rival(name, process, line.substring(6), from));
        }
        return Optional.empty();
    }

    String name() {
        return name;
    }

    /// Its versions.
    String about() {
        return about;
    }

    /// Seconds of one step.
    double step() throws IOException {
        return ask("step", "seconds ");
    }

    /// Largest resident size of the process so far, in MB of 10⁶ bytes.
    double peakMegabytes() throws IOException {
        return ask("memory", "megabytes ");
    }

    private double ask(String question, String answer) throws IOException {
        to.println(question);
        for (var line = from.readLine(); line != null; line = from.readLine()) {
            if (line.startsWith(answer)) return Double.parseDouble(line.substring(answer.length()));
        }
        throw new IOException(name + " ended without an answer to " + question);
    }

    @Override
    public void close() {
        to.close();
        process.destroy();
    }
}
