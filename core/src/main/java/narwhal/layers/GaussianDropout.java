package narwhal.layers;

import narwhal.engine.Shape;

/// In training, multiplies every element by a normal number with mean 1 and standard deviation √(rate / (1 − rate)), the
/// noise that [Dropout] has on average; otherwise does nothing.
///
/// Source: Srivastava et al., "Dropout", JMLR 15, 2014; `keras/src/layers/regularization/gaussian_dropout.py` of Keras 3.
///
/// @param rate 0 or more and less than 1
public record GaussianDropout(double rate) implements Layer {
    public GaussianDropout {
        Checks.argument(rate >= 0 && rate < 1,
                "gaussianDropout needs a rate of 0 or more and less than 1, got " + rate);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int stream = builder.randomStream();
        float deviation = (float) Math.sqrt(rate / (1 - rate));
        return (x, pass) -> {
            if (!pass.training() || rate == 0) return x;
            var engine = pass.tape().engine();
            return pass.tape().multiply(x,
                    engine.scale(engine.normal(x.shape(), pass.key(stream)), deviation, 1));
        };
    }
}
