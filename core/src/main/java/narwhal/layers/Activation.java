package narwhal.layers;

import narwhal.engine.Activation.Clamp;
import narwhal.engine.Activation.Elu;
import narwhal.engine.Activation.Exponential;
import narwhal.engine.Activation.Gelu;
import narwhal.engine.Activation.HardSigmoid;
import narwhal.engine.Activation.HardSilu;
import narwhal.engine.Activation.Mish;
import narwhal.engine.Activation.Relu;
import narwhal.engine.Activation.Sigmoid;
import narwhal.engine.Activation.Silu;
import narwhal.engine.Activation.Softplus;
import narwhal.engine.Activation.Softsign;
import narwhal.engine.Activation.Tanh;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// A function without parameters, applied to every element; softmax to the last axis.
///
/// @param function which one
public record Activation(Function function) implements Layer {
    /// The functions by their names in Keras (lower case there), with Keras' defaults for what is not an argument here.
    ///
    /// Source: `keras/src/activations/activations.py` of Keras 3.
    public enum Function {
        /// The input itself.
        LINEAR,
        /// max(x, 0).
        RELU,
        /// max(x, 0), but at most 6.
        RELU6,
        /// x above 0, 0.2·x below.
        LEAKY_RELU,
        /// x above 0, eˣ − 1 below.
        ELU,
        /// Elu with the two constants that keep mean 0 and variance 1. Klambauer et al., arXiv 1706.02515.
        SELU,
        /// x·Φ(x), with the normal distribution itself.
        GELU,
        /// x·Φ(x), with the tanh formula instead of the normal distribution; Keras' `gelu` with `approximate=True`.
        GELU_TANH,
        /// x / (1 + e⁻ˣ), also called swish.
        SILU,
        /// x times the hard sigmoid, also called hard swish.
        HARD_SILU,
        /// x·tanh(ln(1 + eˣ)).
        MISH,
        /// ln(1 + eˣ).
        SOFTPLUS,
        /// x / (1 + |x|).
        SOFTSIGN,
        /// eˣ.
        EXPONENTIAL,
        /// 1 / (1 + e⁻ˣ).
        SIGMOID,
        /// x / 6 + 1/2, held within 0 and 1.
        HARD_SIGMOID,
        /// Hyperbolic tangent.
        TANH,
        /// x held within −1 and 1.
        HARD_TANH,
        /// eˣ divided by the sum of it over the last axis.
        SOFTMAX;

        private static final float INFINITE = Float.POSITIVE_INFINITY;

        /// The function of a tensor.
        public Tensor apply(Tape tape, Tensor x) {
            return switch (this) {
                case LINEAR -> x;
                case RELU -> tape.activate(new Relu(0, INFINITE), x);
                case RELU6 -> tape.activate(new Relu(0, 6), x);
                case LEAKY_RELU -> tape.activate(new Relu(0.2f, INFINITE), x);
                case ELU -> tape.activate(new Elu(1, 1), x);
                case SELU -> tape.activate(new Elu(1.6732632f, 1.050701f), x);
                case GELU -> tape.activate(new Gelu(false), x);
                case GELU_TANH -> tape.activate(new Gelu(true), x);
                case SILU -> tape.activate(new Silu(), x);
                case HARD_SILU -> tape.activate(new HardSilu(), x);
                case MISH -> tape.activate(new Mish(), x);
                case SOFTPLUS -> tape.activate(new Softplus(), x);
                case SOFTSIGN -> tape.activate(new Softsign(), x);
                case EXPONENTIAL -> tape.activate(new Exponential(), x);
                case SIGMOID -> tape.activate(new Sigmoid(), x);
                case HARD_SIGMOID -> tape.activate(new HardSigmoid(), x);
                case TANH -> tape.activate(new Tanh(), x);
                case HARD_TANH -> tape.activate(new Clamp(-1, 1), x);
                case SOFTMAX -> tape.softmax(x);
            };
        }

        /// The function of a result that nobody else needs.
        Tensor after(Tape tape, Tensor result) {
            var y = apply(tape, result);
            if (this != LINEAR) tape.finished(result);
            return y;
        }
    }

    @Override
    public Shape outputShape(Shape input) {
        return input;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        return new Chain.Activating(function);
    }
}
