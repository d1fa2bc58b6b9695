package narwhal.layers;

import java.util.List;
import java.util.Optional;
import narwhal.engine.Interpolation;
import narwhal.engine.Window;
import narwhal.initializers.Initializers;
import narwhal.layers.Activation.Function;

/// Makers of layers. What is required is a parameter, what is optional a method of the layer named like Keras' argument.
public final class Layers {
    private Layers() {
    }

    /// Layers one after the other.
    public static Sequential sequential(Layer... layers) {
        return new Sequential(List.of(layers));
    }

    /// One layer whose parameters are the same wherever it stands in a [Graph].
    public static Shared shared(Layer layer) {
        return new Shared(layer);
    }

    // ---- convolution and weights

    /// Convolution with a square kernel, stride 1, no padding, with bias.
    ///
    /// @param filters channels of the output, at least 1
    /// @param kernelSize side of the kernel in pixels, at least 1
    public static Conv2D conv2d(int filters, int kernelSize) {
        return conv2d(filters, kernelSize, kernelSize);
    }

    /// Convolution with a kernel of the given height and width.
    public static Conv2D conv2d(int filters, int kernelHeight, int kernelWidth) {
        return new Conv2D(filters, Window.of(kernelHeight, kernelWidth), 1, Function.LINEAR, true, kernel(), bias());
    }

    /// Convolution channel by channel with a square kernel, stride 1, no padding, with bias.
    ///
    /// @param kernelSize side of the kernels in pixels, at least 1
    public static DepthwiseConv2D depthwiseConv2d(int kernelSize) {
        return depthwiseConv2d(kernelSize, kernelSize);
    }

    /// Convolution channel by channel with kernels of the given height and width.
    public static DepthwiseConv2D depthwiseConv2d(int kernelHeight, int kernelWidth) {
        return new DepthwiseConv2D(Window.of(kernelHeight, kernelWidth), 1, Function.LINEAR, true, kernel(), bias());
    }

    /// Convolution channel by channel with a square kernel, then a mixture of the channels; stride 1, no padding, with bias.
    ///
    /// @param filters channels of the output, at least 1
    /// @param kernelSize side of the kernels in pixels, at least 1
    public static SeparableConv2D separableConv2d(int filters, int kernelSize) {
        return separableConv2d(filters, kernelSize, kernelSize);
    }

    /// Convolution channel by channel with kernels of the given height and width, then a mixture of the channels.
    public static SeparableConv2D separableConv2d(int filters, int kernelHeight, int kernelWidth) {
        return new SeparableConv2D(filters, Window.of(kernelHeight, kernelWidth), 1, Function.LINEAR, true, kernel(),
                kernel(), bias());
    }

    /// Transposed convolution with a square kernel, stride 1, no padding, with bias.
    ///
    /// @param filters channels of the output, at least 1
    /// @param kernelSize side of the kernel in pixels, at least 1
    public static Conv2DTranspose conv2dTranspose(int filters, int kernelSize) {
        return conv2dTranspose(filters, kernelSize, kernelSize);
    }

    /// Transposed convolution with a kernel of the given height and width.
    public static Conv2DTranspose conv2dTranspose(int filters, int kernelHeight, int kernelWidth) {
        return new Conv2DTranspose(filters, Window.of(kernelHeight, kernelWidth), Optional.empty(), Function.LINEAR,
                true, kernel(), bias());
    }

    /// Fully connected layer with bias.
    ///
    /// @param units number of outputs, at least 1
    public static Dense dense(int units) {
        return new Dense(units, Function.LINEAR, true, kernel(), bias());
    }

    private static Weight kernel() {
        return Weight.of(Initializers.glorotUniform());
    }

    private static Weight bias() {
        return Weight.of(Initializers.zeros());
    }

    // ---- pooling

    /// Largest element of square windows that do not overlap.
    ///
    /// @param poolSize side of the window in pixels, at least 1
    public static MaxPooling2D maxPooling2d(int poolSize) {
        return maxPooling2d(poolSize, poolSize);
    }

    /// Largest element of windows of the given height and width that do not overlap.
    public static MaxPooling2D maxPooling2d(int height, int width) {
        return new MaxPooling2D(Window.of(height, width).strides(height, width));
    }

    /// Mean of square windows that do not overlap.
    ///
    /// @param poolSize side of the window in pixels, at least 1
    public static AveragePooling2D averagePooling2d(int poolSize) {
        return averagePooling2d(poolSize, poolSize);
    }

    /// Mean of windows of the given height and width that do not overlap.
    public static AveragePooling2D averagePooling2d(int height, int width) {
        return new AveragePooling2D(Window.of(height, width).strides(height, width));
    }

    /// Mean of each channel over the whole picture.
    public static GlobalAveragePooling2D globalAveragePooling2d() {
        return new GlobalAveragePooling2D(false);
    }

    /// Largest element of each channel over the whole picture.
    public static GlobalMaxPooling2D globalMaxPooling2d() {
        return new GlobalMaxPooling2D(false);
    }

    // ---- chance

    /// Inverted dropout.
    ///
    /// @param rate share that is dropped, 0 or more and less than 1
    public static Dropout dropout(double rate) {
        return new Dropout(rate, List.of());
    }

    /// Dropout of whole channels.
    ///
    /// @param rate share that is dropped, 0 or more and less than 1
    public static SpatialDropout2D spatialDropout2d(double rate) {
        return new SpatialDropout2D(rate);
    }

    /// Normal noise, added.
    ///
    /// @param stddev standard deviation of the noise, at least 0
    public static GaussianNoise gaussianNoise(double stddev) {
        return new GaussianNoise(stddev);
    }

