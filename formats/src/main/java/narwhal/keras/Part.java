package narwhal.keras;

import java.util.List;
import java.util.stream.Stream;

/// A layer of a file, or a model that stands for a layer.
///
/// @param className in Keras
/// @param name in the file
/// @param built name of the layer in our model; empty for a model that stands for a layer
/// @param parts of such a model, in the file's order
record Part(String className, String name, String built, List<Part> parts) {
    Part {
        parts = List.copyOf(parts);
    }

    /// A layer.
    static Part layer(String className, String name, String built) {
        return new Part(className, name, built, List.of());
    }

    /// All layers in this part, in order.
    Stream<Part> layers() {
        return built.isEmpty() ? parts.stream().flatMap(Part::layers) : Stream.of(this);
    }
}
