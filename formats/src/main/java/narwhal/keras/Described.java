package narwhal.keras;

import java.util.List;
import narwhal.engine.Shape;
import narwhal.layers.Layer;

/// A network as a file describes it.
///
/// @param name of the model
/// @param network without weights yet
/// @param input shape of one sample
/// @param parts the layers in the file's order, without inputs
record Described(String name, Layer network, Shape input, List<Part> parts) {
    Described {
        parts = List.copyOf(parts);
    }
}
