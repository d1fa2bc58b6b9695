package narwhal.engine;

import java.util.List;
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

    /// The larger of a and b, elements of equal shapes.
    Tensor maximum(Tensor a, Tensor b);

    /// The gradient of [#maximum] for `a`: dy where a ≥ b, otherwise 0. What is left of dy belongs to b.
    Tensor maximumGradient(Tensor a, Tensor b, Tensor dy);

    /// Numbers from the normal distribution with mean 0 and variance 1. Each is a pure function of `key` and its place.
    Tensor normal(Shape shape, long key);

    // ---- places

    /// The axes in another order: axis `i` of the result is axis `order[i]` of `x`.
    Tensor transpose(Tensor x, int... order);

    /// The box of the given shape that starts at `from` in `x`.
    ///
    /// @param from first index along each axis
    Tensor slice(Tensor x, Shape shape, int... from);

    /// Zeros of the given shape, but for `x`, which starts at `from` in them: the gradient of [#slice].
    ///
    /// @param from first index along each axis
    Tensor place(Tensor x, Shape shape, int... from);

    /// Tensors side by side along one axis; all other extents are equal.
    Tensor concatenate(List<Tensor> parts, int axis);

    /// Repeats `x` along every axis in which it has the extent 1 and `shape` another.
    Tensor broadcast(Tensor x, Shape shape);

    /// Sums over every axis in which `shape` has the extent 1: the gradient of [#broadcast].
    Tensor sumTo(Tensor x, Shape shape);

    /// Pictures of another size.
    Tensor resize(Tensor x, int height, int width, Interpolation interpolation);

    /// The gradient of [#resize].
    ///
    /// @param shape of the input
    Tensor resizeGradient(Tensor dy, Shape shape, Interpolation interpolation);

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

    /// Cross-correlation in which every channel has kernels of its own, as Keras' DepthwiseConv2D:
    /// `y[b, i, j, c·m + q] = Σ x[b, i·s + p·d − top, j·s + r·d − left, c] · kernel[p, r, c, q]`.
    ///
    /// @param kernel height × width × channels × multiplier m
    Tensor depthwiseConv2d(Tensor x, Tensor kernel, Window window);

    /// The gradient of [#depthwiseConv2d] for its input.
    ///
    /// @param shape of the input
    Tensor depthwiseConv2dInputGradient(Tensor dy, Tensor kernel, Shape shape, Window window);

    /// The gradient of [#depthwiseConv2d] for its kernel.
    ///
    /// @param shape of the kernel
    Tensor depthwiseConv2dKernelGradient(Tensor x, Tensor dy, Shape shape, Window window);

    /// Both gradients of [#conv2d] at once, which costs less than one after the other.
    ConvolutionGradients conv2dGradients(Tensor x, Tensor dy, Tensor kernel, Window window);

    /// What [#conv2dGradients] gives.
    ///
    /// @param input gradient for the input
    /// @param kernel gradient for the kernel
    record ConvolutionGradients(Tensor input, Tensor kernel) {}

    /// Whether [#conv2dPair] costs less than the two convolutions. A function of the shapes only.
    ///
    /// @param x shape of the pictures
    boolean paysAsPair(Shape x, Filters first, Filters second);

    /// Two convolutions, the second of what the first gives.
    default Tensor conv2dPair(Tensor x, Filters first, Filters second) {
        var between = conv2d(x, first.kernel(), first.bias(), first.window());
        var y = conv2d(between, second.kernel(), second.bias(), second.window());
        release(between);
        return y;
    }

    /// The gradients of [#conv2dPair] for what it applies; there is none for its input.
    default PairGradients conv2dPairGradients(Tensor x, Tensor dy, Filters first, Filters second) {
        var between = conv2d(x, first.kernel(), first.bias(), first.window());
        var gradients = conv2dGradients(between, dy, second.kernel(), second.window());
        var firstKernel = conv2dKernelGradient(x, gradients.input(), first.kernel().shape(), first.window());
        var firstBias = sumToLast(gradients.input());
        release(between);
        release(gradients.input());
        return new PairGradients(firstKernel, firstBias, gradients.kernel(), sumToLast(dy));
    }

    /// What [#conv2dPairGradients] gives.
    ///
    /// @param firstKernel gradient for the first kernel
    /// @param firstBias gradient for the first bias, whether there is one or not
    /// @param secondKernel gradient for the second kernel
    /// @param secondBias gradient for the second bias, whether there is one or not
    record PairGradients(Tensor firstKernel, Tensor firstBias, Tensor secondKernel, Tensor secondBias) {}

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

    /// Every row along the last axis brought to mean 0 and variance 1: (x − mean) / √(variance + epsilon).
    Tensor normalizeRows(Tensor x, float epsilon);

    /// The gradient of [#normalizeRows].
    Tensor normalizeRowsGradient(Tensor x, Tensor dy, float epsilon);

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

    /// [#updateAdam] with the largest v so far in the denominator. Reddi, Kale and Kumar, "On the convergence of Adam and
    /// beyond", 2018.
    void updateAmsgrad(Tensor parameter, Tensor gradient, Tensor m, Tensor v, Tensor largestV, float rate, float beta1,
            float beta2, float epsilon);

    /// One step of RMSprop: v ← rho·v + (1 − rho)·g², s = rate·g / √(v + ε); with a mean v is reduced by the square of
    /// mean ← rho·mean + (1 − rho)·g; with a velocity p −= (velocity ← momentum·velocity + s), otherwise p −= s.
    void updateRmsprop(Tensor parameter, Tensor gradient, Tensor v, @Nullable Tensor mean, @Nullable Tensor velocity,
            float rate, float rho, float momentum, float epsilon);

    /// One step of Adamax: m += (g − m)·(1 − β₁), u ← max(β₂·u, |g|), p −= rate·m / ((1 − β₁ᵗ)·(u + ε)).
    ///
    /// @param rest 1 − β₁ᵗ
    void updateAdamax(Tensor parameter, Tensor gradient, Tensor m, Tensor u, float rate, float rest, float beta1,
            float beta2, float epsilon);

    /// One step of Nadam: m and v as for Adam, p −= rate·(byMean·m + byGradient·g) / (√(v / rest) + ε).
    ///
    /// @param byMean weight of the mean
    /// @param byGradient weight of the gradient
    /// @param rest 1 − β₂ᵗ
    void updateNadam(Tensor parameter, Tensor gradient, Tensor m, Tensor v, float rate, float byMean, float byGradient,
            float rest, float beta1, float beta2, float epsilon);

    /// One step of Lion: p −= rate·sign(β₁·m + (1 − β₁)·g), m ← β₂·m + (1 − β₂)·g.
    void updateLion(Tensor parameter, Tensor gradient, Tensor m, float rate, float beta1, float beta2);

    /// One step of weight decay: p −= p·decay·rate.
    void updateDecay(Tensor parameter, float decay, float rate);

    /// target ← target·momentum + value·(1 − momentum).
    void updateAverage(Tensor target, Tensor value, float momentum);

    /// Most bytes that were in use at once since the engine was made.
    long peakBytes();

    /// Ends the engine's threads.
    @Override
    void close();
}
