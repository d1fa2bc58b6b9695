package narwhal.layers;

import java.util.List;
import narwhal.engine.Shape;
import narwhal.engine.Tensor;

/// A layer that takes several inputs, in a [Graph]. One of your own implements the two methods with lists; the two with a
/// single input follow from them.
public interface Merge extends Layer {
    /// The shape of one sample of the output.
    ///
    /// @param inputs shape of one sample of each input, without the batch axis
    /// @throws narwhal.errors.NarwhalException `SHAPE_MISMATCH` where the layer cannot take these inputs
    Shape outputShape(List<Shape> inputs);

    /// Creates the parameters for inputs of the given shapes and returns the function that runs the layer.
    ///
    /// @param inputs shape of one sample of each input, without the batch axis
    MergeForward build(Builder builder, List<Shape> inputs);

    @Override
    default Shape outputShape(Shape input) {
        return outputShape(List.of(input));
    }

    @Override
    default Forward build(Builder builder, Shape input) {
        var forward = build(builder, List.of(input));
        return (x, pass) -> forward.forward(List.of(x), pass);
    }

    /// A built layer of several inputs: runs a batch forward.
    @FunctionalInterface
    interface MergeForward {
        /// Runs the layer.
        ///
        /// @param inputs batches of samples, batch axis first
        /// @param pass the tape to call, and whether the network is training
        Tensor forward(List<Tensor> inputs, Pass pass);
    }
}
