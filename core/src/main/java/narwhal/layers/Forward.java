package narwhal.layers;

import narwhal.engine.Tensor;

/// A built layer: runs a batch forward. Gradients come from the tape it calls.
@FunctionalInterface
public interface Forward {
    /// Runs the layer.
    ///
    /// @param x batch of samples, batch axis first
    /// @param pass the tape to call, and whether the network is training
    Tensor forward(Tensor x, Pass pass);
}
