package narwhal.history.readers;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import narwhal.history.log.StepReading;
import org.jspecify.annotations.Nullable;

/// The epochs of somebody's own loop, and the one that is open: moved on by lines that name an epoch, before its values or behind them.
final class PrintedEpochs {
    private final List<RunBuilder> runs = new ArrayList<>();
    private RunBuilder run = new RunBuilder();
    private @Nullable EpochBuilder open;
    /// Whether the line that names an epoch comes behind those of its steps.
    private boolean closedByLines;
    private boolean finished;
    /// Whether windows of steps stand for epochs.
    private boolean windows;

    /// What a line that names an epoch does.
    enum Move {
        /// It begins one.
        BEGINS,
        /// It goes on with the one that is open.
        STAYS,
        /// It is about one that has ended, or ends one.
        BEHIND
    }

    RunBuilder run() {
        return run;
    }

    @Nullable
    EpochBuilder open() {
        return open;
    }

    /// The number of the open epoch.
    OptionalInt current() {
        return open == null ? OptionalInt.empty() : OptionalInt.of(open.number);
    }

    /// Whether somebody counts epochs.
    boolean areCounted() {
        return open != null ? open.isNumbered() : run.last() != null && run.last().isNumbered();
    }

    /// The open epoch, begun without a number where there is none.
    EpochBuilder opened() {
        if (open == null) {
            var last = run.last();
            open = new EpochBuilder(last == null ? 1 : last.number + 1, false);
        }
        return open;
    }

    /// Closes the epoch before a step that does not belong to it any more.
    ///
    /// @param scored whether the step is the one at which the evaluation before was announced
    void beforeStep(boolean scored) {
        boolean over = open != null && (open.isNumbered() ? closedByLines : !open.metrics.isEmpty() && !scored);
        if (over) close();
    }

    /// Moves to the epoch that a line names.
    Move to(Place place, String line, boolean noValues) {
        int number = place.epoch();
        if (noValues && !place.hasStep() && open != null && !open.isNumbered() && PrintedForms.saysDone(line)) {
            open.number = number;
            close();
            return Move.BEHIND;
        }
        if (place.total() > 0) run.announced = place.total();
        var last = run.last();
        if (!noValues && !place.hasStep() && open != null && !open.isNumbered() && open.metrics.isEmpty()
                && (closedByLines || run.isEmpty())) {
            closedByLines = true;
            if (last != null && last.isNumbered() && number < last.number) startRun(place.total());
            open.number(number);
            return Move.BEHIND;
        }
        if (open != null && open.isNumbered() && open.number == number) return Move.STAYS;
        boolean again = open != null && open.isNumbered() && number < open.number
                || open == null && last != null && last.isNumbered() && number <= last.number;
        if (again && open == null && last != null && last.number == number) {
            reopen(last);
            return Move.BEHIND;
        }
        if (again && !place.hasStep() && isLate(number, last)) {
            reopen(last);
            return Move.BEHIND;
        }
        close();
        if (again) startRun(place.total());
        open = new EpochBuilder(number, true);
        return Move.BEGINS;
    }

    /// Whether a line is about the epoch before, printed when the next had begun.
    private boolean isLate(int number, @Nullable EpochBuilder last) {
        return open != null && open.number == number + 1 && open.metrics.isEmpty() && open.stepsSeen() == 0
                && last != null && last.number == number;
    }

    private void reopen(@Nullable EpochBuilder last) {
        run.epochs.removeLast();
        open = last;
    }

    private void startRun(int total) {
        if (!run.isEmpty()) {
            runs.add(run);
            var following = new RunBuilder();
            following.data = run.data;
            following.model = run.model;
            run = following;
        }
        if (total > 0) run.announced = total;
    }

    void close() {
        if (open == null) return;
        // Where nobody counts epochs and one step lies between two evaluations, it is what was evaluated.
        if (!open.isNumbered() && !open.metrics.isEmpty()
                && open.steps().stream().mapToLong(StepReading::step).distinct().count() == 1)
            for (var step : open.steps()) step.metrics().forEach(open.metrics::putIfAbsent);
        if (!open.metrics.isEmpty() || open.stepsSeen() > 0 || open.hasBarValues()) {
            open.complete = true;
            run.epochs.add(open);
        }
        open = null;
    }

    /// All runs, once the text is at its end.
    List<RunBuilder> finished() {
        if (!finished) finish();
        return runs;
    }

    /// Whether windows of steps stand for epochs.
    boolean areWindows() {
        return windows;
    }

    private void finish() {
        finished = true;
        boolean stepsOnly = open != null && open.metrics.isEmpty() && !open.hasBarValues();
        var last = open;
        close();
        if (stepsOnly && last != null && !run.epochs.isEmpty())
            last.complete = last.target > 0 && last.done >= last.target - 1 && run.epochs.size() > 1;
        if (!run.isEmpty()) runs.add(run);
        runs.removeIf(found -> found.epochs.isEmpty());
        runs.forEach(found -> {
            useBarValues(found);
            windows |= StepWindows.split(found);
            found.finalOnly = isSummary(found);
            PrintedSeries.tidy(found);
        });
    }

    /// Closing values without any epoch.
    private static boolean isSummary(RunBuilder found) {
        if (found.epochs.size() != 1) return false;
        var only = found.epochs.getFirst();
        return !only.isNumbered() && only.complete && only.stepsSeen() == 0 && !only.metrics.isEmpty();
    }

    /// A bar's last state stands for its epoch where no line about the whole epoch does.
    private static void useBarValues(RunBuilder found) {
        for (var epoch : found.epochs) {
            if (epoch.hasBarValues()) epoch.barValues().forEach(epoch.metrics::putIfAbsent);
        }
    }
}
