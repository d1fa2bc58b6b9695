package narwhal.hdf5;

import java.util.List;

/// A note on a group or a data set. Keras' are texts; of anything else only the type is kept.
///
/// @param type such as `text` or `float64`
/// @param count how many values it has
/// @param texts its values; empty if it has none, or values that are no texts
public record Attribute(String name, String type, long count, List<String> texts) {
    public Attribute {
        texts = List.copyOf(texts);
    }
}
