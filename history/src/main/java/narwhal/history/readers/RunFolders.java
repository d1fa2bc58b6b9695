package narwhal.history.readers;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalDouble;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.EpochLines;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// Reads the run folders that our own trainer leaves behind.
final class RunFolders {
    static final LogFormat FORMAT = new LogFormat(Kind.RUN_FOLDER, Framework.NARWHAL, "narwhal run");

    private RunFolders() {
    }

    /// The run of a folder, with what its `run.json` records.
    static RunBuilder read(Path folder) {
        var run = epochs(folder);
        RunSettings.of(folder).describe(run);
        return run;
    }

    private static RunBuilder epochs(Path folder) {
        var file = folder.resolve("epochs.jsonl");
        if (!Files.isRegularFile(file)) {
            throw Problem.LOG_UNREADABLE.because(
                    folder + ": a folder without epochs.jsonl, expected a log file or a run folder",
                    "give the log file itself");
        }
        try {
            return lines(Files.readString(file, StandardCharsets.UTF_8), file.toString());
        } catch (IOException e) {
            throw Problem.LOG_UNREADABLE.because(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// Whether a text is such a file of lines.
    static boolean isOurs(String text) {
        int end = text.indexOf('\n');
        var first = text.substring(0, end < 0 ? Math.min(text.length(), 5_000) : Math.min(end, 5_000));
        return first.startsWith("{\"epoch\":") && first.contains("\"seconds\":")
                && first.contains("\"learning_rate\":");
    }

    /// The run of a text of lines. A last line that is not whole is left out: the run was killed while it was written.
    static RunBuilder lines(String text, String place) {
        var run = new RunBuilder();
        int from = 0;
        int number = 0;
        while (from < text.length()) {
            int end = text.indexOf('\n', from);
            var line = text.substring(from, end < 0 ? text.length() : end).trim();
            from = end < 0 ? text.length() : end + 1;
            number++;
            if (line.isEmpty()) continue;
            try {
                add(run, EpochLines.read(line, place + ":" + number));
            } catch (NarwhalException e) {
                if (end < 0) break;
                throw e;
            }
        }
        if (run.epochs.isEmpty())
            throw Problem.LOG_UNKNOWN_FORMAT.because(place + ": holds no epoch yet", "wait for the first epoch");
        return run;
    }

    private static void add(RunBuilder run, Epoch epoch) {
        var last = run.last();
        if (last != null && epoch.number() <= last.number)
            run.epochs.removeIf(earlier -> earlier.number >= epoch.number());
        var built = new EpochBuilder(epoch.number(), true);
        built.complete = true;
        epoch.metrics().forEach((name, value) -> built.metrics
                .put(run.metric(name, Names.keras(name).metric(Role.TRAINING)), full(value)));
        if (!Double.isNaN(epoch.learningRate())) built.learningRate = full(epoch.learningRate());
        if (!Double.isNaN(epoch.seconds())) built.seconds = OptionalDouble.of(epoch.seconds());
        built.audit = epoch.audit();
        epoch.audit().ifPresent(audit -> run.data.scored(Role.VALIDATION, audit.setSize()));
        run.epochs.add(built);
    }

    private static Reading full(double value) {
        return new Reading(value, Double.isFinite(value) ? Reading.FLOAT_ROUNDING * Math.abs(value) : 0,
                Double.toString(value), true);
    }
}
