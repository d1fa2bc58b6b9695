package narwhal.history.readers;

import java.util.List;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;
import narwhal.history.log.StepReading;

/// Loops that count steps only (`step 1200: loss = 1.83`) have no epochs. Windows of as many steps each stand for them: single batches
/// jump, their means do not. Where there are few steps, each stands for itself.
final class StepWindows {
    private static final int FEWEST_STEPS = 5;
    /// Of an epoch that is numbered and did not come to its end.
    private static final int FEWEST_OF_AN_EPOCH = 8;
    private static final int ENOUGH_STEPS = 30;
    private static final int FEW_EVALUATIONS = 3;
    private static final int MOST = 20;
    private static final int STEPS_EACH = 6;

    private StepWindows() {
    }

    /// Splits the only epoch of a run, unless it has a number or values of its own; what was scored at its end closes the run.
    ///
    /// @return whether it did
    static boolean split(RunBuilder run) {
        if (run.epochs.size() != 1) return run.epochs.size() <= FEW_EVALUATIONS && between(run);
        var only = run.epochs.getFirst();
        boolean own = only.isNumbered() && only.complete || only.hasBarValues()
                || only.metrics.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        var steps = List.copyOf(only.steps());
        int fewest = only.isNumbered() ? FEWEST_OF_AN_EPOCH : FEWEST_STEPS;
        if (own || steps.size() < fewest || !areTraining(only)) return false;
        int windows = steps.size() < ENOUGH_STEPS ? steps.size() : Math.min(steps.size() / STEPS_EACH, MOST);
        run.closing.putAll(only.metrics);
        run.epochs.clear();
        add(run, steps, windows);
        return true;
    }

    /// Two evaluations or three among many steps, as Caffe makes them: they say little of the time between them, and windows stand for it. The
    /// last window before an evaluation takes its values.
    private static boolean between(RunBuilder run) {
        var epochs = List.copyOf(run.epochs);
        int steps = epochs.stream().mapToInt(epoch -> epoch.steps().size()).sum();
        boolean counted = steps >= ENOUGH_STEPS && epochs.stream()
                .allMatch(epoch -> !epoch.isNumbered() && !epoch.hasBarValues() && areTraining(epoch));
        if (!counted) return false;
        run.epochs.clear();
        int each = Math.max(STEPS_EACH, Math.ceilDiv(steps, MOST));
        for (var epoch : epochs) {
            int windows = epoch.steps().size() / each;
            add(run, epoch.steps(), windows);
            // What is scored before the first step has no window of its own.
            if (windows == 0 && epoch.metrics.keySet().stream().allMatch(metric -> metric.role() == Role.TRAINING))
                continue;
            if (windows == 0) {
                var untrained = new EpochBuilder(run.epochs.size() + 1, false);
                untrained.complete = true;
                run.epochs.add(untrained);
            }
            var last = run.epochs.getLast();
            epoch.metrics.forEach((metric, reading) -> {
                if (metric.role() != Role.TRAINING) last.metrics.put(metric, reading);
            });
        }
        return true;
    }

    /// Adds as many windows of about as many steps each.
    private static void add(RunBuilder run, List<StepReading> steps, int windows) {
        for (int w = 0; w < windows; w++)
            run.epochs.add(window(run.epochs.size() + 1,
                    steps.subList(w * steps.size() / windows, (w + 1) * steps.size() / windows)));
    }

    /// Whether the steps of an epoch are all of training.
    private static boolean areTraining(EpochBuilder epoch) {
        return epoch.steps().stream().allMatch(step -> isTraining(step.metrics().keySet()));
    }

    private static EpochBuilder window(int number, List<StepReading> steps) {
        var window = new EpochBuilder(number, false);
        window.complete = true;
        window.done = steps.getLast().step();
        for (var step : steps) window.step(step.step(), step.metrics());
        if (steps.size() == 1) window.metrics.putAll(steps.getFirst().metrics());
        return window;
    }

    private static boolean isTraining(Iterable<Metric> metrics) {
        for (var metric : metrics) if (metric.role() != Role.TRAINING) return false;
        return true;
    }
}
