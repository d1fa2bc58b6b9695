package narwhal.history.log;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SequencedMap;
import narwhal.history.ValidationAudit;

/// One epoch as a log shows it.
///
/// @param number from 1, as printed where the log counts from 1, otherwise counted. Numbers rise within a run; they may skip
///        epochs that the log does not show
/// @param complete whether the epoch came to its end; an epoch that is cut off takes part in no test of shape
/// @param metrics in printed order. An epoch without validation has no `val_` entries
/// @param learningRate where printed
/// @param seconds the epoch took, where printed
/// @param progress its steps, where printed
/// @param steps values printed inside the epoch, in order; at most [#MOST_STEPS], evenly thinned
/// @param audit what validation really scored; only our own runs tell
public record LoggedEpoch(int number, boolean complete, SequencedMap<Metric, Reading> metrics,
        Optional<Reading> learningRate, OptionalDouble seconds, Optional<Progress> progress, List<StepReading> steps,
        Optional<ValidationAudit> audit) {
    /// The most step values that are kept for one epoch.
    public static final int MOST_STEPS = 512;

    public LoggedEpoch {
        metrics = Collections.unmodifiableSequencedMap(new Readings(metrics));
        steps = List.copyOf(steps);
    }

    /// What is printed for a metric; empty where this epoch has none.
    public Optional<Reading> reading(Metric metric) {
        return Optional.ofNullable(metrics.get(metric));
    }

    /// Whether any metric of this role is printed.
    public boolean has(Role role) {
        return metrics.keySet().stream().anyMatch(metric -> metric.role() == role);
    }
}
