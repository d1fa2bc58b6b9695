package narwhal.layers;

import java.util.Optional;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Window;
import narwhal.errors.Problem;
import narwhal.initializers.Initializer;
import narwhal.layers.Activation.Function;
import narwhal.regularizers.Regularizer;

/// A convolution taken backwards: every input pixel adds its multiple of the kernel to the output, so that strides make
/// pictures larger. Plus a bias, then a function. Weights: `kernel`, height × width × filters × channels (the last two the
/// other way round than in [Conv2D]), Glorot-uniform; `bias`, zeros.
///
/// The output has `n · stride` rows with same padding and `(n − 1) · stride + max(kernel, stride)` with valid padding, the
/// dilation included in the kernel. Source: `keras/src/layers/convolutional/base_conv_transpose.py` and
/// `keras/src/backend/common/backend_utils.py` of Keras 3.
///
/// @param filters channels of the output, at least 1
/// @param window size, strides, dilation and padding of the kernel
/// @param outputPadding rows and columns that are added to the smallest possible output; chosen as above unless said
/// @param activation applied to the result
/// @param useBias whether a bias is added
/// @param kernel how the kernel starts and what keeps it small
/// @param bias how the bias starts and what keeps it small
public record Conv2DTranspose(int filters, Window window, Optional<OutputPadding> outputPadding, Function activation,
        boolean useBias, Weight kernel, Weight bias) implements Layer {
    /// Rows and columns added to the smallest possible output, each at least 0 and less than the stride.
    public record OutputPadding(int rows, int columns) {}

    public Conv2DTranspose {
        Checks.argument(filters >= 1, "conv2dTranspose needs at least 1 filter, got " + filters);
        outputPadding.ifPresent(padding -> Checks.argument(
                padding.rows >= 0 && padding.rows < window.strideY() && padding.columns >= 0
                        && padding.columns < window.strideX(),
                "conv2dTranspose needs an output padding of 0 or more and less than its strides, got " + padding));
    }

    private Conv2DTranspose window(Window window) {
        return new Conv2DTranspose(filters, window, outputPadding, activation, useBias, kernel, bias);
    }

    private Conv2DTranspose weights(Weight kernel, Weight bias) {
        return new Conv2DTranspose(filters, window, outputPadding, activation, useBias, kernel, bias);
    }

    /// What happens at the border of the output; valid unless said.
    public Conv2DTranspose padding(Padding padding) {
        return window(window.padding(padding));
    }

    /// Pixels of the output from one input pixel to the next, in both directions; 1 unless said.
    public Conv2DTranspose strides(int strides) {
        return strides(strides, strides);
    }

    /// Rows and columns of the output from one input pixel to the next.
    public Conv2DTranspose strides(int y, int x) {
        return window(window.strides(y, x));
    }

    /// Pixels from one cell of the kernel to the next, in both directions; 1 unless said.
    public Conv2DTranspose dilationRate(int rate) {
        return dilationRate(rate, rate);
    }

    /// Rows and columns from one cell of the kernel to the next.
    public Conv2DTranspose dilationRate(int y, int x) {
        return window(window.dilation(y, x));
    }

    /// Rows and columns added to the smallest possible output.
    public Conv2DTranspose outputPadding(int rows, int columns) {
        return new Conv2DTranspose(filters, window, Optional.of(new OutputPadding(rows, columns)), activation, useBias,
                kernel, bias);
    }

    /// What is applied to the result; nothing unless said.
    public Conv2DTranspose activation(Function activation) {
        return new Conv2DTranspose(filters, window, outputPadding, activation, useBias, kernel, bias);
    }

    /// Whether a bias is added; true unless said.
    public Conv2DTranspose useBias(boolean useBias) {
        return new Conv2DTranspose(filters, window, outputPadding, activation, useBias, kernel, bias);
    }

    /// First values of the kernel; Glorot-uniform unless said.
    public Conv2DTranspose kernelInitializer(Initializer initializer) {
        return weights(kernel.initializer(initializer), bias);
    }

    /// First values of the bias; zeros unless said.
    public Conv2DTranspose biasInitializer(Initializer initializer) {
        return weights(kernel, bias.initializer(initializer));
    }

    /// Penalty on the kernel; none unless said.
    public Conv2DTranspose kernelRegularizer(Regularizer regularizer) {
        return weights(kernel.regularizer(regularizer), bias);
    }

    /// Penalty on the bias; none unless said.
    public Conv2DTranspose biasRegularizer(Regularizer regularizer) {
        return weights(kernel, bias.regularizer(regularizer));
    }

    @Override
    public Shape outputShape(Shape input) {
        Checks.isPicture(input);
        int rows = extent(input.dim(0), window.reachY(), window.strideY(), outputPadding.map(OutputPadding::rows));
        int columns = extent(input.dim(1), window.reachX(), window.strideX(),
                outputPadding.map(OutputPadding::columns));
        if (window.rows(rows) != input.dim(0) || window.columns(columns) != input.dim(1)) {
            throw Problem.SHAPE_MISMATCH.because("input is " + input + ", no " + rows + "×" + columns
                    + " picture gives it under a " + window.height() + "×" + window.width() + " window",
                    "choose another output padding");
        }
        return Shape.of(rows, columns, filters);
    }

    private int extent(int n, int reach, int stride, Optional<Integer> added) {
        return switch (window.padding()) {
            case VALID -> (n - 1) * stride + reach + added.orElse(Math.max(reach, stride) - reach);
            case SAME -> added.map(more -> (n - 1) * stride + reach % 2 + more).orElse(n * stride);
        };
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        var output = outputShape(input);
        var kernel = builder.parameter("kernel",
                Shape.of(window.height(), window.width(), filters, input.last()), this.kernel).value();
        var bias = useBias ? builder.parameter("bias", Shape.of(filters), this.bias).value() : null;
        return (x, pass) -> {
            var tape = pass.tape();
            var y = tape.conv2dTranspose(x, kernel, output.batch(x.shape().dim(0)), window);
            return activation.after(tape, bias == null ? y : Checks.last(tape, y, tape.addBias(y, bias)));
        };
    }
}
