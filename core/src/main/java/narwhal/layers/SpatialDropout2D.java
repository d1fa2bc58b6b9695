package narwhal.layers;

import narwhal.engine.Shape;

/// In training, sets a random share of the channels of each picture to zero and scales the others up so that the mean
/// stays; otherwise does nothing. Neighbouring pixels are too alike for [Dropout] to hide one of them.
///
/// Source: Tompson et al., arXiv 1411.4280; `keras/src/layers/regularization/spatial_dropout.py` of Keras 3.
///
/// @param rate share that is dropped, 0 or more and less than 1
public record SpatialDropout2D(double rate) implements Layer {
    public SpatialDropout2D {
        Checks.argument(rate >= 0 && rate < 1,
                "spatialDropout2d needs a rate of 0 or more and less than 1, got " + rate);
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int stream = builder.randomStream();
        return (x, pass) -> {
            if (!pass.training() || rate == 0) return x;
            var engine = pass.tape().engine();
            var ones = engine.filled(Shape.of(x.shape().dim(0), 1, 1, input.last()), 1);
            var kept = engine.dropout(ones, (float) rate, pass.key(stream));
            return pass.tape().multiply(x, engine.broadcast(kept, x.shape()));
        };
    }
}
