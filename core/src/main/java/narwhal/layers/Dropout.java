package narwhal.layers;

import java.util.List;
import java.util.stream.IntStream;
import narwhal.engine.Shape;
import narwhal.errors.Problem;

/// In training, sets a random share of the inputs to zero and scales the others up so that the mean stays; otherwise does
/// nothing. Which ones is a function of the run's seed, the step and the element.
///
/// Source: Srivastava et al., "Dropout", JMLR 15, 2014; `keras/src/layers/regularization/dropout.py` of Keras 3.
///
/// @param rate share that is dropped, 0 or more and less than 1
/// @param noiseShape what is drawn for one sample: 1 along axes whose elements share one fate, −1 or the input's extent
///     along the others; empty where every element has its own
public record Dropout(double rate, List<Integer> noiseShape) implements Layer {
    public Dropout {
        Checks.argument(rate >= 0 && rate < 1, "dropout needs a rate of 0 or more and less than 1, got " + rate);
        Checks.argument(noiseShape.stream().allMatch(n -> n == -1 || n > 0),
                "dropout needs a noise shape of extents of at least 1 or -1, got " + noiseShape);
        noiseShape = List.copyOf(noiseShape);
    }

    /// What is drawn for one sample: 1 along axes whose elements share one fate, −1 along the others; as the input unless
    /// said. `noiseShape(1, 1, 1)` drops whole pictures of a batch, as a branch beside a shortcut may want it.
    public Dropout noiseShape(Integer... extents) {
        return new Dropout(rate, List.of(extents));
    }

    @Override
    public Shape outputShape(Shape input) {
        boolean fits = noiseShape.isEmpty() || noiseShape.size() == input.rank()
                && IntStream.range(0, input.rank()).allMatch(axis -> extent(axis, input) == 1
                        || extent(axis, input) == input.dim(axis));
        if (!fits) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", the noise shape " + noiseShape
                    + " does not fit it", "give 1 or -1 for each of its axes");
        }
        return input;
    }

    private int extent(int axis, Shape input) {
        int extent = noiseShape.get(axis);
        return extent == -1 ? input.dim(axis) : extent;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        outputShape(input);
        int stream = builder.randomStream();
        if (noiseShape.isEmpty()) {
            return (x, pass) -> pass.training() && rate > 0
                    ? pass.tape().dropout(x, (float) rate, pass.key(stream))
                    : x;
        }
        var drawn = Shape.of(IntStream.range(0, input.rank()).map(axis -> extent(axis, input)).toArray());
        return (x, pass) -> {
            if (!pass.training() || rate == 0) return x;
            var engine = pass.tape().engine();
            var ones = engine.filled(drawn.batch(x.shape().dim(0)), 1);
            var kept = engine.dropout(ones, (float) rate, pass.key(stream));
            return pass.tape().multiply(x, engine.broadcast(kept, x.shape()));
        };
    }
}
