package narwhal.history.log;

/// What kind of record a log is.
///
/// @param kind how it is laid out
/// @param framework who printed it, as far as the text shows
/// @param name for people: `keras-2 progress`, `csv`, `printed by hand`
public record LogFormat(Kind kind, Framework framework, String name) {
    /// The layout.
    public enum Kind {
        /// Keras' progress bar (`verbose=1`).
        PROGRESS,
        /// Keras' one line for each epoch (`verbose=2`).
        EPOCH_LINES,
        /// A table with a column for each metric.
        CSV,
        /// Lists of values or a list of epochs as JSON or as Python prints them.
        HISTORY,
        /// Lines of somebody's own training loop.
        PRINTED,
        /// A run folder of ours.
        RUN_FOLDER
    }

    /// The author of the text. What sets the versions apart is listed where they are.
    public enum Framework {
        /// Keras 0.x: epochs from 0, `acc.`, targets in samples.
        KERAS_0,
        /// Keras 1.x: epochs from 1, targets in samples also for generators, no time for each step. Keras 2.0.0–2.0.8 prints
        /// the same but counts batches for generators: then the target is unknown or batches.
        KERAS_1,
        /// Keras 2.0.9–2.3: `582ms/step`.
        KERAS_2,
        /// Keras inside TensorFlow 1.x or 2.x.
        TF_KERAS,
        /// Keras 3.
        KERAS_3,
        /// PyTorch, in a loop written by hand or by one of its libraries.
        PYTORCH,
        /// Narwhal.
        NARWHAL,
        /// The text does not tell.
        UNKNOWN
    }

    /// Whether values inside an epoch are means since its beginning.
    public boolean stepsAreMeans() {
        return kind == Kind.PROGRESS;
    }
}
