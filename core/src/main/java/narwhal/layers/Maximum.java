package narwhal.layers;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// The largest of all inputs, element by element. The gradient goes to the first largest.
///
/// Source: `keras/src/layers/merging/maximum.py` of Keras 3.
public record Maximum() implements ElementwiseMerge {
    @Override
    public Tensor combine(Tape tape, Tensor a, Tensor b) {
        return tape.maximum(a, b);
    }
}
