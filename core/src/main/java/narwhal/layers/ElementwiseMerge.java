package narwhal.layers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.errors.Problem;

/// Inputs combined element by element, from the left to the right. Where one has the extent 1 along an axis, or lacks the
/// outermost axes, it is repeated, as in Keras.
///
/// Source: `keras/src/layers/merging/base_merge.py` of Keras 3.
sealed interface ElementwiseMerge extends Merge permits Add, Subtract, Multiply, Average, Maximum, Minimum {
    /// The first two inputs, or what came of those before and the next one.
    Tensor combine(Tape tape, Tensor a, Tensor b);

    /// What is left to do when all inputs are combined.
    default Tensor finish(Tape tape, Tensor combined, int inputs) {
        return combined;
    }

    @Override
    default Shape outputShape(List<Shape> inputs) {
        var output = inputs.getFirst();
        for (var input : inputs) output = broadcast(output, input, inputs);
        return output;
    }

    private static Shape broadcast(Shape a, Shape b, List<Shape> all) {
        int rank = Math.max(a.rank(), b.rank());
        int[] extents = new int[rank];
        for (int i = 1; i <= rank; i++) {
            int m = i > a.rank() ? 1 : a.dim(-i);
            int n = i > b.rank() ? 1 : b.dim(-i);
            if (m != n && m != 1 && n != 1) {
                throw Problem.SHAPE_MISMATCH.because("inputs are " + String.join(" and ",
                        all.stream().map(Shape::toString).toList()) + ", expected equal extents or 1",
                        "bring both branches to one shape first");
            }
            extents[rank - i] = Math.max(m, n);
        }
        return Shape.of(extents);
    }

    @Override
    default MergeForward build(Builder builder, List<Shape> inputs) {
        var output = outputShape(inputs);
        return (tensors, pass) -> {
            var tape = pass.tape();
            var own = new ArrayList<Tensor>();
            var y = repeated(tape, tensors.getFirst(), output, own);
            for (var next : tensors.subList(1, tensors.size())) {
                y = combine(tape, y, repeated(tape, next, output, own));
                own.forEach(tape::finished);
                own.clear();
                own.add(y);
            }
            var finished = finish(tape, y, tensors.size());
            own.remove(finished);
            own.forEach(tape::finished);
            return finished;
        };
    }

    private static Tensor repeated(Tape tape, Tensor x, Shape output, List<Tensor> own) {
        int batch = x.shape().dim(0);
        var wanted = output.batch(batch);
        if (x.shape().equals(wanted)) return x;
        int[] extents = new int[wanted.rank()];
        Arrays.fill(extents, 1);
        extents[0] = batch;
        for (int i = 1; i < x.shape().rank(); i++) extents[extents.length - i] = x.shape().dim(-i);
        var flat = tape.reshape(x, Shape.of(extents));
        var repeated = Checks.last(tape, flat, tape.broadcast(flat, wanted));
        own.add(repeated);
        return repeated;
    }
}
