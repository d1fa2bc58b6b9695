package narwhal.layers;

import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.initializers.Initializer;
import narwhal.layers.Activation.Function;
import narwhal.regularizers.Regularizer;

/// Every output is a weighted sum of all inputs along the last axis plus a bias, then a function. Weights: `kernel`, inputs
/// × units, Glorot-uniform; `bias`, zeros. Of an input with several axes, each row along the last one is treated alike.
///
/// Source: `keras/src/layers/core/dense.py` of Keras 3.
///
/// @param units number of outputs, at least 1
/// @param activation applied to the result
/// @param useBias whether a bias is added
/// @param kernel how the kernel starts and what keeps it small
/// @param bias how the bias starts and what keeps it small
public record Dense(int units, Function activation, boolean useBias, Weight kernel, Weight bias) implements Layer {
    public Dense {
        Checks.argument(units >= 1, "dense needs at least 1 unit, got " + units);
    }

    /// What is applied to the result; nothing unless said.
    public Dense activation(Function activation) {
        return new Dense(units, activation, useBias, kernel, bias);
    }

    /// Whether a bias is added; true unless said.
    public Dense useBias(boolean useBias) {
        return new Dense(units, activation, useBias, kernel, bias);
    }

    /// First values of the kernel; Glorot-uniform unless said.
    public Dense kernelInitializer(Initializer initializer) {
        return new Dense(units, activation, useBias, kernel.initializer(initializer), bias);
    }

    /// First values of the bias; zeros unless said.
    public Dense biasInitializer(Initializer initializer) {
        return new Dense(units, activation, useBias, kernel, bias.initializer(initializer));
    }

    /// Penalty on the kernel; none unless said.
    public Dense kernelRegularizer(Regularizer regularizer) {
        return new Dense(units, activation, useBias, kernel.regularizer(regularizer), bias);
    }

    /// Penalty on the bias; none unless said.
    public Dense biasRegularizer(Regularizer regularizer) {
        return new Dense(units, activation, useBias, kernel, bias.regularizer(regularizer));
    }

    @Override
    public Shape outputShape(Shape input) {
        if (input.rank() == 0) throw Problem.SHAPE_MISMATCH.because("input is a scalar, expected at least one axis");
        return input.withLast(units);
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int inputs = input.last();
        var kernel = builder.parameter("kernel", Shape.of(inputs, units), this.kernel).value();
        var bias = useBias ? builder.parameter("bias", Shape.of(units), this.bias).value() : null;
        return (x, pass) -> {
            var tape = pass.tape();
            var rows = input.rank() == 1 ? x : tape.reshape(x, Shape.of(x.shape().size() / inputs, inputs));
            var y = tape.matmul(rows, kernel);
            if (input.rank() > 1) tape.finished(rows);
            if (bias != null) y = Checks.last(tape, y, tape.addBias(y, bias));
            if (input.rank() > 1) y = Checks.last(tape, y, tape.reshape(y, x.shape().withLast(units)));
            return activation.after(tape, y);
        };
    }
}
