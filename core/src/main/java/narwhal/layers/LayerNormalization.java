package narwhal.layers;

import java.util.List;
import java.util.stream.IntStream;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.errors.Problem;
import narwhal.initializers.Initializer;
import narwhal.regularizers.Regularizer;

/// Brings the numbers along some axes of each sample to mean 0 and variance 1, then scales and shifts them by learned gamma
/// and beta. Weights, each of the extents of those axes: `gamma`, ones; `beta`, zeros.
///
/// Source: Ba, Kiros and Hinton, arXiv 1607.06450; `keras/src/layers/normalization/layer_normalization.py` of Keras 3.
///
/// @param axis axes of the mean, rising, the batch being axis 0; negative axes count from the end
/// @param epsilon added to the variance, above 0
/// @param center whether there is a beta
/// @param scale whether there is a gamma
/// @param beta how beta starts and what keeps it small
/// @param gamma how gamma starts and what keeps it small
public record LayerNormalization(List<Integer> axis, double epsilon, boolean center, boolean scale, Weight beta,
        Weight gamma) implements Layer {
    public LayerNormalization {
        Checks.argument(epsilon > 0, "layerNormalization needs an epsilon above 0, got " + epsilon);
        Checks.argument(!axis.isEmpty() && !axis.contains(0),
                "layerNormalization needs axes other than the batch's, got " + axis);
        axis = List.copyOf(axis);
    }

    /// Axes of the mean, rising, the batch being axis 0; −1, the last, unless said.
    public LayerNormalization axis(Integer... axis) {
        return new LayerNormalization(List.of(axis), epsilon, center, scale, beta, gamma);
    }

    /// What is added to the variance; 0.001 unless said.
    public LayerNormalization epsilon(double epsilon) {
        return new LayerNormalization(axis, epsilon, center, scale, beta, gamma);
    }

    /// Whether a learned beta is added; true unless said.
    public LayerNormalization center(boolean center) {
        return new LayerNormalization(axis, epsilon, center, scale, beta, gamma);
    }

    /// Whether there is a learned gamma; true unless said.
    public LayerNormalization scale(boolean scale) {
        return new LayerNormalization(axis, epsilon, center, scale, beta, gamma);
    }

    /// First values of beta; zeros unless said.
    public LayerNormalization betaInitializer(Initializer initializer) {
        return new LayerNormalization(axis, epsilon, center, scale, beta.initializer(initializer), gamma);
    }

    /// First values of gamma; ones unless said.
    public LayerNormalization gammaInitializer(Initializer initializer) {
        return new LayerNormalization(axis, epsilon, center, scale, beta, gamma.initializer(initializer));
    }

    /// Penalty on beta; none unless said.
    public LayerNormalization betaRegularizer(Regularizer regularizer) {
        return new LayerNormalization(axis, epsilon, center, scale, beta.regularizer(regularizer), gamma);
    }

    /// Penalty on gamma; none unless said.
    public LayerNormalization gammaRegularizer(Regularizer regularizer) {
        return new LayerNormalization(axis, epsilon, center, scale, beta, gamma.regularizer(regularizer));
    }

    @Override
    public Shape outputShape(Shape input) {
        axes(input);
        return input;
    }

    /// The axes of the mean, the batch counted.
    private List<Integer> axes(Shape input) {
        var axes = axis.stream().map(a -> Checks.sampleAxis(a, input) + 1).toList();
        if (!axes.equals(axes.stream().distinct().sorted().toList())) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", its axes " + axis + " do not rise",
                    "name each axis once, in rising order");
        }
        return axes;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var axes = axes(input);
        int rank = input.rank() + 1;
        var shape = Shape.of(axes.stream().mapToInt(a -> input.dim(a - 1)).toArray());
        var broadcast = Shape.of(IntStream.range(0, rank).map(a -> axes.contains(a) ? input.dim(a - 1) : 1).toArray());
        var gamma = scale ? builder.parameter("gamma", shape, this.gamma).value() : null;
        var beta = center ? builder.parameter("beta", shape, this.beta).value() : null;
        int[] order = IntStream.concat(IntStream.range(0, rank).filter(a -> !axes.contains(a)),
                axes.stream().mapToInt(a -> a)).toArray();
        return (x, pass) -> {
            var tape = pass.tape();
            var y = normalized(tape, x, order, shape.size());
            if (gamma != null) {
                y = Checks.last(tape, y, tape.multiply(y, repeated(tape, gamma, broadcast, x.shape())));
            }
            return beta == null
                    ? y
                    : Checks.last(tape, y, tape.add(y, repeated(tape, beta, broadcast, x.shape())));
        };
    }

    /// With the axes of the mean moved to the end, each sample is rows of `n` numbers.
    private Tensor normalized(Tape tape, Tensor x, int[] order, int n) {
        boolean inPlace = IntStream.range(0, order.length).allMatch(i -> order[i] == i);
        var moved = inPlace ? x : tape.transpose(x, order);
        var shape = moved.shape();
        var flat = tape.reshape(moved, Shape.of(x.shape().size() / n, n));
        if (!inPlace) tape.finished(moved);
        var rows = Checks.last(tape, flat, tape.normalizeRows(flat, (float) epsilon));
        var y = Checks.last(tape, rows, tape.reshape(rows, shape));
        if (inPlace) return y;
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) back[order[i]] = i;
        return Checks.last(tape, y, tape.transpose(y, back));
    }

    private static Tensor repeated(Tape tape, Tensor weight, Shape broadcast, Shape shape) {
        return tape.broadcast(tape.reshape(weight, broadcast), shape);
    }
}
