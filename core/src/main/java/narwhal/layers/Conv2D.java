package narwhal.layers;

import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Window;
import narwhal.initializers.Initializers;

/// Convolution of pictures with learned kernels (cross-correlation, as everybody means it), plus a bias for each filter.
/// Kernel: height × width × channels × filters, Glorot-uniform; bias: zeros.
///
/// Source: `keras/src/layers/convolutional/conv2d.py` of Keras 3.
///
/// @param filters channels of the output, at least 1
/// @param window size, strides, dilation and padding of the kernel
/// @param useBias whether a bias is added
public record Conv2D(int filters, Window window, boolean useBias) implements Layer {
    public Conv2D {
        Checks.argument(filters >= 1, "conv2d needs at least 1 filter, got " + filters);
    }

    /// What happens at the border; valid unless said.
    public Conv2D padding(Padding padding) {
        return new Conv2D(filters, window.padding(padding), useBias);
    }

    /// Pixels from one window to the next, in both directions; 1 unless said.
    public Conv2D strides(int strides) {
        return strides(strides, strides);
    }

    /// Rows and columns from one window to the next.
    public Conv2D strides(int y, int x) {
        return new Conv2D(filters, window.strides(y, x), useBias);
    }

    /// Pixels from one cell of the kernel to the next, in both directions; 1 unless said.
    public Conv2D dilationRate(int rate) {
        return new Conv2D(filters, window.dilation(rate, rate), useBias);
    }

    /// Whether a bias is added; true unless said.
    public Conv2D useBias(boolean useBias) {
        return new Conv2D(filters, window, useBias);
    }

    @Override
    public String defaultName() {
        return "conv2d";
    }

    @Override
    public Shape outputShape(Shape input) {
        return Checks.slide(input, window, filters);
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var kernel = builder.parameter("kernel", Shape.of(window.height(), window.width(), input.last(), filters),
                Initializers.glorotUniform());
        if (!useBias) return (x, pass) -> pass.tape().conv2d(x, kernel.value(), null, window);
        var bias = builder.parameter("bias", Shape.of(filters), Initializers.zeros());
        return (x, pass) -> pass.tape().conv2d(x, kernel.value(), bias.value(), window);
    }
}
