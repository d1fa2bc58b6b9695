package narwhal.layers;

import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Window;
import narwhal.initializers.Initializer;
import narwhal.layers.Activation.Function;
import narwhal.regularizers.Regularizer;

/// Convolution in which every channel has kernels of its own, plus a bias, then a function. Output channel
/// `c · depthMultiplier + q` is channel `c` under its kernel `q`. Weights: `kernel`, height × width × channels ×
/// depthMultiplier, Glorot-uniform; `bias`, zeros.
///
/// Source: `keras/src/layers/convolutional/base_depthwise_conv.py` of Keras 3.
///
/// @param window size, strides, dilation and padding of the kernels
/// @param depthMultiplier kernels of each channel, at least 1
/// @param activation applied to the result
/// @param useBias whether a bias is added
/// @param depthwise how the kernels start and what keeps them small
/// @param bias how the bias starts and what keeps it small
public record DepthwiseConv2D(Window window, int depthMultiplier, Function activation, boolean useBias,
        Weight depthwise, Weight bias) implements Layer {
    public DepthwiseConv2D {
        Checks.argument(depthMultiplier >= 1,
                "depthwiseConv2d needs a depth multiplier of at least 1, got " + depthMultiplier);
    }

    private DepthwiseConv2D window(Window window) {
        return new DepthwiseConv2D(window, depthMultiplier, activation, useBias, depthwise, bias);
    }

    private DepthwiseConv2D weights(Weight depthwise, Weight bias) {
        return new DepthwiseConv2D(window, depthMultiplier, activation, useBias, depthwise, bias);
    }

    /// What happens at the border; valid unless said.
    public DepthwiseConv2D padding(Padding padding) {
        return window(window.padding(padding));
    }

    /// Pixels from one window to the next, in both directions; 1 unless said.
    public DepthwiseConv2D strides(int strides) {
        return strides(strides, strides);
    }

    /// Rows and columns from one window to the next.
    public DepthwiseConv2D strides(int y, int x) {
        return window(window.strides(y, x));
    }

    /// Pixels from one cell of the kernel to the next, in both directions; 1 unless said.
    public DepthwiseConv2D dilationRate(int rate) {
        return dilationRate(rate, rate);
    }

    /// Rows and columns from one cell of the kernel to the next.
    public DepthwiseConv2D dilationRate(int y, int x) {
        return window(window.dilation(y, x));
    }

    /// Kernels of each channel; 1 unless said.
    public DepthwiseConv2D depthMultiplier(int depthMultiplier) {
        return new DepthwiseConv2D(window, depthMultiplier, activation, useBias, depthwise, bias);
    }

    /// What is applied to the result; nothing unless said.
    public DepthwiseConv2D activation(Function activation) {
        return new DepthwiseConv2D(window, depthMultiplier, activation, useBias, depthwise, bias);
    }

    /// Whether a bias is added; true unless said.
    public DepthwiseConv2D useBias(boolean useBias) {
        return new DepthwiseConv2D(window, depthMultiplier, activation, useBias, depthwise, bias);
    }

    /// First values of the kernels; Glorot-uniform unless said.
    public DepthwiseConv2D depthwiseInitializer(Initializer initializer) {
        return weights(depthwise.initializer(initializer), bias);
    }

    /// First values of the bias; zeros unless said.
    public DepthwiseConv2D biasInitializer(Initializer initializer) {
        return weights(depthwise, bias.initializer(initializer));
    }

    /// Penalty on the kernels; none unless said.
    public DepthwiseConv2D depthwiseRegularizer(Regularizer regularizer) {
        return weights(depthwise.regularizer(regularizer), bias);
    }

    /// Penalty on the bias; none unless said.
    public DepthwiseConv2D biasRegularizer(Regularizer regularizer) {
        return weights(depthwise, bias.regularizer(regularizer));
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        return Checks.slide(input, window, input.last() * depthMultiplier);
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var kernel = builder.parameter("kernel",
                Shape.of(window.height(), window.width(), input.last(), depthMultiplier), depthwise).value();
        var bias = useBias
                ? builder.parameter("bias", Shape.of(input.last() * depthMultiplier), this.bias).value()
                : null;
        return (x, pass) -> {
            var tape = pass.tape();
            var y = tape.depthwiseConv2d(x, kernel, window);
            return activation.after(tape, bias == null ? y : Checks.last(tape, y, tape.addBias(y, bias)));
        };
    }
}
