package narwhal.layers;

import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// The smallest of all inputs, element by element. The gradient goes to the first smallest.
///
/// Source: `keras/src/layers/merging/minimum.py` of Keras 3.
public record Minimum() implements ElementwiseMerge {
    @Override
    public Tensor combine(Tape tape, Tensor a, Tensor b) {
        var turnedA = tape.scale(a, -1, 0);
        var turnedB = tape.scale(b, -1, 0);
        var largest = tape.maximum(turnedA, turnedB);
        tape.finished(turnedA);
        tape.finished(turnedB);
        return Checks.last(tape, largest, tape.scale(largest, -1, 0));
    }
}
