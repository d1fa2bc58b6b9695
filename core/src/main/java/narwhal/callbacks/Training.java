package narwhal.callbacks;

import java.nio.file.Path;
import narwhal.models.Model;

/// A running training, as callbacks may touch it.
public interface Training {
    /// The model in training.
    Model model();

    /// Number of the last epoch to be trained.
    int epochs();

    /// The learning rate of the next step; a 32-bit number, as in Keras.
    double learningRate();

    /// Changes the learning rate from the next step on.
    void learningRate(double rate);

    /// Ends training after the current epoch, or after the current step where called between steps.
    ///
    /// @param reason for the user, half a sentence
    void stop(String reason);

    /// Writes a checkpoint of everything: weights, optimizer, counters. Atomic: an older file of that name stays whole until
    /// the new one is.
    default void save(Path file) {
        save(file, CheckpointWriter.CONTAINER);
    }

    /// Writes a checkpoint in a format, once every callback has seen the epoch or the step, so that its counters are those of
    /// one moment. Missing folders are created. A file that cannot be written is told to the user and training goes on; the
    /// third failure in a row ends it.
    void save(Path file, CheckpointWriter writer);

    /// The weights as they are now, to be put back by [#restoreWeights].
    Snapshot snapshot();

    /// Puts weights back.
    void restoreWeights(Snapshot snapshot);

    /// A line for the user, beside the progress.
    void say(String line);

    /// A copy of all weights.
    interface Snapshot {}
}
