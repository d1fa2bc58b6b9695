package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.initializers.Initializers;

/// Every output is a weighted sum of all inputs plus a bias. Kernel: inputs × units, Glorot-uniform; bias: zeros.
///
/// Source: `keras/src/layers/core/dense.py` of Keras 3.
///
/// @param units number of outputs, at least 1
/// @param useBias whether a bias is added
public record Dense(int units, boolean useBias) implements Layer {
    public Dense {
        Checks.argument(units >= 1, "dense needs at least 1 unit, got " + units);
    }

    /// Whether a bias is added; true unless said.
    public Dense useBias(boolean useBias) {
        return new Dense(units, useBias);
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() != 1) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", expected one axis",
                    "put flatten() before it");
        }
        return Shape.of(units);
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var kernel = builder.parameter("kernel", Shape.of(input.last(), units), Initializers.glorotUniform());
        if (!useBias) return (x, pass) -> pass.tape().matmul(x, kernel.value());
        var bias = builder.parameter("bias", Shape.of(units), Initializers.zeros());
        return (x, pass) -> {
            var product = pass.tape().matmul(x, kernel.value());
            var y = pass.tape().addBias(product, bias.value());
            pass.tape().finished(product);
            return y;
        };
    }
}
