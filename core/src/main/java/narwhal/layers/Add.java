package narwhal.layers;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// The sum of all inputs, element by element.
///
/// Source: `keras/src/layers/merging/add.py` of Keras 3.
public record Add() implements ElementwiseMerge {
    @Override
    public Tensor combine(Tape tape, Tensor a, Tensor b) {
        return tape.add(a, b);
    }
}
