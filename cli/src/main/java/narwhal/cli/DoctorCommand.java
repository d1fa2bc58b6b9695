package narwhal.cli;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import narwhal.doctor.Severity;
import narwhal.doctor.report.Consultation;
import narwhal.errors.Problem;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.log.TrainingLog;
import narwhal.history.readers.Logs;
import picocli.CommandLine;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `narwhal doctor`: why a training run misbehaves.
@CommandLine.Command(name = "doctor", description = {
    "Says why a training run misbehaves, how it knows, and what to do, from the record of the run alone.", "",
    "LOG is what Keras or your own loop printed, a CSV or JSON of the history, a run folder of ours, or - for standard input. Exit code 5: something was found."})
final class DoctorCommand extends Command {
    private static final long LARGEST_FACTS = 1 << 20;

    @Parameters(index = "0", paramLabel = "LOG", description = "A log in any form, a run folder, or -.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private String log;

    @Option(names = "--facts", paramLabel = "FILE", description = "What you know about the run: sentences, key: value lines, or your script.")
    private Optional<Path> facts = Optional.empty();

    @Option(names = "--format", paramLabel = "F", description = "text, json or html (default: ${DEFAULT-VALUE}).", defaultValue = "text")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Consultation.Format format;

    @Option(names = "--fail-on", paramLabel = "S", description = "Exit code 5 from this severity on: error, warning, info or never (default: ${DEFAULT-VALUE}).", defaultValue = "warning")
    @SuppressWarnings("NullAway.Init") // by picocli
    private FailOn failOn;

    @Option(names = "--verbose", description = "Also show the working.")
    private boolean verbose;

    /// From which severity on the exit code says so.
    enum FailOn {
        ERROR,
        WARNING,
        INFO,
        NEVER
    }

    DoctorCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        var severity = failOn == FailOn.NEVER
                ? Optional.<Severity>empty()
                : Optional.of(Severity.valueOf(failOn.name()));
        var stated = facts.map(DoctorCommand::read).orElse(Facts.NONE);
        var answer = new Consultation(format, severity, verbose, console().isColored()).answer(this::log, stated);
        console().out().print(answer.text());
        console().flush();
        return answer.exitCode();
    }

    private TrainingLog log() {
        if (!log.equals("-")) return Logs.read(Path.of(log));
        try {
            return Logs.read(System.in.readAllBytes(), "standard input");
        } catch (IOException e) {
            throw Problem.LOG_UNREADABLE.because("standard input: " + e.getMessage(), e);
        }
    }

    private static Facts read(Path file) {
        try {
            if (Files.size(file) > LARGEST_FACTS) {
                throw Problem.LOG_UNREADABLE.because(file + ": " + Files.size(file) + " bytes of facts, at most "
                        + LARGEST_FACTS + " are read", "give the few lines that matter");
            }
            return FactsReader.read(new String(Files.readAllBytes(file), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw Problem.LOG_UNREADABLE.because(file + ": the facts cannot be read", e);
        }
    }
}
