package narwhal.history.log;

import java.util.Collections;
import java.util.SequencedMap;

/// Values printed inside an epoch. A Keras bar shows the mean since the epoch began, hand-written loops mostly a single batch:
/// [LogFormat#stepsAreMeans].
///
/// @param step as printed, or counted where no number is
/// @param metrics in printed order
public record StepReading(long step, SequencedMap<Metric, Reading> metrics) {
    public StepReading {
        metrics = Collections.unmodifiableSequencedMap(new Readings(metrics));
    }
}
