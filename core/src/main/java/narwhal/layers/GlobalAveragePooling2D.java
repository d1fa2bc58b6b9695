package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.engine.Window;

/// The mean of each channel over the whole picture: height × width × channels becomes channels.
public record GlobalAveragePooling2D() implements Layer {
    @Override
    public String defaultName() {
        return "global_average_pooling2d";
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        return Shape.of(input.last());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var whole = Window.of(input.dim(0), input.dim(1));
        return (x, pass) -> {
            var tape = pass.tape();
            var mean = tape.averagePool(x, whole);
            return tape.reshape(mean, Shape.of(x.shape().dim(0), input.last()));
        };
    }
}
