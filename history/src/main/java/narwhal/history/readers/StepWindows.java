package narwhal.history.readers;

import java.util.List;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;
import narwhal.history.log.StepReading;

/// Loops that count steps only (`step 1200: loss = 1.83`) have no epochs. Windows of as many steps each stand for them: single batches
/// jump, their means do not. Where there are few steps, each stands for itself.
final class StepWindows {
    private static final int FEWEST_STEPS = 8;
    private static final int ENOUGH_STEPS = 30;
    private static final int MOST = 20;
    private static final int STEPS_EACH = 6;

    private StepWindows() {
    }

    /// Splits the only epoch of a run, unless it has a number or values of its own; what was scored at its end closes the run.
    ///
    /// @return whether it did
    static boolean split(RunBuilder run) {
        if (run.epochs.size() != 1) return false;
        var only = run.epochs.getFirst();
        boolean own = only.isNumbered() || only.hasBarValues()
                || only.metrics.keySet().stream().anyMatch(metric -> metric.role() == Role.TRAINING);
        var steps = List.copyOf(only.steps());
        if (own || steps.size() < FEWEST_STEPS || !steps.stream().allMatch(step -> isTraining(step.metrics().keySet())))
            return false;
        int windows = steps.size() < ENOUGH_STEPS ? steps.size() : Math.min(steps.size() / STEPS_EACH, MOST);
        run.closing.putAll(only.metrics);
        run.epochs.clear();
        for (int w = 0; w < windows; w++)
            run.epochs.add(window(w + 1, steps.subList(w * steps.size() / windows, (w + 1) * steps.size() / windows)));
        return true;
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