    /// Normal noise, multiplied.
    ///
    /// @param rate of the dropout that has as much noise, 0 or more and less than 1
    public static GaussianDropout gaussianDropout(double rate) {
        return new GaussianDropout(rate);
    }

    // ---- shape

    /// All axes of a sample in one.
    public static Flatten flatten() {
        return new Flatten();
    }

    /// The same numbers under another shape.
    ///
    /// @param targetShape extents of one sample; one of them may be −1, which stands for what is left
    public static Reshape reshape(Integer... targetShape) {
        return new Reshape(List.of(targetShape));
    }

    /// The axes of a sample in another order.
    ///
    /// @param dims axis of the input for each axis of the output, counted from 1
    public static Permute permute(Integer... dims) {
        return new Permute(List.of(dims));
    }

    /// As many rows and columns of zeros on all four sides.
    public static ZeroPadding2D zeroPadding2d(int padding) {
        return zeroPadding2d(padding, padding, padding, padding);
    }

    /// Rows and columns of zeros.
    public static ZeroPadding2D zeroPadding2d(int top, int bottom, int left, int right) {
        return new ZeroPadding2D(top, bottom, left, right);
    }

    /// As many rows and columns less on all four sides.
    public static Cropping2D cropping2d(int cropping) {
        return cropping2d(cropping, cropping, cropping, cropping);
    }

    /// Some rows and columns less.
    public static Cropping2D cropping2d(int top, int bottom, int left, int right) {
        return new Cropping2D(top, bottom, left, right);
    }

    /// Every pixel repeated in both directions.
    ///
    /// @param size output pixels for each input pixel and direction, at least 1
    public static UpSampling2D upSampling2d(int size) {
        return upSampling2d(size, size);
    }

    /// Every row repeated `rows` times, every column `columns` times.
    public static UpSampling2D upSampling2d(int rows, int columns) {
        return new UpSampling2D(rows, columns, Interpolation.NEAREST);
    }

    // ---- normalisation

    /// Batch normalisation of the last axis with momentum 0.99 and epsilon 0.001.
    public static BatchNormalization batchNormalization() {
        return new BatchNormalization(-1, 0.99, 1e-3, true, true, bias(), Weight.of(Initializers.ones()),
                Initializers.zeros(), Initializers.ones());
    }

    /// Layer normalisation of the last axis with epsilon 0.001.
    public static LayerNormalization layerNormalization() {
        return new LayerNormalization(List.of(-1), 1e-3, true, true, bias(), Weight.of(Initializers.ones()));
    }

    /// `x · scale`; [Rescaling#offset] adds to it.
    ///
    /// @param scale one number for all, or one for each channel
    public static Rescaling rescaling(Double... scale) {
        return new Rescaling(List.of(scale), List.of(0.0));
    }

    /// `(x − mean) / √variance` for all channels alike.
    public static Normalization normalization(double mean, double variance) {
        return normalization(new Normalization.Moments(List.of(mean), List.of(variance)));
    }

    /// `(x − mean) / √variance` channel by channel.
    public static Normalization normalization(Normalization.Moments moments) {
        return new Normalization(Optional.of(moments));
    }

    // ---- several inputs

    /// The sum of the inputs.
    public static Add add() {
        return new Add();
    }

    /// The first input minus the second.
    public static Subtract subtract() {
        return new Subtract();
    }

    /// The product of the inputs.
    public static Multiply multiply() {
        return new Multiply();
    }

    /// The mean of the inputs.
    public static Average average() {
        return new Average();
    }

    /// The largest of the inputs.
    public static Maximum maximum() {
        return new Maximum();
    }

    /// The smallest of the inputs.
    public static Minimum minimum() {
        return new Minimum();
    }

    /// The inputs side by side along the last axis, for pictures their channels.
    public static Concatenate concatenate() {
        return new Concatenate(-1);
    }

    // ---- functions

    /// Any function by its name.
    public static Activation activation(Function function) {
        return new Activation(function);
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

    /// x above 0, eˣ − 1 below.
    public static Activation elu() {
        return new Activation(Function.ELU);
    }

    /// x above 0, `alpha · (eˣ − 1)` below.
    public static ELU elu(double alpha) {
        return new ELU(alpha);
    }

    /// Elu with the two constants that keep mean 0 and variance 1.
    public static Activation selu() {
        return new Activation(Function.SELU);
    }

    /// x·Φ(x) with the normal distribution.
    public static Activation gelu() {
        return new Activation(Function.GELU);
    }

    /// x / (1 + e⁻ˣ), also called swish.
    public static Activation silu() {
        return new Activation(Function.SILU);
    }

    /// ln(1 + eˣ).
    public static Activation softplus() {
        return new Activation(Function.SOFTPLUS);
    }

    /// x / 6 + 1/2, held within 0 and 1.
    public static Activation hardSigmoid() {
        return new Activation(Function.HARD_SIGMOID);
    }

    /// The rectifier with a largest value, a slope and a threshold to choose; without them it is [#relu].
    public static ReLU reLU() {
        return new ReLU(Double.POSITIVE_INFINITY, 0, 0);
    }

    /// x above 0, 0.3·x below, as Keras' LeakyReLU layer; its activation `leaky_relu` has 0.2.
    public static LeakyReLU leakyReLU() {
        return leakyReLU(0.3);
    }

    /// x above 0, `negativeSlope · x` below.
    public static LeakyReLU leakyReLU(double negativeSlope) {
        return new LeakyReLU(negativeSlope);
    }

    /// x above 0, a learned multiple of it below.
    public static PReLU pReLU() {
        return new PReLU(bias(), List.of());
    }

    /// Softmax over another axis.
    ///
    /// @param axis the batch being axis 0; negative axes count from the end
    public static Softmax softmax(int axis) {
        return new Softmax(axis);
    }
}
