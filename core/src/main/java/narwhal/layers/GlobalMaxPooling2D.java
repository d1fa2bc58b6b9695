package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.engine.Window;

/// The largest element of each channel over the whole picture: height × width × channels becomes channels, or 1 × 1 × channels.
///
/// Source: `keras/src/layers/pooling/base_global_pooling.py` of Keras 3.
///
/// @param keepDims whether height and width stay as axes of extent 1
public record GlobalMaxPooling2D(boolean keepDims) implements Layer {
    /// Whether height and width stay as axes of extent 1; false unless said.
    public GlobalMaxPooling2D keepDims(boolean keepDims) {
        return new GlobalMaxPooling2D(keepDims);
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        return keepDims ? Shape.of(1, 1, input.last()) : Shape.of(input.last());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var whole = Window.of(input.dim(0), input.dim(1));
        var output = outputShape(input);
        return (x, pass) -> {
            var tape = pass.tape();
            var y = tape.maxPool(x, whole);
            return keepDims ? y : Checks.last(tape, y, tape.reshape(y, output.batch(x.shape().dim(0))));
        };
    }
}
