package narwhal.engine;

import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// Runs operations on an engine and, when recording, remembers them so that [#backward] can replay their gradients in
/// reverse: reverse-mode differentiation. Layers call a tape and nothing else; whoever writes a layer writes no gradient.
///
/// A tape lives for one pass inside one [Scope]. After [#backward] the intermediate results are given back; only the
/// gradients of watched tensors remain.
public final class Tape {
    private final Engine engine;
    private final boolean recording;
    private final List<Node> nodes = new ArrayList<>();
    // These are looked up, never iterated: identity has no order.
    private final Set<Tensor> differentiable = Collections.newSetFromMap(new IdentityHashMap<>());
    private final IdentityHashMap<Tensor, Tensor> gradients = new IdentityHashMap<>();
    private final IdentityHashMap<Tensor, Tensor> logits = new IdentityHashMap<>();
    /// Logits that are kept although they are finished, while the probabilities made of them are not.
    private final Set<Tensor> kept = Collections.newSetFromMap(new IdentityHashMap<>());

    private Tape(Engine engine, boolean recording) {
        this.engine = engine;
        this.recording = recording;
    }

    /// A tape that records, for training.
    public static Tape recording(Engine engine) {
        return new Tape(engine, true);
    }

    /// A tape that only runs, for prediction.
    public static Tape silent(Engine engine) {
        return new Tape(engine, false);
    }

    /// The engine that runs the operations.
    public Engine engine() {
        return engine;
    }

    /// Asks for the gradient of a tensor that no operation of this tape made, such as a parameter.
    public Tensor watch(Tensor leaf) {
        if (recording) differentiable.add(leaf);
        return leaf;
    }

    /// Convolution, see [Engine#conv2d].
    public Tensor conv2d(Tensor x, Tensor kernel, @Nullable Tensor bias, Window window) {
        var y = engine.conv2d(x, kernel, bias, window);
        return record(y, dy -> {
            if (needs(x) && needs(kernel)) {
                var gradients = engine.conv2dGradients(x, dy, kernel, window);
                give(x, gradients.input());
                give(kernel, gradients.kernel());
            } else if (needs(x)) {
                give(x, engine.conv2dInputGradient(dy, kernel, x.shape(), window));
            } else if (needs(kernel)) {
                give(kernel, engine.conv2dKernelGradient(x, dy, kernel.shape(), window));
            }
            if (bias != null && needs(bias)) give(bias, engine.sumToLast(dy));
        }, x, kernel, bias);
    }

    /// Two convolutions with nothing between them. Where the engine gains by it and `x` needs no gradient, the pictures
    /// between them are never made.
    public Tensor conv2d(Tensor x, Filters first, Filters second) {
        if (needs(x) || !engine.paysAsPair(x.shape(), first, second)) {
            var between = conv2d(x, first.kernel(), first.bias(), first.window());
            var y = conv2d(between, second.kernel(), second.bias(), second.window());
            finished(between);
            return y;
        }
        return record(engine.conv2dPair(x, first, second), dy -> {
            var gradients = engine.conv2dPairGradients(x, dy, first, second);
            offer(first.kernel(), gradients.firstKernel());
            offer(first.bias(), gradients.firstBias());
            offer(second.kernel(), gradients.secondKernel());
            offer(second.bias(), gradients.secondBias());
        }, first.kernel(), first.bias(), second.kernel(), second.bias());
    }

    /// Gives a gradient to whoever needs it and the memory back where nobody does.
    private void offer(@Nullable Tensor tensor, Tensor gradient) {
        if (tensor != null && needs(tensor)) give(tensor, gradient);
        else
            engine.release(gradient);
    }

    /// Transposed convolution, as Keras' Conv2DTranspose: the gradient of a convolution taken forward.
    ///
    /// @param kernel height × width × filters × channels of x
    /// @param shape of the result, one whose convolution has the shape of x
    public Tensor conv2dTranspose(Tensor x, Tensor kernel, Shape shape, Window window) {
        return record(engine.conv2dInputGradient(x, kernel, shape, window), dy -> {
            if (needs(x)) give(x, engine.conv2d(dy, kernel, null, window));
            if (needs(kernel)) give(kernel, engine.conv2dKernelGradient(dy, x, kernel.shape(), window));
        }, x, kernel);
    }

