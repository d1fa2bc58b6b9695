package narwhal.layers;

import narwhal.engine.Shape;

/// A layer whose parameters are the same wherever it stands in a [Graph]. Any other layer that stands in two places is built
/// twice.
///
/// ```java
/// var eye = shared(conv2d(16, 3));
/// var difference = subtract().on(eye.on(left), eye.on(right));
/// ```
///
/// It stands directly in the graph, not inside a container or under a name (name the layer in it). Identity matters, not
/// content: two of these share nothing with each other.
public final class Shared implements Layer {
    private final Layer layer;

    Shared(Layer layer) {
        this.layer = layer;
    }

    /// What is shared.
    public Layer layer() {
        return layer;
    }

    @Override
    public Shape outputShape(Shape input) {
        return layer.outputShape(input);
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        throw new IllegalArgumentException(
                "a shared " + layer.kind() + " is not directly in a graph, so it would share nothing");
    }
}
