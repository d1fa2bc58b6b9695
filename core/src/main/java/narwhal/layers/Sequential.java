package narwhal.layers;

import java.util.ArrayList;
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
    public Forward build(Builder builder, Shape input) {
        var forwards = new ArrayList<Forward>();
        var shape = input;
        for (var layer : layers) {
            forwards.add(builder.build(layer, shape));
            shape = layer.outputShape(shape);
        }
        return Chain.of(forwards);
    }
}