    /// Convolution channel by channel, see [Engine#depthwiseConv2d].
    public Tensor depthwiseConv2d(Tensor x, Tensor kernel, Window window) {
        return record(engine.depthwiseConv2d(x, kernel, window), dy -> {
            if (needs(x)) give(x, engine.depthwiseConv2dInputGradient(dy, kernel, x.shape(), window));
            if (needs(kernel)) give(kernel, engine.depthwiseConv2dKernelGradient(x, dy, kernel.shape(), window));
        }, x, kernel);
    }

    /// Matrix product, see [Engine#matmul].
    public Tensor matmul(Tensor a, Tensor b) {
        return record(engine.matmul(a, false, b, false), dy -> {
            if (needs(a)) give(a, engine.matmul(dy, false, b, true));
            if (needs(b)) give(b, engine.matmul(a, true, dy, false));
        }, a, b);
    }

    /// Bias of the last axis, see [Engine#addBias].
    public Tensor addBias(Tensor x, Tensor bias) {
        return record(engine.addBias(x, bias), dy -> {
            if (needs(x)) give(x, copy(dy));
            if (needs(bias)) give(bias, engine.sumToLast(dy));
        }, x, bias);
    }

    /// Sum of two tensors of equal shape.
    public Tensor add(Tensor a, Tensor b) {
        return record(engine.add(a, b), dy -> {
            if (needs(a)) give(a, copy(dy));
            if (needs(b)) give(b, copy(dy));
        }, a, b);
    }

    /// Product of two tensors of equal shape, element by element.
    public Tensor multiply(Tensor a, Tensor b) {
        return record(engine.multiply(a, b), dy -> {
            if (needs(a)) give(a, engine.multiply(dy, b));
            if (needs(b)) give(b, engine.multiply(dy, a));
        }, a, b);
    }

    /// The larger of two tensors of equal shape, element by element.
    public Tensor maximum(Tensor a, Tensor b) {
        return record(engine.maximum(a, b), dy -> {
            var first = engine.maximumGradient(a, b, dy);
            if (needs(b)) give(b, engine.add(dy, engine.scale(first, -1, 0)));
            if (needs(a)) give(a, first);
        }, a, b);
    }

    /// x · factor + offset.
    public Tensor scale(Tensor x, float factor, float offset) {
        return record(engine.scale(x, factor, offset), dy -> give(x, engine.scale(dy, factor, 0)), x);
    }

    /// A function of every element.
    public Tensor activate(Activation function, Tensor x) {
        var y = engine.activate(function, x);
        record(y, dy -> give(x, engine.activateGradient(function, x, y, dy)), x);
        if (function instanceof Activation.Sigmoid) rememberLogits(y, x);
        return y;
    }

    /// Softmax over the last axis.
    public Tensor softmax(Tensor x) {
        var y = engine.softmax(x);
        record(y, dy -> give(x, engine.softmaxGradient(y, dy)), x);
        rememberLogits(y, x);
        return y;
    }

    /// Inverted dropout, see [Engine#dropout].
    public Tensor dropout(Tensor x, float rate, long key) {
        return record(engine.dropout(x, rate, key), dy -> give(x, engine.dropout(dy, rate, key)), x);
    }

    /// Largest element of each window.
    public Tensor maxPool(Tensor x, Window window) {
        var y = engine.maxPool(x, window);
        return record(y, dy -> give(x, engine.maxPoolGradient(x, y, dy, window)), x);
    }

    /// Mean of each window.
    public Tensor averagePool(Tensor x, Window window) {
        return record(engine.averagePool(x, window), dy -> give(x, engine.averagePoolGradient(dy, x.shape(), window)),
                x);
    }

    /// The same values under another shape.
    public Tensor reshape(Tensor x, Shape shape) {
        return record(engine.reshape(x, shape), dy -> give(x, engine.reshape(dy, x.shape())), x);
    }

