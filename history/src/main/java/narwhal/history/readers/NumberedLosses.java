package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// Lines of a count and a number, `99 1013.42`, as `print(t, loss)` leaves them, also with a list behind: `0 5.73 [[-0.3 1.2]`. By itself
/// such a number is taken for the loss that is trained by, or for an accuracy if it rises as one.
final class NumberedLosses {
    private static final int FEWEST = 5;
    private static final Metric NUMBER = new Metric(Role.TRAINING, PrintedMetrics.UNNAMED);
    private static final Pattern LINE = Pattern
            .compile("\\s*(\\d{1,8})[,:]?\\s+(-?\\d+\\.\\d*(?:[eE][-+]?\\d+)?|nan|-?inf)"
                    + "(?:\\s*\\[.*)?\\s*");

    private final List<Numbered> lines = new ArrayList<>();
    /// Whether the counts are no steps of one length.
    private boolean broken;

    private record Numbered(int count, Reading loss) {}

    void take(String line) {
        int first = LineCleaning.skipBlanks(line, 0);
        if (broken || line.length() > 400 || first >= line.length() || !Readings.isDigit(line.charAt(first))) return;
        var match = LINE.matcher(line);
        if (!match.matches()) return;
        int count = Integer.parseInt(match.group(1));
        int size = lines.size();
        broken = size > 0 && count <= lines.getLast().count()
                || size > 1 && count - lines.getLast().count() != lines.get(1).count() - lines.getFirst().count();
        lines.add(new Numbered(count, Readings.of(match.group(2))));
    }

    /// The run that the lines are; no run where they are too few or not counted evenly.
    List<RunBuilder> runs() {
        if (broken || lines.size() < FEWEST) return List.of();
        var run = new RunBuilder();
        for (var line : lines) {
            var epoch = new EpochBuilder(line.count(), true);
            epoch.complete = true;
            epoch.metrics.put(NUMBER, line.loss());
            run.epochs.add(epoch);
        }
        run.printed(NUMBER, "the number");
        PrintedSeries.tidy(run);
        return List.of(run);
    }
}
