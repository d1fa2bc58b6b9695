package narwhal.layers;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import narwhal.engine.Shape;

/// One layer of a network: a description that can be printed, compared and built many times.
///
/// A layer of your own implements the two methods and nothing else; gradients come from the tape.
///
/// ```java
/// record Gain() implements Layer {
///     public Shape outputShape(Shape input) {
///         return input;
///     }
///
///     public Forward build(Builder builder, Shape input) {
///         var gain = builder.parameter("gain", Shape.of(input.last()), Initializers.zeros());
///         return (x, pass) -> pass.tape().addBias(x, gain.value());
///     }
/// }
/// ```
public interface Layer {
    /// The shape of one sample of the output.
    ///
    /// @param input shape of one sample, without the batch axis
    /// @throws narwhal.errors.NarwhalException `SHAPE_MISMATCH` or `SHAPE_TOO_SMALL` where the layer cannot take the input
    Shape outputShape(Shape input);

    /// Creates the parameters for inputs of the given shape and returns the function that runs the layer.
    ///
    /// @param builder creates parameters and builds inner layers
    /// @param input shape of one sample, without the batch axis
    Forward build(Builder builder, Shape input);

    /// What this layer makes of others' results, in a [Graph]; Keras' call of a layer. Only a [Merge] takes several inputs.
    default Node on(Node... inputs) {
        return new Node(Optional.of(this), List.of(inputs));
    }

    /// This layer under a name of your choice instead of an automatic one.
    ///
    /// @param name unique in the model
    default Named named(String name) {
        return new Named(name, this);
    }

    /// This layer as one that training does not change; Keras' `trainable=False`.
    default Frozen frozen() {
        return new Frozen(this);
    }

    /// What Keras calls this kind of layer, such as `Conv2D`.
    default String kind() {
        return getClass().getSimpleName();
    }

    /// The name that the first layer of this kind gets in a model, such as `conv2d`; later ones get `conv2d_1` and on.
    /// Source: `keras/src/utils/naming.py` of Keras 3.
    default String defaultName() {
        return kind().replaceAll("\\W+", "").replaceAll("(.)([A-Z][a-z]+)", "$1_$2")
                .replaceAll("([a-z])([A-Z])", "$1_$2")
                .toLowerCase(Locale.ROOT);
    }
}
