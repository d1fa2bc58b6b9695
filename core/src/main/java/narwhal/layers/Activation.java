package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.engine.Tensor;
import narwhal.engine.Tape;

/// A function without parameters, applied to every element; softmax to the last axis.
///
/// @param name Keras' name of the function
/// @param function runs it
public record Activation(String name, Function function) implements Layer {
    /// A function as a tape runs it.
    @FunctionalInterface
    public interface Function {
        Tensor of(Tape tape, Tensor x);
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        return (x, pass) -> function.of(pass.tape(), x);
    }
}
