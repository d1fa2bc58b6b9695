package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.errors.Problem;

/// A picture without some rows and columns at its border.
///
/// Source: `keras/src/layers/reshaping/cropping2d.py` of Keras 3.
///
/// @param top rows above, at least 0
/// @param bottom rows below, at least 0
/// @param left columns on the left, at least 0
/// @param right columns on the right, at least 0
public record Cropping2D(int top, int bottom, int left, int right) implements Layer {
    public Cropping2D {
        Checks.argument(Math.min(Math.min(top, bottom), Math.min(left, right)) >= 0,
                "cropping2d needs 0 or more rows and columns, got " + top + ", " + bottom + ", " + left + ", " + right);
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        int rows = input.dim(0) - top - bottom;
        int columns = input.dim(1) - left - right;
        if (rows < 1 || columns < 1) {
            throw Problem.SHAPE_TOO_SMALL.because("input is " + input + ", nothing is left without " + (top + bottom)
                    + " rows and " + (left + right) + " columns", "crop less");
        }
        return Shape.of(rows, columns, input.last());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var output = outputShape(input);
        return (x, pass) -> pass.tape().slice(x, output.batch(x.shape().dim(0)), 0, top, left, 0);
    }
}
