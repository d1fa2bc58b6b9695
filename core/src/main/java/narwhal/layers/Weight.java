package narwhal.layers;

import java.util.Optional;
import narwhal.initializers.Initializer;
import narwhal.regularizers.Regularizer;

/// How a layer's weight starts and what keeps it small.
///
/// @param initializer gives the first values
/// @param regularizer adds a penalty to the loss; none unless said
public record Weight(Initializer initializer, Optional<Regularizer> regularizer) {
    /// A weight without a penalty.
    public static Weight of(Initializer initializer) {
        return new Weight(initializer, Optional.empty());
    }

    /// What gives the first values.
    public Weight initializer(Initializer initializer) {
        return new Weight(initializer, regularizer);
    }

    /// What adds a penalty to the loss.
    public Weight regularizer(Regularizer regularizer) {
        return new Weight(initializer, Optional.of(regularizer));
    }
}
