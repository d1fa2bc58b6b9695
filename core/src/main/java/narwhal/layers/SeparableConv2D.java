package narwhal.layers;

import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Window;
import narwhal.initializers.Initializer;
import narwhal.layers.Activation.Function;
import narwhal.regularizers.Regularizer;

/// A depthwise convolution, then one with 1×1 kernels that mixes the channels, plus a bias, then a function. Weights:
/// `depthwise_kernel`, height × width × channels × depthMultiplier, and `pointwise_kernel`, 1 × 1 × channels ·
/// depthMultiplier × filters, both Glorot-uniform; `bias`, zeros.
///
/// Source: `keras/src/layers/convolutional/base_separable_conv.py` of Keras 3.
///
/// @param filters channels of the output, at least 1
/// @param window size, strides, dilation and padding of the depthwise kernels
/// @param depthMultiplier depthwise kernels of each channel, at least 1
/// @param activation applied to the result
/// @param useBias whether a bias is added
/// @param depthwise how the depthwise kernels start and what keeps them small
/// @param pointwise how the 1×1 kernels start and what keeps them small
/// @param bias how the bias starts and what keeps it small
public record SeparableConv2D(int filters, Window window, int depthMultiplier, Function activation, boolean useBias,
        Weight depthwise, Weight pointwise, Weight bias) implements Layer {
    private static final Window POINT = Window.of(1, 1);

    public SeparableConv2D {
        Checks.argument(filters >= 1, "separableConv2d needs at least 1 filter, got " + filters);
        Checks.argument(depthMultiplier >= 1,
                "separableConv2d needs a depth multiplier of at least 1, got " + depthMultiplier);
    }

    private SeparableConv2D window(Window window) {
        return new SeparableConv2D(filters, window, depthMultiplier, activation, useBias, depthwise, pointwise, bias);
    }

    private SeparableConv2D weights(Weight depthwise, Weight pointwise, Weight bias) {
        return new SeparableConv2D(filters, window, depthMultiplier, activation, useBias, depthwise, pointwise, bias);
    }

    /// What happens at the border; valid unless said.
    public SeparableConv2D padding(Padding padding) {
        return window(window.padding(padding));
    }

    /// Pixels from one window to the next, in both directions; 1 unless said.
    public SeparableConv2D strides(int strides) {
        return strides(strides, strides);
    }

    /// Rows and columns from one window to the next.
    public SeparableConv2D strides(int y, int x) {
        return window(window.strides(y, x));
    }

    /// Pixels from one cell of the kernel to the next, in both directions; 1 unless said.
    public SeparableConv2D dilationRate(int rate) {
        return dilationRate(rate, rate);
    }

    /// Rows and columns from one cell of the kernel to the next.
    public SeparableConv2D dilationRate(int y, int x) {
        return window(window.dilation(y, x));
    }

    /// Depthwise kernels of each channel; 1 unless said.
    public SeparableConv2D depthMultiplier(int depthMultiplier) {
        return new SeparableConv2D(filters, window, depthMultiplier, activation, useBias, depthwise, pointwise, bias);
    }

    /// What is applied to the result; nothing unless said.
    public SeparableConv2D activation(Function activation) {
        return new SeparableConv2D(filters, window, depthMultiplier, activation, useBias, depthwise, pointwise, bias);
    }

    /// Whether a bias is added; true unless said.
    public SeparableConv2D useBias(boolean useBias) {
        return new SeparableConv2D(filters, window, depthMultiplier, activation, useBias, depthwise, pointwise, bias);
    }

    /// First values of the depthwise kernels; Glorot-uniform unless said.
    public SeparableConv2D depthwiseInitializer(Initializer initializer) {
        return weights(depthwise.initializer(initializer), pointwise, bias);
    }

    /// First values of the 1×1 kernels; Glorot-uniform unless said.
    public SeparableConv2D pointwiseInitializer(Initializer initializer) {
        return weights(depthwise, pointwise.initializer(initializer), bias);
    }

    /// First values of the bias; zeros unless said.
    public SeparableConv2D biasInitializer(Initializer initializer) {
        return weights(depthwise, pointwise, bias.initializer(initializer));
    }

    /// Penalty on the depthwise kernels; none unless said.
    public SeparableConv2D depthwiseRegularizer(Regularizer regularizer) {
        return weights(depthwise.regularizer(regularizer), pointwise, bias);
    }

    /// Penalty on the 1×1 kernels; none unless said.
    public SeparableConv2D pointwiseRegularizer(Regularizer regularizer) {
        return weights(depthwise, pointwise.regularizer(regularizer), bias);
    }

    /// Penalty on the bias; none unless said.
    public SeparableConv2D biasRegularizer(Regularizer regularizer) {
        return weights(depthwise, pointwise, bias.regularizer(regularizer));
    }

    @Override
    public Shape outputShape(Shape input) {
        return Checks.slide(input, window, filters);
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        int middle = input.last() * depthMultiplier;
        var channelwise = builder.parameter("depthwise_kernel",
                Shape.of(window.height(), window.width(), input.last(), depthMultiplier), depthwise).value();
        var mixing = builder.parameter("pointwise_kernel", Shape.of(1, 1, middle, filters), pointwise).value();
        var bias = useBias ? builder.parameter("bias", Shape.of(filters), this.bias).value() : null;
        return (x, pass) -> {
            var tape = pass.tape();
            var y = tape.depthwiseConv2d(x, channelwise, window);
            return activation.after(tape, Checks.last(tape, y, tape.conv2d(y, mixing, bias, POINT)));
        };
    }
}
