package narwhal.losses;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// Makers of losses. Formulas: `keras/src/losses/losses.py` of Keras 3. After a sigmoid or softmax the logits are used, so
/// that no probability however small loses its gradient.
public final class Losses {
    private Losses() {
    }

    /// For one sigmoid output and two classes.
    public static Loss binaryCrossentropy() {
        return new Named("binary_crossentropy", Targets.BINARY, Tape::binaryCrossentropy);
    }

    /// For a softmax output for each class.
    public static Loss categoricalCrossentropy() {
        return new Named("categorical_crossentropy", Targets.ONE_HOT, Tape::categoricalCrossentropy);
    }

    /// The same as [#categoricalCrossentropy]: Keras has two names because its labels come in two forms, ours are always the
    /// class's number until the loss says what it wants.
    public static Loss sparseCategoricalCrossentropy() {
        return new Named("sparse_categorical_crossentropy", Targets.ONE_HOT, Tape::categoricalCrossentropy);
    }

    private interface Formula {
        Tensor of(Tape tape, Tensor predictions, Tensor targets);
    }

    private record Named(String name, Targets targets, Formula formula) implements Loss {
        @Override
        public Tensor perSample(Tape tape, Tensor predictions, Tensor targets) {
            return formula.of(tape, predictions, targets);
        }
    }
}
