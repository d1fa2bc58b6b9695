package narwhal.layers;

import java.util.List;
import narwhal.engine.Window;
import narwhal.layers.Activation.Function;

/// Makers of layers. What is required is a parameter, what is optional a method of the layer named like Keras' argument.
public final class Layers {
    private Layers() {
    }

    /// Layers one after the other.
    public static Sequential sequential(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    /// Convolution with a square kernel, stride 1, no padding, with bias.
    ///
    /// @param filters channels of the output, at least 1
    /// @param kernelSize side of the kernel in pixels, at least 1
    public static Conv2D conv2d(int filters, int kernelSize) {
        return conv2d(filters, kernelSize, kernelSize);
    }

    /// Convolution with a kernel of the given height and width.
    public static Conv2D conv2d(int filters, int kernelHeight, int kernelWidth) {
        return new Conv2D(filters, Window.of(kernelHeight, kernelWidth), true);
    }

    /// Fully connected layer with bias.
    ///
    /// @param units number of outputs, at least 1
    public static Dense dense(int units) {
        return new Dense(units, true);
    }

    /// Largest element of square windows that do not overlap.
    ///
    /// @param poolSize side of the window in pixels, at least 1
    public static MaxPooling2D maxPooling2d(int poolSize) {
        return new MaxPooling2D(Window.of(poolSize, poolSize).strides(poolSize, poolSize));
    }

    /// Mean of square windows that do not overlap.
    ///
    /// @param poolSize side of the window in pixels, at least 1
    public static AveragePooling2D averagePooling2d(int poolSize) {
        return new AveragePooling2D(Window.of(poolSize, poolSize).strides(poolSize, poolSize));
    }

    /// Mean of each channel over the whole picture.
    public static GlobalAveragePooling2D globalAveragePooling2d() {
        return new GlobalAveragePooling2D();
    }

    /// Inverted dropout.
    ///
    /// @param rate share that is dropped, 0 or more and less than 1
    public static Dropout dropout(double rate) {
        return new Dropout(rate);
    }

    /// All axes of a sample in one.
    public static Flatten flatten() {
        return new Flatten();
    }

    /// Batch normalisation with momentum 0.99 and epsilon 0.001.
    public static BatchNormalization batchNormalization() {
        return new BatchNormalization(0.99, 1e-3);
    }

    /// max(x, 0).
    public static Activation relu() {
        return new Activation(Function.RELU);
    }

    /// 1 / (1 + e⁻ˣ).
    public static Activation sigmoid() {
        return new Activation(Function.SIGMOID);
    }

    /// Hyperbolic tangent.
    public static Activation tanh() {
        return new Activation(Function.TANH);
    }

    /// Softmax over the last axis.
    public static Activation softmax() {
        return new Activation(Function.SOFTMAX);
    }

    /// The input itself.
    public static Activation linear() {
        return new Activation(Function.LINEAR);
    }
}
