package narwhal.layers;

import narwhal.engine.Activation.Relu;
import narwhal.engine.Activation.Sigmoid;
import narwhal.engine.Activation.Tanh;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// A function without parameters, applied to every element; softmax to the last axis.
///
/// @param function which one
public record Activation(Function function) implements Layer {
    /// The functions by their names in Keras, lower case there.
    public enum Function {
        LINEAR,
        RELU,
        SIGMOID,
        TANH,
        SOFTMAX
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        return (x, pass) -> apply(pass.tape(), x);
    }

    private Tensor apply(Tape tape, Tensor x) {
        return switch (function) {
            case LINEAR -> x;
            case RELU -> tape.activate(new Relu(0, Float.POSITIVE_INFINITY), x);
            case SIGMOID -> tape.activate(new Sigmoid(), x);
            case TANH -> tape.activate(new Tanh(), x);
            case SOFTMAX -> tape.softmax(x);
        };
    }
}
