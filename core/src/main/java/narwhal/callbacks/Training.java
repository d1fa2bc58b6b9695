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
    void save(Path file);

    /// The weights as they are now, to be put back by [#restoreWeights].
    Snapshot snapshot();

    /// Puts weights back.
    void restoreWeights(Snapshot snapshot);

    /// A line for the user, beside the progress.
    void say(String line);

    /// A copy of all weights.
    interface Snapshot {}
}
