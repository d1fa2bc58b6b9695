package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.initializers.Initializers;

/// Brings each channel to mean 0 and variance 1, then scales and shifts it by learned gamma and beta. In training the
/// mean and variance are the batch's, and moving averages of them are kept; otherwise those are used.
///
/// Source: Ioffe and Szegedy, arXiv 1502.03167; `keras/src/layers/normalization/batch_normalization.py` of Keras 3.
///
/// @param momentum of the moving averages, 0.99 unless said
/// @param epsilon added to the variance, 0.001 unless said
public record BatchNormalization(double momentum, double epsilon) implements Layer {
    public BatchNormalization {
        Checks.argument(momentum >= 0 && momentum <= 1,
                "batchNormalization needs a momentum within 0 and 1, got " + momentum);
        Checks.argument(epsilon > 0, "batchNormalization needs an epsilon above 0, got " + epsilon);
    }

    /// Momentum of the moving averages.
    public BatchNormalization momentum(double momentum) {
        return new BatchNormalization(momentum, epsilon);
    }

    /// What is added to the variance.
    public BatchNormalization epsilon(double epsilon) {
        return new BatchNormalization(momentum, epsilon);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var channels = Shape.of(input.last());
        var gamma = builder.parameter("gamma", channels, Initializers.ones());
        var beta = builder.parameter("beta", channels, Initializers.zeros());
        var movingMean = builder.state("moving_mean", channels, Initializers.zeros());
        var movingVariance = builder.state("moving_variance", channels, Initializers.ones());
        return (x, pass) -> {
            var tape = pass.tape();
            if (!pass.training()) {
                return tape.normalizeFixed(x, movingMean.value(), movingVariance.value(), gamma.value(), beta.value(),
                        (float) epsilon);
            }
            var engine = tape.engine();
            var mean = engine.mean(x);
            var variance = engine.variance(x, mean);
            engine.updateAverage(movingMean.value(), mean, (float) momentum);
            engine.updateAverage(movingVariance.value(), variance, (float) momentum);
            return tape.normalize(x, mean, variance, gamma.value(), beta.value(), (float) epsilon);
        };
    }
}
