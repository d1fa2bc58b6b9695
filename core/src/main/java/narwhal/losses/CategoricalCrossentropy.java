package narwhal.losses;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// `−Σ t·ln p`, for an output for each class. After a softmax it is computed from the logits; other probabilities are
/// divided by their sum and held within 10⁻⁷ and 1 − 10⁻⁷.
///
/// Source: `keras/src/losses/losses.py` and `keras/src/backend/tensorflow/nn.py` of Keras 3.
///
/// @param name one of Keras' two, for targets as one number for each class or as the class's number; the arithmetic is the
///     same
/// @param fromLogits whether the outputs are logits, not probabilities
/// @param labelSmoothing how far the targets move towards 1 / classes, within 0 and 1: `t·(1 − s) + s/n`
public record CategoricalCrossentropy(String name, boolean fromLogits, double labelSmoothing) implements Loss {
    public CategoricalCrossentropy {
        Smoothing.check(labelSmoothing);
    }

    /// Whether the outputs are logits, not probabilities; false unless said.
    public CategoricalCrossentropy fromLogits(boolean fromLogits) {
        return new CategoricalCrossentropy(name, fromLogits, labelSmoothing);
    }

    /// How far the targets move towards 1 / classes; 0 unless said.
    public CategoricalCrossentropy labelSmoothing(double labelSmoothing) {
        return new CategoricalCrossentropy(name, fromLogits, labelSmoothing);
    }

    @Override
    public Tensor perSample(Tape tape, Tensor predictions, Tensor targets) {
        var smooth = Smoothing.of(tape, targets, labelSmoothing, targets.shape().last());
        return fromLogits
                ? tape.softmaxCrossentropy(predictions, smooth)
                : tape.categoricalCrossentropy(predictions, smooth);
    }

    @Override
    public Targets targets() {
        return Targets.ONE_HOT;
    }
}
