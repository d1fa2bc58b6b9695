package narwhal.history.readers;

import java.util.List;
import narwhal.history.log.Role;

/// An epoch of Keras whose lines are coming in.
final class OpenEpoch {
    final EpochBuilder epoch;
    final boolean underHeader;
    /// The values of the newest state.
    List<Keras.Pair> latest = List.of();
    /// Whether the training steps are all done.
    boolean full;
    /// Whether the last state with its time was seen.
    boolean finished;
    /// The target of a bar that does not belong to the training steps.
    long other = -1;

    OpenEpoch(EpochBuilder epoch, boolean underHeader) {
        this.epoch = epoch;
        this.underHeader = underHeader;
    }

    boolean hasValidation() {
        return epoch.has(Role.VALIDATION);
    }

    /// Whether nothing but its headline has come.
    boolean isUntouched() {
        return latest.isEmpty() && epoch.done < 0;
    }

    /// Whether a bar counts to the same number.
    boolean hasTargetOf(Keras.Line line) {
        return line.target() == epoch.target || line.target() < 0 || epoch.target < 0;
    }

    /// Whether a line repeats the training values of this epoch, so that it is another state of the same bar.
    boolean isRepeatedBy(Keras.Line line) {
        boolean any = false;
        for (var pair : line.pairs()) {
            var metric = Names.keras(pair.name()).metric(Role.TRAINING);
            if (metric.role() != Role.TRAINING || Keras.isRate(pair.name())) continue;
            var known = epoch.metrics.get(metric);
            if (known == null) continue;
            any = true;
            if (Double.compare(known.value(), pair.value().value()) != 0) return false;
        }
        return any;
    }

    /// Whether its steps are nearly done: behind the last but one TensorFlow 1.14 begins the bar of a validation.
    boolean isNearlyDone() {
        return epoch.target > 1 && epoch.done >= epoch.target - 1;
    }
}
