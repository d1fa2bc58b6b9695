package narwhal.losses;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// `−t·ln p − (1 − t)·ln(1 − p)`, for one output and two classes. After a sigmoid it is computed from the logits; other
/// probabilities are held within 10⁻⁷ and 1 − 10⁻⁷.
///
/// Source: `keras/src/losses/losses.py` and `keras/src/backend/tensorflow/nn.py` of Keras 3.
///
/// @param fromLogits whether the outputs are logits, not probabilities
/// @param labelSmoothing how far the targets 0 and 1 move towards 1/2, within 0 and 1: `t·(1 − s) + s/2`
public record BinaryCrossentropy(boolean fromLogits, double labelSmoothing) implements Loss {
    public BinaryCrossentropy {
        Smoothing.check(labelSmoothing);
    }

    /// Whether the outputs are logits, not probabilities; false unless said.
    public BinaryCrossentropy fromLogits(boolean fromLogits) {
        return new BinaryCrossentropy(fromLogits, labelSmoothing);
    }

    /// How far the targets move towards 1/2; 0 unless said.
    public BinaryCrossentropy labelSmoothing(double labelSmoothing) {
        return new BinaryCrossentropy(fromLogits, labelSmoothing);
    }

    @Override
    public Tensor perSample(Tape tape, Tensor predictions, Tensor targets) {
        var smooth = Smoothing.of(tape, targets, labelSmoothing, 2);
        return fromLogits
                ? tape.sigmoidCrossentropy(predictions, smooth)
                : tape.binaryCrossentropy(predictions, smooth);
    }

    @Override
    public Targets targets() {
        return Targets.BINARY;
    }

    @Override
    public String name() {
        return "binary_crossentropy";
    }
}
