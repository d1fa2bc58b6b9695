package narwhal.layers;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// The mean of all inputs, element by element.
///
/// Source: `keras/src/layers/merging/average.py` of Keras 3.
public record Average() implements ElementwiseMerge {
    @Override
    public Tensor combine(Tape tape, Tensor a, Tensor b) {
        return tape.add(a, b);
    }

    @Override
    public Tensor finish(Tape tape, Tensor combined, int inputs) {
        return tape.scale(combined, 1f / inputs, 0);
    }
}
