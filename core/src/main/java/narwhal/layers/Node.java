package narwhal.layers;

import java.util.List;
import java.util.Optional;

/// A place in a [Graph] while it is being written: what a layer makes of its inputs. Made by [Graph#input] and
/// [Layer#on].
public final class Node {
    private final Optional<Layer> layer;
    private final List<Node> inputs;

    Node(Optional<Layer> layer, List<Node> inputs) {
        this.layer = layer;
        this.inputs = List.copyOf(inputs);
    }

    /// The layer that makes it; empty for the input of the graph.
    Optional<Layer> layer() {
        return layer;
    }

    /// What the layer is given.
    List<Node> inputs() {
        return inputs;
    }
}
