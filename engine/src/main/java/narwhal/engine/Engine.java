package narwhal.engine;

import narwhal.engine.cpu.CpuEngine;
import org.jspecify.annotations.Nullable;

/// The primitive operations of a network and their gradients. Pictures are batch × height × width × channels, convolution
/// kernels are height × width × inputs × outputs.
///
/// Operations return new tensors that belong to the open [Scope]; only the `update…` operations change their arguments.
/// Every operation gives the same bits for any number of threads. One thread at a time may use an engine, except that
/// [#write] may be called by several at once for different places.
///
/// A tensor of a shape that does not fit is an [IllegalArgumentException]: layers check shapes when the model is built, so
/// this one is a mistake in a layer.
public interface Engine extends AutoCloseable {
    /// The CPU engine with one thread for each processor.
    static Engine cpu() {
        return cpu(Runtime.getRuntime().availableProcessors());
    }

    /// The CPU engine.
    ///
    /// @param threads at least 1; the result does not depend on it
    static Engine cpu(int threads) {
        return CpuEngine.fast(threads);
    }

    /// The CPU engine made of the scalar definitions only: slow, written to be read, the oracle of all others.
    static Engine reference() {
        return CpuEngine.reference();
    }

    // ---- memory

    /// Opens a scope; scopes nest.
    Scope scope();

    /// A tensor of zeros outside any scope: a parameter, an optimizer's memory, a batch to be written.
    Tensor zeros(Shape shape);

    /// A tensor with the given values in row-major order, outside any scope.
    Tensor of(Shape shape, float... values);

    /// Copies values into a tensor, starting at element `from`.
    void write(Tensor target, int from, float[] values, int length);

    /// A copy of all values in row-major order.
    float[] read(Tensor tensor);

    /// Gives a tensor's memory back before its scope ends. Nobody may use it afterwards.
    void release(Tensor tensor);

    /// The same values under another shape of the same size, without a copy.
    Tensor reshape(Tensor x, Shape shape);

    // ---- elements

    /// A tensor whose elements are all `value`.
    Tensor filled(Shape shape, float value);

    /// a + b, elements of equal shapes.
    Tensor add(Tensor a, Tensor b);

    /// a · b, elements of equal shapes.
    Tensor multiply(Tensor a, Tensor b);

    /// x · factor + offset.
    Tensor scale(Tensor x, float factor, float offset);

    /// x + bias, where bias has the extent of the last axis.
    Tensor addBias(Tensor x, Tensor bias);

    /// Sum over all axes but the last: the gradient of a bias.
    Tensor sumToLast(Tensor x);

    /// Sum of all elements, a scalar.
    Tensor sum(Tensor x);

    /// Every element replaced by `function` of it.
    Tensor activate(Activation function, Tensor x);

    /// The gradient for `x`, given y = activate(x) and the gradient for y.
    Tensor activateGradient(Activation function, Tensor x, Tensor y, Tensor dy);

    /// Softmax over the last axis.
    Tensor softmax(Tensor x);

    /// The gradient for `x`, given y = softmax(x) and the gradient for y.
    Tensor softmaxGradient(Tensor y, Tensor dy);

    /// Inverted dropout: an element is kept with probability 1 − rate and divided by it. Which ones is a pure function of
    /// `key` and the element's place, so the gradient is the same operation on `dy`.
    ///
    /// @param rate in [0, 1)
    Tensor dropout(Tensor x, float rate, long key);

    /// Whether every element is a finite number.
    boolean isFinite(Tensor x);

    // ---- products

    /// Matrix product of a (or its transpose) and b (or its transpose), both of rank 2.
    Tensor matmul(Tensor a, boolean transposeA, Tensor b, boolean transposeB);

    /// Cross-correlation, as Keras' Conv2D:
    /// `y[b, i, j, o] = bias[o] + Σ x[b, i·s + p·d − top, j·s + q·d − left, c] · kernel[p, q, c, o]`.
    Tensor conv2d(Tensor x, Tensor kernel, @Nullable Tensor bias, Window window);

    /// The gradient of [#conv2d] for its input.
    ///
    /// @param shape of the input
    Tensor conv2dInputGradient(Tensor dy, Tensor kernel, Shape shape, Window window);

    /// The gradient of [#conv2d] for its kernel.
    ///
    /// @param shape of the kernel
    Tensor conv2dKernelGradient(Tensor x, Tensor dy, Shape shape, Window window);

