package narwhal.layers;

import narwhal.engine.Shape;

/// A layer, or layers, that training does not change: no optimizer trains their parameters, and batch normalisation uses its
/// moving averages. Keras' `trainable=False`.
///
/// @param layer what is frozen
public record Frozen(Layer layer) implements Layer {
    @Override
    public Shape outputShape(Shape input) {
        return layer.outputShape(input);
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        return builder.build(this, input);
    }

    @Override
    public String kind() {
        return layer.kind();
    }
}
