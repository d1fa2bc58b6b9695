package narwhal.history.readers;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import narwhal.errors.Problem;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.log.LogFormat;
import narwhal.history.log.Run;
import narwhal.history.log.TrainingLog;

/// Reads the record of a training run, whoever wrote it: progress output of Keras of all versions, tables, histories as JSON or Python,
/// lines of hand-written loops, run folders of ours; pasted, quoted, wrapped in a notebook or cut off as they come.
///
/// ```java
/// var log = Logs.read(Path.of("train.log"));
/// var loss = log.longestFirst().getFirst().series(Metric.VAL_LOSS);
/// ```
public final class Logs {
    /// The largest file that is read, in bytes.
    public static final long LARGEST = 512L << 20;

    private static final int MOST_CODE = 2 << 20;
    private static final Pattern PAIR = Pattern.compile("([A-Za-z_]),(?=-?\\d)");
    private static final int FEWEST_PAIRS = 4;

    private Logs() {
    }

    /// The log in a file or in a run folder.
    ///
    /// @throws narwhal.errors.NarwhalException `LOG_UNREADABLE` if there is no such file, `LOG_UNKNOWN_FORMAT` if no epoch is in it
    public static TrainingLog read(Path path) {
        if (Files.isDirectory(path)) {
            var run = RunFolders.read(path);
            return new TrainingLog(RunFolders.FORMAT, List.of(run.build(1)), RunSettings.of(path).facts(),
                    new LeftoverLines().build());
        }
        return read(bytes(path), path.toString());
    }

    private static byte[] bytes(Path path) {
        try {
            if (Files.exists(path) && !Files.isRegularFile(path) && Files.size(path) == 0 && !Files.isReadable(path)) {
                throw Problem.LOG_UNREADABLE.because(path + ": not a file");
            }
            if (Files.size(path) > LARGEST) {
                throw Problem.LOG_UNREADABLE.because(
                        path + ": " + Files.size(path) + " bytes, at most " + LARGEST + " are read",
                        "give the part with the epochs");
            }
            return Files.readAllBytes(path);
        } catch (NoSuchFileException e) {
            throw Problem.LOG_UNREADABLE.because(path + ": no such file", e);
        } catch (AccessDeniedException e) {
            throw Problem.LOG_UNREADABLE.because(path + ": no permission to read it", e);
        } catch (IOException e) {
            throw Problem.LOG_UNREADABLE.because(path + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// The log in some bytes, such as those of standard input.
    ///
    /// @param place how an error names it
    /// @throws narwhal.errors.NarwhalException `LOG_UNKNOWN_FORMAT` if no epoch is in it
    public static TrainingLog read(byte[] bytes, String place) {
        if (bytes.length == 0) throw Problem.LOG_UNKNOWN_FORMAT.because(place + ": empty");
        UnknownLog.refuseBinary(bytes, place);
        return text(Unwrapping.unwrap(Decoding.text(bytes)), place);
    }

    private static TrainingLog text(String text, String place) {
        if (RunFolders.isOurs(text))
            return log(RunFolders.FORMAT, List.of(RunFolders.lines(text, place)), Facts.NONE, new LeftoverLines());
        if (isStructured(text)) {
            var lists = new HistoryLists(text);
            var runs = lists.find();
            if (!runs.isEmpty()) return log(lists.format(), runs, Facts.NONE, new LeftoverLines());
        }
        var leftovers = new LeftoverLines();
        var keras = new KerasText(leftovers);
        var byHand = new ByHand();
        TextLines.each(text, line -> {
            keras.take(line);
            if (!keras.begun()) byHand.take(line);
        });
        if (keras.hasEpochs()) return log(keras.format(), keras.runs(), facts(text), leftovers);
        if (!keras.begun()) return byHand.log(text, place);
        // A bar or a time that was not Keras'.
        var again = new ByHand();
        TextLines.each(text, again::take);
        return again.log(text, place);
    }

    /// A file of names and values in turn, `loss,0.43,accuracy,0.91`, as lines that somebody's loop prints.
    private static Optional<String> pairs(String text) {
        var beginning = text.substring(0, Math.min(text.length(), 2_000));
        boolean file = PAIR.matcher(beginning).results().limit(FEWEST_PAIRS).count() == FEWEST_PAIRS;
        return file ? Optional.of(PAIR.matcher(text).replaceAll("$1: ")) : Optional.empty();
    }

    /// Everything that is not Keras' own: lines of somebody's loop, tables, lists.
    private static final class ByHand {
        private final LeftoverLines leftovers = new LeftoverLines();
        private final PrintedText printed = new PrintedText(leftovers);
        private final Tables tables = new Tables();
        private final NumberedLosses numbered = new NumberedLosses();
        private final UnknownLog seen = new UnknownLog();

        void take(String printed) {
            var line = Tongues.english(printed);
            seen.take(line);
            numbered.take(line);
            if (!tables.take(line)) this.printed.take(line);
        }

        TrainingLog log(String text, String place) {
            if (tables.epochs() > 0 && tables.epochs() >= printed.epochs()) {
                return Logs.log(tables.format(), tables.runs(), facts(text), leftovers);
            }
            if (printed.epochs() >= 3) return Logs.log(printed.format(), printed.runs(), facts(text), leftovers);
            var lists = new HistoryLists(text);
            var runs = lists.find();
            if (!runs.isEmpty()) return Logs.log(lists.format(), runs, facts(text), leftovers);
            var counted = printed.epochs() <= 1 ? numbered.runs() : List.<RunBuilder>of();
            if (!counted.isEmpty()) {
                // What other lines say of held-out images was measured behind the run.
                for (var other : printed.runs())
                    for (var epoch : other.epochs) counted.getLast().closing(epoch.metrics);
                return Logs.log(printed.format(), counted, facts(text), new LeftoverLines());
            }
            if (printed.hasAnything()) return Logs.log(printed.format(), printed.runs(), facts(text), leftovers);
            var pairs = Logs.pairs(text);
            if (pairs.isEmpty()) throw seen.problem(place);
            return Logs.text(pairs.get(), place);
        }
    }

    private static boolean isStructured(String text) {
        int i = 0;
        while (i < text.length() && (text.charAt(i) <= ' ' || text.charAt(i) == '\ufeff')) i++;
        return i < text.length() && (text.charAt(i) == '{' || text.charAt(i) == '[');
    }

    private static TrainingLog log(LogFormat format, List<RunBuilder> builders, Facts facts,
            LeftoverLines leftovers) {
        var runs = new ArrayList<Run>();
        for (var builder : builders) runs.add(builder.build(runs.size() + 1));
        return new TrainingLog(format, runs, facts, leftovers.build());
    }

    /// What the text states besides its epochs: a script that was pasted above the log, the cells of a notebook.
    private static Facts facts(String text) {
        return FactsReader.fromCode(text.length() > MOST_CODE ? text.substring(0, MOST_CODE) : text);
    }
}
