package narwhal.layers;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// The product of all inputs, element by element.
///
/// Source: `keras/src/layers/merging/multiply.py` of Keras 3.
public record Multiply() implements ElementwiseMerge {
    @Override
    public Tensor combine(Tape tape, Tensor a, Tensor b) {
        return tape.multiply(a, b);
    }
}
