package narwhal.layers;

import java.util.List;
import narwhal.engine.Shape;

/// Layers one after the other; itself a layer, so that blocks can be named and repeated.
///
/// @param layers at least one
public record Sequential(List<Layer> layers) implements Container {
    public Sequential {
        layers = List.copyOf(layers);
    }

    @Override
    public Shape outputShape(Shape input) {
        var shape = input;
        for (var layer : layers) shape = layer.outputShape(shape);
        return shape;
    }

    @Override
    @SuppressWarnings("ReferenceEquality") // Some layers hand on the very tensor they were given.
    public Forward build(Builder builder, Shape input) {
        var forwards = new Forward[layers.size()];
        var shape = input;
        for (int i = 0; i < forwards.length; i++) {
            forwards[i] = builder.build(layers.get(i), shape);
            shape = layers.get(i).outputShape(shape);
        }
        return (x, pass) -> {
            var y = x;
            for (var forward : forwards) {
                var previous = y;
                y = forward.forward(previous, pass);
                if (previous != x && previous != y) pass.tape().finished(previous);
            }
            return y;
        };
    }
}
