package narwhal.layers;

import java.util.List;
import java.util.stream.IntStream;
import narwhal.engine.Shape;
import narwhal.errors.Problem;

/// The inputs side by side along one axis; all their other extents are equal.
///
/// Source: `keras/src/layers/merging/concatenate.py` of Keras 3.
///
/// @param axis the batch being axis 0; negative axes count from the end
public record Concatenate(int axis) implements Merge {
    public Concatenate {
        Checks.argument(axis != 0, "concatenate needs an axis other than the batch's, got 0");
    }

    /// Axis of the joint, the batch being axis 0; −1, the last, unless said.
    public Concatenate axis(int axis) {
        return new Concatenate(axis);
    }

    @Override
    public Shape outputShape(List<Shape> inputs) {
        var first = inputs.getFirst();
        int axis = Checks.sampleAxis(this.axis, first);
        int sum = 0;
        for (var input : inputs) {
            if (input.rank() != first.rank() || !with(input, axis, 1).equals(with(first, axis, 1))) {
                throw Problem.SHAPE_MISMATCH.because("inputs are " + first + " and " + input
                        + ", expected equal extents but for axis " + this.axis,
                        "bring both branches to one size first");
            }
            sum += input.dim(axis);
        }
        return with(first, axis, sum);
    }

    private static Shape with(Shape shape, int axis, int extent) {
        return Shape.of(IntStream.range(0, shape.rank()).map(i -> i == axis ? extent : shape.dim(i)).toArray());
    }

    @Override
    public MergeForward build(Builder builder, List<Shape> inputs) {
        int axis = Checks.sampleAxis(this.axis, inputs.getFirst()) + 1;
        return (tensors, pass) -> pass.tape().concatenate(tensors, axis);
    }
}
