package narwhal.regularizers;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// A penalty on a weight's values, added to the loss of a batch.
@FunctionalInterface
public interface Regularizer {
    /// The penalty, a scalar made on the tape.
    Tensor penalty(Tape tape, Tensor weight);
}
