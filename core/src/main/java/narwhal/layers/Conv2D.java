package narwhal.layers;

import java.util.ArrayList;
import narwhal.engine.Filters;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.engine.Window;
import narwhal.errors.Problem;
import narwhal.initializers.Initializer;
import narwhal.layers.Activation.Function;
import narwhal.regularizers.Regularizer;

/// Convolution of pictures with learned kernels (cross-correlation, as everybody means it), plus a bias for each filter,
/// then a function. Weights: `kernel`, height × width × channels / groups × filters, Glorot-uniform; `bias`, zeros.
///
/// With groups, the channels and the filters are cut into as many parts, and each part of the filters sees its part of the
/// channels only.
///
/// Source: `keras/src/layers/convolutional/base_conv.py` of Keras 3.
///
/// @param filters channels of the output, at least 1, a multiple of `groups`
/// @param window size, strides, dilation and padding of the kernel
/// @param groups parts, at least 1
/// @param activation applied to the result
/// @param useBias whether a bias is added
/// @param kernel how the kernel starts and what keeps it small
/// @param bias how the bias starts and what keeps it small
public record Conv2D(int filters, Window window, int groups, Function activation, boolean useBias, Weight kernel,
        Weight bias) implements Layer {
    public Conv2D {
        Checks.argument(filters >= 1, "conv2d needs at least 1 filter, got " + filters);
        Checks.argument(groups >= 1 && filters % groups == 0,
                "conv2d needs groups that divide its " + filters + " filters, got " + groups);
    }

    private Conv2D window(Window window) {
        return new Conv2D(filters, window, groups, activation, useBias, kernel, bias);
    }

    private Conv2D kernel(Weight kernel) {
        return new Conv2D(filters, window, groups, activation, useBias, kernel, bias);
    }

    private Conv2D bias(Weight bias) {
        return new Conv2D(filters, window, groups, activation, useBias, kernel, bias);
    }

    /// What happens at the border; valid unless said.
    public Conv2D padding(Padding padding) {
        return window(window.padding(padding));
    }

    /// Pixels from one window to the next, in both directions; 1 unless said.
    public Conv2D strides(int strides) {
        return strides(strides, strides);
    }

    /// Rows and columns from one window to the next.
    public Conv2D strides(int y, int x) {
        return window(window.strides(y, x));
    }

    /// Pixels from one cell of the kernel to the next, in both directions; 1 unless said.
    public Conv2D dilationRate(int rate) {
        return window(window.dilation(rate, rate));
    }

    /// Rows and columns from one cell of the kernel to the next.
    public Conv2D dilationRate(int y, int x) {
        return window(window.dilation(y, x));
    }

    /// Parts into which channels and filters are cut; 1 unless said.
    public Conv2D groups(int groups) {
        return new Conv2D(filters, window, groups, activation, useBias, kernel, bias);
    }

    /// What is applied to the result; nothing unless said.
    public Conv2D activation(Function activation) {
        return new Conv2D(filters, window, groups, activation, useBias, kernel, bias);
    }

    /// Whether a bias is added; true unless said.
    public Conv2D useBias(boolean useBias) {
        return new Conv2D(filters, window, groups, activation, useBias, kernel, bias);
    }

    /// First values of the kernel; Glorot-uniform unless said.
    public Conv2D kernelInitializer(Initializer initializer) {
        return kernel(kernel.initializer(initializer));
    }

    /// First values of the bias; zeros unless said.
    public Conv2D biasInitializer(Initializer initializer) {
        return bias(bias.initializer(initializer));
    }

    /// Penalty on the kernel; none unless said.
    public Conv2D kernelRegularizer(Regularizer regularizer) {
        return kernel(kernel.regularizer(regularizer));
    }

    /// Penalty on the bias; none unless said.
    public Conv2D biasRegularizer(Regularizer regularizer) {
        return bias(bias.regularizer(regularizer));
    }

    @Override
    public Shape outputShape(Shape input) {
        var output = Checks.slide(input, window, filters);
        if (input.last() % groups != 0) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", its channels are no multiple of " + groups
                    + " groups", "choose groups that divide the channels");
        }
        return output;
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int inputs = input.last() / groups;
        var kernel = builder.parameter("kernel", Shape.of(window.height(), window.width(), inputs, filters),
                this.kernel).value();
        var bias = useBias ? builder.parameter("bias", Shape.of(filters), this.bias).value() : null;
        if (groups == 1) {
            var convolving = new Chain.Convolving(new Filters(kernel, bias, window));
            return activation == Function.LINEAR
                    ? convolving
                    : Chain.of(convolving, new Chain.Activating(activation));
        }
        return (x, pass) -> {
            var tape = pass.tape();
            var y = inputs == 1 ? channelwise(tape, x, kernel) : grouped(tape, x, kernel);
            return activation.after(tape, bias == null ? y : Checks.last(tape, y, tape.addBias(y, bias)));
        };
    }

    /// One channel a group: filter f sees channel f / (filters a group), which is where it lies in a depthwise kernel.
    private Tensor channelwise(Tape tape, Tensor x, Tensor kernel) {
        var shape = Shape.of(window.height(), window.width(), groups, filters / groups);
        return tape.depthwiseConv2d(x, tape.reshape(kernel, shape), window);
    }

    private Tensor grouped(Tape tape, Tensor x, Tensor kernel) {
        var parts = new ArrayList<Tensor>();
        int inputs = kernel.shape().dim(2);
        int outputs = filters / groups;
        var shape = kernel.shape().withLast(outputs);
        for (int g = 0; g < groups; g++) {
            var channels = tape.slice(x, x.shape().withLast(inputs), 0, 0, 0, g * inputs);
            parts.add(tape.conv2d(channels, tape.slice(kernel, shape, 0, 0, 0, g * outputs), null, window));
            tape.finished(channels);
        }
        var y = tape.concatenate(parts, 3);
        parts.forEach(tape::finished);
        return y;
    }
}
