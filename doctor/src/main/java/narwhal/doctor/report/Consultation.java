package narwhal.doctor.report;

import java.util.Optional;
import java.util.function.Supplier;
import narwhal.doctor.Diagnosis;
import narwhal.doctor.Doctor;
import narwhal.doctor.Severity;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.log.TrainingLog;
import narwhal.history.readers.Logs;

/// What `narwhal doctor` does: a log and facts in, a text and an exit code out.
///
/// ```java
/// var answer = Consultation.standard().format(Format.JSON).answer(bytes, "train.log", "batch_size = 32");
/// ```
///
/// @param format of the answer
/// @param failOn findings at or above this give exit code 5; empty for never
/// @param verbose whether the text shows the working
/// @param colored whether the text is for a terminal with colours
public record Consultation(Format format, Optional<Severity> failOn, boolean verbose, boolean colored) {
    /// How the answer is written.
    public enum Format {
        /// For people.
        TEXT,
        /// For programs.
        JSON,
        /// A page with curves.
        HTML
    }

    /// What comes back.
    ///
    /// @param text for standard output, each line ended
    /// @param exitCode 0 examined, 3 nothing readable, 5 a finding at or above the limit
    public record Answer(String text, int exitCode) {}

    /// Text without colours; fails on warnings.
    public static Consultation standard() {
        return new Consultation(Format.TEXT, Optional.of(Severity.WARNING), false, false);
    }

    public Consultation format(Format format) {
        return new Consultation(format, failOn, verbose, colored);
    }

    public Consultation failOn(Severity severity) {
        return new Consultation(format, Optional.of(severity), verbose, colored);
    }

    /// Findings do not change the exit code.
    public Consultation neverFail() {
        return new Consultation(format, Optional.empty(), verbose, colored);
    }

    public Consultation verbose(boolean verbose) {
        return new Consultation(format, failOn, verbose, colored);
    }

    public Consultation colored(boolean colored) {
        return new Consultation(format, failOn, verbose, colored);
    }

    /// Examines the bytes of a log.
    ///
    /// @param place how an error names them
    /// @param facts what the user states, in free text
    public Answer answer(byte[] log, String place, String facts) {
        return answer(() -> Logs.read(log, place), FactsReader.read(facts));
    }

    /// Examines what a reader delivers. Where it delivers nothing, JSON says so in the answer.
    ///
    /// @throws NarwhalException if nothing is readable and the format is not JSON
    public Answer answer(Supplier<TrainingLog> log, Facts facts) {
        Diagnosis diagnosis;
        try {
            diagnosis = Doctor.standard().examine(log.get(), facts);
        } catch (NarwhalException e) {
            if (format != Format.JSON || e.problem().exitCode() != Problem.LOG_UNKNOWN_FORMAT.exitCode()) throw e;
            return new Answer(JsonReport.error(String.valueOf(e.getMessage())) + "\n", e.problem().exitCode());
        }
        var text = switch (format) {
            case TEXT -> new TextReport(colored, verbose).write(diagnosis);
            case JSON -> JsonReport.write(diagnosis) + "\n";
            case HTML -> HtmlReport.write(diagnosis);
        };
        boolean fails = failOn.filter(diagnosis::has).isPresent();
        return new Answer(text, fails ? Problem.DOCTOR_FINDING.exitCode() : 0);
    }
}