    /// The axes in another order, see [Engine#transpose].
    public Tensor transpose(Tensor x, int... order) {
        int[] back = new int[order.length];
        for (int i = 0; i < order.length; i++) back[order[i]] = i;
        return record(engine.transpose(x, order), dy -> give(x, engine.transpose(dy, back)), x);
    }

    /// The box of the given shape that starts at `from` in `x`.
    public Tensor slice(Tensor x, Shape shape, int... from) {
        return record(engine.slice(x, shape, from), dy -> give(x, engine.place(dy, x.shape(), from)), x);
    }

    /// Zeros of the given shape, but for `x`, which starts at `from` in them.
    public Tensor place(Tensor x, Shape shape, int... from) {
        return record(engine.place(x, shape, from), dy -> give(x, engine.slice(dy, x.shape(), from)), x);
    }

    /// Tensors side by side along one axis.
    public Tensor concatenate(List<Tensor> parts, int axis) {
        return record(engine.concatenate(parts, axis), dy -> {
            int[] from = new int[dy.shape().rank()];
            for (var part : parts) {
                if (needs(part)) give(part, engine.slice(dy, part.shape(), from));
                from[axis] += part.shape().dim(axis);
            }
        }, parts.toArray(new Tensor[0]));
    }

    /// Repeats `x` along its axes of extent 1 until it has the given shape.
    public Tensor broadcast(Tensor x, Shape shape) {
        return record(engine.broadcast(x, shape), dy -> give(x, engine.sumTo(dy, x.shape())), x);
    }

    /// Sums over every axis in which the given shape has the extent 1.
    public Tensor sumTo(Tensor x, Shape shape) {
        return record(engine.sumTo(x, shape), dy -> give(x, engine.broadcast(dy, x.shape())), x);
    }

    /// Pictures of another size.
    public Tensor resize(Tensor x, int height, int width, Interpolation interpolation) {
        return record(engine.resize(x, height, width, interpolation),
                dy -> give(x, engine.resizeGradient(dy, x.shape(), interpolation)), x);
    }

    /// Every row along the last axis brought to mean 0 and variance 1.
    public Tensor normalizeRows(Tensor x, float epsilon) {
        return record(engine.normalizeRows(x, epsilon), dy -> give(x, engine.normalizeRowsGradient(x, dy, epsilon)), x);
    }

    /// Normalisation with the mean and variance of `x` itself; these two are not differentiated on their own.
    public Tensor normalize(Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor beta, float epsilon) {
        return record(engine.normalize(x, mean, variance, gamma, beta, epsilon), dy -> {
            if (needs(x)) give(x, engine.normalizeGradient(x, mean, variance, gamma, dy, epsilon));
            if (needs(gamma)) give(gamma, engine.normalizeGammaGradient(x, mean, variance, dy, epsilon));
            if (needs(beta)) give(beta, engine.sumToLast(dy));
        }, x, gamma, beta);
    }

    /// Normalisation with a mean and variance that do not depend on `x`, such as moving averages.
    public Tensor normalizeFixed(Tensor x, Tensor mean, Tensor variance, Tensor gamma, Tensor beta, float epsilon) {
        return record(engine.normalize(x, mean, variance, gamma, beta, epsilon), dy -> {
            var zero = engine.filled(mean.shape(), 0);
            if (needs(x)) give(x, engine.normalize(dy, zero, variance, gamma, zero, epsilon));
            if (needs(gamma)) give(gamma, engine.normalizeGammaGradient(x, mean, variance, dy, epsilon));
            if (needs(beta)) give(beta, engine.sumToLast(dy));
        }, x, gamma, beta);
    }

    /// Sum of all elements, a scalar.
    public Tensor sum(Tensor x) {
        return record(engine.sum(x), dy -> give(x, engine.filled(x.shape(), engine.read(dy)[0])), x);
    }

