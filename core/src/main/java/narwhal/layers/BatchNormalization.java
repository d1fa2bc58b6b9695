package narwhal.layers;

import java.util.stream.IntStream;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.initializers.Initializer;
import narwhal.regularizers.Regularizer;

/// Brings each channel to mean 0 and variance 1, then scales and shifts it by learned gamma and beta. In training the
/// mean and variance are the batch's, and moving averages of them are kept; otherwise those are used. Weights, each one
/// number a channel: `gamma`, ones; `beta`, zeros; `moving_mean`, zeros and `moving_variance`, ones, which no optimizer
/// trains.
///
/// Source: Ioffe and Szegedy, arXiv 1502.03167; `keras/src/layers/normalization/batch_normalization.py` of Keras 3. The
/// moving variance is the batch's biased one, as in Keras 3.
///
/// @param axis of the channels, the batch being axis 0; negative axes count from the end
/// @param momentum of the moving averages, within 0 and 1
/// @param epsilon added to the variance, above 0
/// @param center whether there is a beta
/// @param scale whether there is a gamma
/// @param beta how beta starts and what keeps it small
/// @param gamma how gamma starts and what keeps it small
/// @param movingMean first values of the moving mean
/// @param movingVariance first values of the moving variance
public record BatchNormalization(int axis, double momentum, double epsilon, boolean center, boolean scale, Weight beta,
        Weight gamma, Initializer movingMean, Initializer movingVariance) implements Layer {
    public BatchNormalization {
        Checks.argument(momentum >= 0 && momentum <= 1,
                "batchNormalization needs a momentum within 0 and 1, got " + momentum);
        Checks.argument(epsilon > 0, "batchNormalization needs an epsilon above 0, got " + epsilon);
        Checks.argument(axis != 0, "batchNormalization needs an axis other than the batch's, got 0");
    }

    private BatchNormalization weights(Weight beta, Weight gamma) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, movingMean, movingVariance);
    }

    /// Axis of the channels, the batch being axis 0; −1, the last, unless said.
    public BatchNormalization axis(int axis) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, movingMean, movingVariance);
    }

    /// Momentum of the moving averages; 0.99 unless said.
    public BatchNormalization momentum(double momentum) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, movingMean, movingVariance);
    }

    /// What is added to the variance; 0.001 unless said.
    public BatchNormalization epsilon(double epsilon) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, movingMean, movingVariance);
    }

    /// Whether a learned beta is added; true unless said.
    public BatchNormalization center(boolean center) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, movingMean, movingVariance);
    }

    /// Whether there is a learned gamma; true unless said.
    public BatchNormalization scale(boolean scale) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, movingMean, movingVariance);
    }

    /// First values of beta; zeros unless said.
    public BatchNormalization betaInitializer(Initializer initializer) {
        return weights(beta.initializer(initializer), gamma);
    }

    /// First values of gamma; ones unless said.
    public BatchNormalization gammaInitializer(Initializer initializer) {
        return weights(beta, gamma.initializer(initializer));
    }

    /// Penalty on beta; none unless said.
    public BatchNormalization betaRegularizer(Regularizer regularizer) {
        return weights(beta.regularizer(regularizer), gamma);
    }

    /// Penalty on gamma; none unless said.
    public BatchNormalization gammaRegularizer(Regularizer regularizer) {
        return weights(beta, gamma.regularizer(regularizer));
    }

    /// First values of the moving mean; zeros unless said.
    public BatchNormalization movingMeanInitializer(Initializer initializer) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, initializer, movingVariance);
    }

    /// First values of the moving variance; ones unless said.
    public BatchNormalization movingVarianceInitializer(Initializer initializer) {
        return new BatchNormalization(axis, momentum, epsilon, center, scale, beta, gamma, movingMean, initializer);
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.sampleAxis(axis, input);
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int axis = Checks.sampleAxis(this.axis, input);
        var channels = Shape.of(input.dim(axis));
        var gamma = scale ? builder.parameter("gamma", channels, this.gamma).value() : builder.constant(channels, 1);
        var beta = center ? builder.parameter("beta", channels, this.beta).value() : builder.constant(channels, 0);
        var mean = builder.state("moving_mean", channels, movingMean).value();
        var variance = builder.state("moving_variance", channels, movingVariance).value();
        boolean frozen = builder.frozen();
        Forward overLast = (x, pass) -> frozen || !pass.training()
                ? pass.tape().normalizeFixed(x, mean, variance, gamma, beta, (float) epsilon)
                : train(x, pass, mean, variance, gamma, beta);
        return axis == input.rank() - 1 ? overLast : moved(overLast, axis + 1, input.rank() + 1);
    }

    private Tensor train(Tensor x, Pass pass, Tensor movingMean, Tensor movingVariance, Tensor gamma, Tensor beta) {
        var engine = pass.tape().engine();
        var mean = engine.mean(x);
        var variance = engine.variance(x, mean);
        engine.updateAverage(movingMean, mean, (float) momentum);
        engine.updateAverage(movingVariance, variance, (float) momentum);
        return pass.tape().normalize(x, mean, variance, gamma, beta, (float) epsilon);
    }

    /// Runs `overLast` with `axis` and the last axis exchanged.
    private static Forward moved(Forward overLast, int axis, int rank) {
        int[] order = IntStream.range(0, rank).toArray();
        order[axis] = rank - 1;
        order[rank - 1] = axis;
        return (x, pass) -> {
            var tape = pass.tape();
            var moved = tape.transpose(x, order);
            var y = Checks.last(tape, moved, overLast.forward(moved, pass));
            return Checks.last(tape, y, tape.transpose(y, order));
        };
    }
}
