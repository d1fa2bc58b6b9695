package narwhal.layers;

import java.util.List;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.errors.Problem;

/// The first input minus the second, element by element.
///
/// Source: `keras/src/layers/merging/subtract.py` of Keras 3.
public record Subtract() implements ElementwiseMerge {
    @Override
    public Shape outputShape(List<Shape> inputs) {
        if (inputs.size() != 2) {
            throw Problem.SHAPE_MISMATCH.because("there are " + inputs.size() + " inputs, expected 2");
        }
        return ElementwiseMerge.super.outputShape(inputs);
    }

    @Override
    public Tensor combine(Tape tape, Tensor a, Tensor b) {
        var turned = tape.scale(b, -1, 0);
        return Checks.last(tape, turned, tape.add(a, turned));
    }
}
