package narwhal.layers;

import narwhal.engine.Interpolation;
import narwhal.engine.Shape;

/// Pictures made larger by whole factors.
///
/// Source: `keras/src/layers/reshaping/up_sampling2d.py` of Keras 3.
///
/// @param rows output rows for each input row, at least 1
/// @param columns output columns for each input column, at least 1
/// @param interpolation how pixels between the old ones are found
public record UpSampling2D(int rows, int columns, Interpolation interpolation) implements Layer {
    public UpSampling2D {
        Checks.argument(rows >= 1 && columns >= 1,
                "upSampling2d needs factors of at least 1, got " + rows + " and " + columns);
    }

    /// How pixels between the old ones are found; the nearest old one unless said.
    public UpSampling2D interpolation(Interpolation interpolation) {
        return new UpSampling2D(rows, columns, interpolation);
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        return Shape.of(rows * input.dim(0), columns * input.dim(1), input.last());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var output = outputShape(input);
        return (x, pass) -> pass.tape().resize(x, output.dim(0), output.dim(1), interpolation);
    }
}
