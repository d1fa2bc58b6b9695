package narwhal.history.log;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;

/// A message between the numbers.
public sealed interface Event {
    /// The epoch it belongs to; empty before the first and where the log does not tell.
    OptionalInt epoch();

    /// The message as printed, at most 300 characters.
    String text();

    /// A checkpoint callback that saved or, with `saved` false, saw no improvement.
    ///
    /// @param monitor watched metric under the log's name; empty where weights are saved unconditionally
    /// @param best the best value before, where printed as a number
    /// @param value the epoch's value, where printed
    /// @param path of the file, empty where none was written
    record Checkpoint(OptionalInt epoch, String text, boolean saved, Optional<String> monitor, OptionalDouble best,
            OptionalDouble value, Optional<String> path) implements Event {}

    /// The learning rate was changed.
    ///
    /// @param rate the new one
    /// @param onPlateau whether because a metric stood still (`ReduceLROnPlateau`), not by a schedule
    record LearningRate(OptionalInt epoch, String text, double rate, boolean onPlateau) implements Event {}

    /// Training was stopped early by a callback.
    record EarlyStopping(OptionalInt epoch, String text) implements Event {}

    /// The weights of an earlier epoch were restored.
    ///
    /// @param bestEpoch where printed
    record BestRestored(OptionalInt epoch, String text, OptionalInt bestEpoch) implements Event {}

    /// A callback watches a metric that is not there.
    ///
    /// @param monitor the name it wants
    record MonitorMissing(OptionalInt epoch, String text, String monitor) implements Event {}

    /// The data source ended before training or validation did.
    record InputExhausted(OptionalInt epoch, String text) implements Event {}

    /// A loss that is not finite ended training (`TerminateOnNaN`).
    record InvalidLoss(OptionalInt epoch, String text) implements Event {}

    /// An exception or an interruption ended the program.
    ///
    /// @param kind name of the exception, such as `KeyboardInterrupt` or `ResourceExhaustedError`
    record Failure(OptionalInt epoch, String text, String kind) implements Event {}

    /// A warning of a framework.
    record Warning(OptionalInt epoch, String text) implements Event {}
}
