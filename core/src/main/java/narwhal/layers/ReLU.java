package narwhal.layers;

import narwhal.engine.Activation.Relu;
import narwhal.engine.Activation.ThresholdRelu;
import narwhal.engine.Shape;

/// The rectifier with all its arguments: x above the threshold, `maxValue` at most, `negativeSlope · (x − threshold)` up to
/// the threshold. The plain rectifier is [Layers#relu].
///
/// Source: `keras/src/layers/activations/relu.py` of Keras 3.
///
/// @param maxValue largest value, at least 0; infinite for none
/// @param negativeSlope at least 0
/// @param threshold least value that passes, at least 0
public record ReLU(double maxValue, double negativeSlope, double threshold) implements Layer {
    public ReLU {
        Checks.argument(maxValue >= 0 && negativeSlope >= 0 && threshold >= 0,
                "ReLU needs a largest value, a slope and a threshold of 0 or more, got " + maxValue + ", "
                        + negativeSlope + " and " + threshold);
    }

    /// Largest value; none unless said.
    public ReLU maxValue(double maxValue) {
        return new ReLU(maxValue, negativeSlope, threshold);
    }

    /// Slope below the threshold; 0 unless said.
    public ReLU negativeSlope(double negativeSlope) {
        return new ReLU(maxValue, negativeSlope, threshold);
    }

    /// Least value that passes; 0 unless said.
    public ReLU threshold(double threshold) {
        return new ReLU(maxValue, negativeSlope, threshold);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var function = threshold == 0
                ? new Relu((float) negativeSlope, (float) maxValue)
                : new ThresholdRelu((float) negativeSlope, (float) maxValue, (float) threshold);
        return (x, pass) -> pass.tape().activate(function, x);
    }
}
