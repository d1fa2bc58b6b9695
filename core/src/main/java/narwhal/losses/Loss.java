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

    /// Whether the model's outputs are logits: the second of two classes is then predicted above 0 instead of above 1/2.
    default boolean fromLogits() {
        return false;
    }

    /// Keras' name, such as `binary_crossentropy`.
    String name();
}
