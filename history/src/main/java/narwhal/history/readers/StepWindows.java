package narwhal.history.readers;

import narwhal.history.log.Metric;
import narwhal.history.log.Role;

/// Loops that count steps only (`step 1200: loss = 1.83`) have no epochs. Windows of as many steps each stand for them: single batches
/// jump, their means do not.
final class StepWindows {
    private static final int FEWEST_STEPS = 30;
    private static final int FEWEST = 5;
    private static final int MOST = 20;
    private static final int STEPS_EACH = 6;

    private StepWindows() {
    }

    /// Splits the only epoch of a run, unless it has a number or values of its own; what was tested at its end closes the run.
    ///
    /// @return whether it did
    static boolean split(RunBuilder run) {
        if (run.epochs.size() != 1) return false;
        var only = run.epochs.getFirst();
        boolean own = only.isNumbered() || only.hasBarValues()
                || only.metrics.keySet().stream().anyMatch(metric -> metric.role() != Role.TEST);
        var steps = only.steps();
        if (own || steps.size() < FEWEST_STEPS || !steps.stream().allMatch(step -> isTraining(step.metrics().keySet())))
            return false;
        int windows = Math.clamp(steps.size() / STEPS_EACH, FEWEST, MOST);
        run.closing.putAll(only.metrics);
        run.epochs.clear();
        for (int w = 0; w < windows; w++) {
            var window = new EpochBuilder(w + 1, false);
            window.complete = true;
            for (var step : steps.subList(w * steps.size() / windows, (w + 1) * steps.size() / windows))
                window.step(step.step(), step.metrics());
            run.epochs.add(window);
        }
        return true;
    }

    private static boolean isTraining(Iterable<Metric> metrics) {
        for (var metric : metrics) if (metric.role() != Role.TRAINING) return false;
        return true;
    }
}
