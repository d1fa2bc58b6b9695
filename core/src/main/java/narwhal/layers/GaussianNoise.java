package narwhal.layers;

import narwhal.engine.Shape;

/// In training, adds normal noise; otherwise does nothing. The noise is a function of the run's seed, the step and the
/// element.
///
/// Source: `keras/src/layers/regularization/gaussian_noise.py` of Keras 3.
///
/// @param stddev standard deviation of the noise, at least 0
public record GaussianNoise(double stddev) implements Layer {
    public GaussianNoise {
        Checks.argument(stddev >= 0, "gaussianNoise needs a standard deviation of 0 or more, got " + stddev);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int stream = builder.randomStream();
        return (x, pass) -> {
            if (!pass.training() || stddev == 0) return x;
            var engine = pass.tape().engine();
            var noise = engine.scale(engine.normal(x.shape(), pass.key(stream)), (float) stddev, 0);
            return pass.tape().add(x, noise);
        };
    }
}
