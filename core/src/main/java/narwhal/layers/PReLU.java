package narwhal.layers;

import java.util.List;
import java.util.stream.IntStream;
import narwhal.engine.Activation.Relu;
import narwhal.engine.Shape;
import narwhal.initializers.Initializer;
import narwhal.regularizers.Regularizer;

/// x above 0, `alpha · x` below, where alpha is learned. Weights: `alpha`, one number for each place of a sample, zeros;
/// along shared axes the same for all places.
///
/// Source: He et al., arXiv 1502.01852; `keras/src/layers/activations/prelu.py` of Keras 3.
///
/// @param alpha how alpha starts and what keeps it small
/// @param sharedAxes axes along which alpha is the same, the batch being axis 0; for pictures often 1 and 2
public record PReLU(Weight alpha, List<Integer> sharedAxes) implements Layer {
    private static final Relu RELU = new Relu(0, Float.POSITIVE_INFINITY);

    public PReLU {
        Checks.argument(!sharedAxes.contains(0), "PReLU shares axes of a sample, got the batch's");
        sharedAxes = List.copyOf(sharedAxes);
    }

    /// First values of alpha; zeros unless said.
    public PReLU alphaInitializer(Initializer initializer) {
        return new PReLU(alpha.initializer(initializer), sharedAxes);
    }

    /// Penalty on alpha; none unless said.
    public PReLU alphaRegularizer(Regularizer regularizer) {
        return new PReLU(alpha.regularizer(regularizer), sharedAxes);
    }

    /// Axes along which alpha is the same, the batch being axis 0; none unless said.
    public PReLU sharedAxes(Integer... axes) {
        return new PReLU(alpha, List.of(axes));
    }

    @Override
    public Shape outputShape(Shape input) {
        sharedAxes.forEach(axis -> Checks.sampleAxis(axis, input));
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var shared = sharedAxes.stream().map(axis -> Checks.sampleAxis(axis, input)).toList();
        var shape = Shape.of(
                IntStream.range(0, input.rank()).map(axis -> shared.contains(axis) ? 1 : input.dim(axis)).toArray());
        var alpha = builder.parameter("alpha", shape, this.alpha).value();
        return (x, pass) -> {
            var tape = pass.tape();
            var turned = tape.scale(x, -1, 0);
            var below = Checks.last(tape, turned, tape.activate(RELU, turned));
            var slopes = tape.scale(tape.broadcast(tape.reshape(alpha, shape.batch(1)), x.shape()), -1, 0);
            var left = Checks.last(tape, below, tape.multiply(slopes, below));
            var right = tape.activate(RELU, x);
            var y = tape.add(right, left);
            tape.finished(left);
            return Checks.last(tape, right, y);
        };
    }
}
