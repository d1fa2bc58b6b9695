package narwhal.history.readers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// Lines of nothing but numbers, which somebody's callback printed inside the epochs: with three or more lines of the same width that
/// fit the labelled values nearby they are step values.
final class BareNumbers {
    private static final int MOST = 200_000;

    private long count;

    /// Takes a line in.
    ///
    /// @return whether it is one of numbers only
    boolean take(String line, @Nullable EpochBuilder epoch) {
        if (line.length() > 200 || !isBare(line)) return false;
        var values = new ArrayList<Reading>();
        boolean decimal = false;
        int i = 0;
        while (i < line.length()) {
            int end = Readings.end(line, i);
            if (end < 0) {
                i++;
                continue;
            }
            var text = line.substring(i, end);
            decimal |= text.indexOf('.') >= 0 || !Readings.isDigit(text.charAt(text.length() - 1));
            values.add(Readings.of(text));
            i = end;
        }
        if (values.isEmpty() || values.size() > 8 || !decimal) return false;
        if (epoch != null && count++ < MOST) epoch.bare(values);
        return true;
    }

    private static boolean isBare(String line) {
        boolean digit = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (Readings.isDigit(c)) digit = true;
            else if (" \t.,;[]()+-eEnaif|".indexOf(c) < 0) return false;
        }
        return digit;
    }

    /// Gives the lines of each run the names of its own training metrics, in their order.
    static void resolve(List<RunBuilder> runs) {
        for (var run : runs) {
            var lines = run.epochs.stream().flatMap(epoch -> epoch.bare().stream()).toList();
            var names = names(run);
            if (lines.size() < 3 || names.size() < lines.getFirst().size()) continue;
            boolean fit = lines.stream()
                    .allMatch(line -> line.size() == lines.getFirst().size() && fits(named(names, line)));
            if (!fit) continue;
            for (var epoch : run.epochs)
                epoch.bare().forEach(line -> epoch.step(epoch.stepsSeen() + 1, named(names, line)));
        }
    }

    private static LinkedHashMap<Metric, Reading> named(List<Metric> names, List<Reading> line) {
        var values = new LinkedHashMap<Metric, Reading>();
        for (int k = 0; k < line.size(); k++) values.put(names.get(k), line.get(k));
        return values;
    }

    private static List<Metric> names(RunBuilder run) {
        for (var epoch : run.epochs) {
            var names = epoch.metrics.keySet().stream().filter(metric -> metric.role() == Role.TRAINING).toList();
            if (!names.isEmpty()) return lossFirst(names);
        }
        return List.of(Metric.LOSS, Metric.ACCURACY);
    }

    /// The order in which every framework hands them out, also where the bar sorts them by name.
    private static List<Metric> lossFirst(List<Metric> names) {
        var ordered = new ArrayList<Metric>();
        if (names.contains(Metric.LOSS)) ordered.add(Metric.LOSS);
        names.stream().filter(name -> !name.equals(Metric.LOSS)).forEach(ordered::add);
        return ordered;
    }

    private static boolean fits(LinkedHashMap<Metric, Reading> values) {
        var accuracy = values.get(Metric.ACCURACY);
        return accuracy == null || !accuracy.finite() || accuracy.value() >= 0 && accuracy.value() <= 1;
    }
}
