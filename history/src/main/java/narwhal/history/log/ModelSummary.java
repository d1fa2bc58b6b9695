package narwhal.history.log;

import java.util.List;
import java.util.OptionalLong;

/// A table as `model.summary()` prints it.
///
/// @param layers from the input to the output
/// @param parameters of all layers together, where printed
/// @param trainable of them, where printed
public record ModelSummary(List<Layer> layers, OptionalLong parameters, OptionalLong trainable) {
    public ModelSummary {
        layers = List.copyOf(layers);
    }

    /// A row.
    ///
    /// @param name such as `conv2d_1`
    /// @param kind the class, such as `Conv2D`; cut short where the table cut it
    /// @param shape of the output without the batch; 0 for a size the table does not know
    /// @param parameters how many weights
    public record Layer(String name, String kind, List<Long> shape, long parameters) {
        public Layer {
            shape = List.copyOf(shape);
        }
    }
}
