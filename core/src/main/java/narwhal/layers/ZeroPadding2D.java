package narwhal.layers;

import narwhal.engine.Shape;

/// Rows and columns of zeros around a picture.
///
/// Source: `keras/src/layers/reshaping/zero_padding2d.py` of Keras 3.
///
/// @param top rows above, at least 0
/// @param bottom rows below, at least 0
/// @param left columns on the left, at least 0
/// @param right columns on the right, at least 0
public record ZeroPadding2D(int top, int bottom, int left, int right) implements Layer {
    public ZeroPadding2D {
        Checks.argument(Math.min(Math.min(top, bottom), Math.min(left, right)) >= 0,
                "zeroPadding2d needs paddings of 0 or more, got " + top + ", " + bottom + ", " + left + ", " + right);
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        return Shape.of(top + input.dim(0) + bottom, left + input.dim(1) + right, input.last());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var output = outputShape(input);
        return (x, pass) -> pass.tape().place(x, output.batch(x.shape().dim(0)), 0, top, left, 0);
    }
}
