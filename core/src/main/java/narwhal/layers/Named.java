package narwhal.layers;

import narwhal.engine.Shape;

/// A layer under a name of the user's choice instead of an automatic one.
///
/// @param name unique in the model, not empty, without `/`
/// @param layer what is named
public record Named(String name, Layer layer) implements Layer {
    public Named {
        Checks.argument(!name.isEmpty() && name.indexOf('/') < 0,
                "a layer's name is not empty and has no '/', got '" + name + "'");
    }

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
