package narwhal.history.facts;

import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/// The layers of a network as stated, from input to output. Repetitions (`20 x Dense 64`) are written out.
///
/// @param values in order
/// @param whole whether it is a whole network (a pasted script, a summary) and not only what a sentence mentions
public record Layers(List<Layer> values, boolean whole) {
    public Layers {
        values = List.copyOf(values);
    }

    /// One layer.
    ///
    /// @param kind under Keras' class name where known: `Conv2D`, `Dense`, `MaxPooling2D`, `Dropout`, `Activation`,
    ///        `BatchNormalization`, `Flatten`, …
    /// @param units of a dense layer, filters of a convolution
    /// @param size of the kernel or the pool, one number for each axis; empty where not stated
    /// @param activation in lower case, where stated
    /// @param rate of dropout, momentum of batch normalisation
    /// @param padding in lower case, where stated
    /// @param inside the layer that wraps this one, such as `TimeDistributed`
    public record Layer(String kind, OptionalLong units, List<Long> size, Optional<String> activation,
            OptionalDouble rate, Optional<String> padding, Optional<String> inside) {
        public Layer {
            size = List.copyOf(size);
        }

        /// A layer of which only the kind is known.
        public static Layer of(String kind) {
            return new Layer(kind, OptionalLong.empty(), List.of(), Optional.empty(), OptionalDouble.empty(),
                    Optional.empty(), Optional.empty());
        }

        public Layer units(long units) {
            return new Layer(kind, OptionalLong.of(units), size, activation, rate, padding, inside);
        }

        public Layer size(List<Long> size) {
            return new Layer(kind, units, size, activation, rate, padding, inside);
        }

        public Layer activation(String activation) {
            return new Layer(kind, units, size, Optional.of(activation), rate, padding, inside);
        }

        public Layer rate(double rate) {
            return new Layer(kind, units, size, activation, OptionalDouble.of(rate), padding, inside);
        }

        public Layer padding(String padding) {
            return new Layer(kind, units, size, activation, rate, Optional.of(padding), inside);
        }

        public Layer inside(String wrapper) {
            return new Layer(kind, units, size, activation, rate, padding, Optional.of(wrapper));
        }
    }
}
