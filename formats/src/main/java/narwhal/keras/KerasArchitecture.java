package narwhal.keras;

import java.util.List;
import java.util.Optional;
import narwhal.engine.Shape;
import narwhal.layers.Layer;
import narwhal.models.Recipe;

/// A network without weights, as a file describes it.
///
/// @param input shape of one sample
/// @param recipe for its pictures, with the names of its classes
/// @param notes what a reader of the file should know
public record KerasArchitecture(Layer network, Shape input, Optional<Recipe> recipe, List<String> notes) {
    public KerasArchitecture {
        notes = List.copyOf(notes);
    }
}
