package narwhal.layers;

import narwhal.engine.Shape;

/// All axes of a sample in one, row-major.
public record Flatten() implements Layer {
    @Override
    public Shape outputShape(Shape input) {
        return Shape.of(input.size());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        return (x, pass) -> pass.tape().reshape(x, Shape.of(x.shape().dim(0), input.size()));
    }
}