    /// Binary cross-entropy of each sample. Where the probabilities are the sigmoid of logits on this tape, the logits are
    /// used, so that no probability however small loses its gradient (as Keras 3 on TensorFlow does).
    public Tensor binaryCrossentropy(Tensor probabilities, Tensor targets) {
        return logits(probabilities).map(x -> sigmoidCrossentropy(x, targets))
                .orElseGet(() -> record(engine.binaryCrossentropy(probabilities, targets),
                        dy -> give(probabilities, engine.binaryCrossentropyGradient(probabilities, targets, dy)),
                        probabilities));
    }

    /// Binary cross-entropy of each sample from logits.
    public Tensor sigmoidCrossentropy(Tensor logits, Tensor targets) {
        return record(engine.sigmoidCrossentropy(logits, targets),
                dy -> give(logits, engine.sigmoidCrossentropyGradient(logits, targets, dy)), logits);
    }

    /// Categorical cross-entropy of each sample against one-hot targets; uses the logits where they are known.
    public Tensor categoricalCrossentropy(Tensor probabilities, Tensor targets) {
        return logits(probabilities).map(x -> softmaxCrossentropy(x, targets))
                .orElseGet(() -> record(engine.categoricalCrossentropy(probabilities, targets),
                        dy -> give(probabilities, engine.categoricalCrossentropyGradient(probabilities, targets, dy)),
                        probabilities));
    }

    /// Categorical cross-entropy of each sample from logits.
    public Tensor softmaxCrossentropy(Tensor logits, Tensor targets) {
        return record(engine.softmaxCrossentropy(logits, targets),
                dy -> give(logits, engine.softmaxCrossentropyGradient(logits, targets, dy)), logits);
    }

    /// Replays the gradients from `loss`, a scalar made on this tape, back to the watched tensors. Afterwards no tensor that
    /// the tape made may be used.
    public void backward(Tensor loss) {
        if (!recording) throw new IllegalStateException("a silent tape has no gradients; use Tape.recording");
        gradients.put(loss, engine.filled(loss.shape(), 1));
        for (int i = nodes.size() - 1; i >= 0; i--) {
            var node = nodes.get(i);
            var dy = gradients.remove(node.output);
            if (dy != null) {
                node.backward.accept(dy);
                engine.release(dy);
            }
            engine.release(node.output);
        }
        nodes.clear();
    }

    /// The gradient of a watched tensor after [#backward]; empty where the loss does not depend on it.
    public Optional<Tensor> gradient(Tensor leaf) {
        return Optional.ofNullable(gradients.get(leaf));
    }

    /// Says that `x` is not used again: a silent tape gives its memory back at once, a recording one needs it for the
    /// gradients.
    public void finished(Tensor x) {
        if (recording) return;
        var behind = logits.remove(x);
        if (logits.containsValue(x)) kept.add(x);
        else
            engine.release(x);
        if (behind != null && kept.contains(behind) && !logits.containsValue(behind)) {
            kept.remove(behind);
            engine.release(behind);
        }
    }

    private interface Backward {
        void accept(Tensor dy);
    }

    private record Node(Tensor output, Backward backward) {}

    private Tensor record(Tensor y, Backward backward, @Nullable Tensor... inputs) {
        if (!recording) return y;
        boolean needed = false;
        for (var input : inputs) needed |= input != null && needs(input);
        if (!needed) return y;
        nodes.add(new Node(y, backward));
        differentiable.add(y);
        return y;
    }

    private boolean needs(Tensor tensor) {
        return differentiable.contains(tensor);
    }

    private void give(Tensor tensor, Tensor gradient) {
        var before = gradients.get(tensor);
        if (before == null) {
            gradients.put(tensor, gradient);
        } else {
            gradients.put(tensor, engine.add(before, gradient));
            engine.release(before);
            engine.release(gradient);
        }
    }

    /// dy is given back after its node, so whoever passes it on unchanged takes another view of it.
    private Tensor copy(Tensor dy) {
        return engine.reshape(dy, dy.shape());
    }

    private void rememberLogits(Tensor probabilities, Tensor x) {
        logits.put(probabilities, x);
    }

    private Optional<Tensor> logits(Tensor probabilities) {
        return Optional.ofNullable(logits.get(probabilities));
    }
}
