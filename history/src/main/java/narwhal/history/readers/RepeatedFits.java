package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import narwhal.history.log.Metric;

/// Joins fits of one epoch each (`Epoch 1/1` over and over, inside somebody's own loop) to one run where the loss goes on from where
/// it was, or explodes: a new network begins where the first one did.
final class RepeatedFits {
    private RepeatedFits() {
    }

    static List<RunBuilder> merge(List<RunBuilder> runs) {
        var merged = new ArrayList<RunBuilder>();
        RunBuilder current = null;
        for (var run : runs) {
            if (current != null && isSingle(run) && goesOn(current, run)) {
                append(current, run);
            } else {
                merged.add(run);
                current = isSingle(run) ? run : null;
            }
        }
        return merged;
    }

    private static boolean isSingle(RunBuilder run) {
        return run.epochs.size() == 1 && run.announced == 1;
    }

    /// Nearer to where the loss was than to where it began, below where it was, or far above where anything began.
    private static boolean goesOn(RunBuilder current, RunBuilder following) {
        var first = loss(current.epochs.getFirst());
        var before = loss(current.epochs.getLast());
        var after = loss(following.epochs.getFirst());
        if (first.isEmpty() || before.isEmpty() || after.isEmpty()) return true;
        double jump = after.getAsDouble() - before.getAsDouble();
        if (Double.isNaN(jump) || jump <= 0) return true;
        double fallen = first.getAsDouble() - before.getAsDouble();
        boolean exploded = after.getAsDouble() > first.getAsDouble() + Math.max(0.5 * Math.abs(fallen),
                0.2 * Math.abs(first.getAsDouble()));
        return current.epochs.size() > 1 && (jump < 0.5 * Math.abs(fallen) || exploded && current.epochs.size() > 4)
                || jump < 0.02 * Math.abs(before.getAsDouble());
    }

    private static OptionalDouble loss(EpochBuilder epoch) {
        var reading = epoch.metrics.get(Metric.LOSS);
        return reading == null ? OptionalDouble.empty() : OptionalDouble.of(reading.value());
    }

    private static void append(RunBuilder current, RunBuilder following) {
        var epoch = following.epochs.getFirst();
        epoch.number = current.epochs.getLast().number + 1;
        current.epochs.add(epoch);
        following.events.forEach(event -> current.event(Events.numbered(event, epoch.number)));
        current.closing.clear();
        current.closing.putAll(following.closing);
    }
}
