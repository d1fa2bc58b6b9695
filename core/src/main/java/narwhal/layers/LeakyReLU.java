package narwhal.layers;

import narwhal.engine.Activation.Relu;
import narwhal.engine.Shape;

/// x above 0, `negativeSlope · x` below.
///
/// Source: `keras/src/layers/activations/leaky_relu.py` of Keras 3.
///
/// @param negativeSlope at least 0
public record LeakyReLU(double negativeSlope) implements Layer {
    public LeakyReLU {
        Checks.argument(negativeSlope >= 0, "LeakyReLU needs a slope of 0 or more, got " + negativeSlope);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var function = new Relu((float) negativeSlope, Float.POSITIVE_INFINITY);
        return (x, pass) -> pass.tape().activate(function, x);
    }
}
