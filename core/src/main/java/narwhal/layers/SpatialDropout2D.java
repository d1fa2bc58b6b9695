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
        return Layers.dropout(rate).noiseShape(1, 1, -1).build(builder, input);
    }
}