    /// Both gradients of [#conv2d] at once, which costs less than one after the other.
    ConvolutionGradients conv2dGradients(Tensor x, Tensor dy, Tensor kernel, Window window);

    /// What [#conv2dGradients] gives.
    ///
    /// @param input gradient for the input
    /// @param kernel gradient for the kernel
    record ConvolutionGradients(Tensor input, Tensor kernel) {}

    // ---- pooling

    /// The largest element of each window, channel by channel; padded cells never win.
    Tensor maxPool(Tensor x, Window window);

    /// The gradient of [#maxPool]: it goes to the first largest element of the window in row-major order.
    Tensor maxPoolGradient(Tensor x, Tensor y, Tensor dy, Window window);

    /// The mean of each window, channel by channel; padded cells do not count.
    Tensor averagePool(Tensor x, Window window);

    /// The gradient of [#averagePool].
    ///
    /// @param shape of the input
    Tensor averagePoolGradient(Tensor dy, Shape shape, Window window);

    // ---- normalisation, over all axes but the last

    /// Mean over all axes but the last.
    Tensor mean(Tensor x);

    /// Biased variance around `mean` over all axes but the last.
    Tensor variance(Tensor x, Tensor mean);

    /// gamma · (x − mean) / √(variance + epsilon) + beta.
    Tensor normalize(Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor beta, float epsilon);

    /// The gradient of [#normalize] for `x` where mean and variance are those of `x` itself.
    Tensor normalizeGradient(Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor dy, float epsilon);

    /// The gradient of [#normalize] for gamma: Σ dy · (x − mean) / √(variance + epsilon).
    Tensor normalizeGammaGradient(Tensor x, Tensor mean, Tensor variance, Tensor dy, float epsilon);

    // ---- losses, one number a sample: the mean over the last axis for the first two, the sum for the last two

    /// max(x, 0) − x·t + ln(1 + e^−|x|), safe for any logit.
    Tensor sigmoidCrossentropy(Tensor logits, Tensor targets);

    /// (σ(x) − t) · dy / n, n being the last extent.
    Tensor sigmoidCrossentropyGradient(Tensor logits, Tensor targets, Tensor dy);

    /// −t·ln q − (1 − t)·ln(1 − q), q being p held within 10⁻⁷ and 1 − 10⁻⁷.
    Tensor binaryCrossentropy(Tensor probabilities, Tensor targets);

    /// Zero where p was clipped.
    Tensor binaryCrossentropyGradient(Tensor probabilities, Tensor targets, Tensor dy);

    /// −Σ t·ln softmax(x), safe for any logits.
    Tensor softmaxCrossentropy(Tensor logits, Tensor targets);

    /// (softmax(x)·Σt − t) · dy.
    Tensor softmaxCrossentropyGradient(Tensor logits, Tensor targets, Tensor dy);

    /// −Σ t·ln q, q being p divided by its sum and then held within 10⁻⁷ and 1 − 10⁻⁷.
    Tensor categoricalCrossentropy(Tensor probabilities, Tensor targets);

    /// Zero where q was clipped.
    Tensor categoricalCrossentropyGradient(Tensor probabilities, Tensor targets, Tensor dy);

    // ---- updates: these change their arguments

    /// One step of Adam in Keras 3's form: m += (g − m)·(1 − β₁); v += (g² − v)·(1 − β₂); p −= m·rate / (√v + ε).
    ///
    /// @param rate learning rate times √(1 − β₂ᵗ) / (1 − β₁ᵗ)
    void updateAdam(Tensor parameter, Tensor gradient, Tensor m, Tensor v, float rate, float beta1, float beta2,
            float epsilon);

    /// One step of gradient descent: v ← momentum·v − rate·g, p ← p + v, or p + momentum·v − rate·g with Nesterov's look
    /// ahead. Without a velocity p −= rate·g.
    void updateSgd(Tensor parameter, Tensor gradient, @Nullable Tensor velocity, float rate, float momentum,
            boolean nesterov);

    /// target ← target·momentum + value·(1 − momentum).
    void updateAverage(Tensor target, Tensor value, float momentum);

    /// Most bytes that were in use at once since the engine was made.
    long peakBytes();

    /// Ends the engine's threads.
    @Override
    void close();
}
