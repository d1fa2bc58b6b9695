package narwhal.callbacks;

import narwhal.history.Epoch;
import narwhal.history.History;

/// Something that watches training and may act on it through [Training]. All methods have an empty default. Counters are
/// set in [#onTrainBegin], so that one callback can serve several trainings.
public interface Callback {
    /// Before the first step.
    default void onTrainBegin(Training training) {
    }

    /// Before an epoch's first step.
    ///
    /// @param epoch from 1
    default void onEpochBegin(Training training, int epoch) {
    }

    /// After each step.
    default void onStepEnd(Training training, Step step) {
    }

    /// After an epoch and its validation.
    default void onEpochEnd(Training training, Epoch epoch) {
    }

    /// After the last epoch, also of a training that was stopped early.
    default void onTrainEnd(Training training, History history) {
    }

    /// A line for the user, from the training or from another callback.
    default void onMessage(String line) {
    }

    /// Counters and best values, so that a resumed training decides as if it had never stopped. Called between steps.
    default CallbackState state() {
        return CallbackState.NONE;
    }

    /// Takes up [#state] of an interrupted training; called after [#onTrainBegin].
    default void restore(Training training, CallbackState state) {
    }
}
