package narwhal.losses;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// Compares predictions with targets. The trainer takes the mean over the samples of a batch.
public interface Loss {
    /// One number for each sample.
    ///
    /// @param predictions batch × outputs
    /// @param targets of the same shape, in the form that [#targets] asks for
    Tensor perSample(Tape tape, Tensor predictions, Tensor targets);

    /// How a class becomes a row of targets.
    Targets targets();

    /// Keras' name, such as `binary_crossentropy`.
    String name();
}
