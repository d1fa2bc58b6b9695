package narwhal.engine;

import static java.util.Objects.requireNonNull;
import static narwhal.engine.FiniteDifferences.random;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Stream;

/// One call or more of every primitive operation of an [Engine], by the operation's name.
final class Primitives {
    private static final Window POOL = Window.of(2, 2).strides(2, 2);
    private static final Window SAME = Window.of(3, 2).padding(Padding.SAME);
    private static final Window STRIDED = Window.of(3, 3).strides(2, 1).dilation(1, 2).padding(Padding.SAME);
    private static final List<Activation> ACTIVATIONS = List.of(new Activation.Relu(0, Float.POSITIVE_INFINITY),
            new Activation.Relu(0.3f, 0.6f), new Activation.Sigmoid(), new Activation.Tanh(),
            new Activation.Elu(1.3f, 1.1f), new Activation.Silu(), new Activation.Softplus(),
            new Activation.HardSigmoid(), new Activation.ThresholdRelu(0.1f, 0.8f, 0.3f), new Activation.Gelu(false),
            new Activation.Gelu(true), new Activation.Exponential(), new Activation.Softsign(),
            new Activation.HardSilu(), new Activation.Mish(), new Activation.Abs(), new Activation.Clamp(-0.5f, 0.7f));

    /// Operations whose vector version adds in another order than the definition, or in other precision.
    static final List<String> PRODUCTS = List.of("matmul", "conv2d", "conv2dInputGradient", "conv2dKernelGradient",
            "conv2dGradients", "conv2dPair", "conv2dPairGradients");

    static final Map<String, BiFunction<Engine, Inputs, List<Tensor>>> ALL = new TreeMap<>();

    private Primitives() {
    }

    static {
        elements();
        places();
        products();
        depthwise();
        pooling();
        normalisation();
        rows();
        losses();
        updates();
    }

    /// A batch of pictures and what goes with it, drawn from a seed.
    static final class Inputs {
        final Engine engine;
        final Shape picture;
        final Tensor x;
        final Tensor y;
        final Tensor channel;
        final Tensor positive;

        Inputs(Engine engine, int batch, int height, int width, int channels) {
            this.engine = engine;
            picture = Shape.of(batch, height, width, channels);
            x = tensor(1, picture);
            y = tensor(2, picture);
            channel = tensor(3, Shape.of(channels));
            positive = engine.multiply(channel, channel);
        }

        Tensor tensor(int stream, Shape shape) {
            return engine.of(shape, random(stream, shape.size()));
        }

        /// A box that leaves out the first row and column and the last channel, where there are several.
        Shape box() {
            return Shape.of(picture.dim(0), Math.max(1, picture.dim(1) - 1), Math.max(1, picture.dim(2) - 1),
                    Math.max(1, picture.dim(3) - 1));
        }

        int[] corner() {
            return new int[]{0, Math.min(1, picture.dim(1) - 1), Math.min(1, picture.dim(2) - 1), 0};
        }

        /// Shapes with some extents of 1.
        List<Shape> partial() {
            int b = picture.dim(0);
            int h = picture.dim(1);
            int w = picture.dim(2);
            int c = picture.dim(3);
            return List.of(Shape.of(1, 1, 1, c), Shape.of(b, 1, 1, c), Shape.of(1, h, w, c), Shape.of(b, h, w, 1),
                    Shape.of(b, h, 1, c), Shape.of(b, 1, w, 1), Shape.of(1, h, 1, 1), Shape.of(1, 1, 1, 1),
                    Shape.of(b, h, w, c));
        }

        Tensor rows(Tensor tensor) {
            return engine.reshape(tensor,
                    Shape.of(tensor.shape().size() / tensor.shape().last(), tensor.shape().last()));
        }

        /// A share of one for each element of each row.
        Tensor probabilities(int stream) {
            return engine.softmax(rows(tensor(stream, picture)));
        }
    }

    private static void elements() {
        ALL.put("filled", (e, in) -> List.of(e.filled(in.picture, 2.5f)));
        ALL.put("reshape", (e, in) -> List.of(in.rows(in.x)));
        ALL.put("add", (e, in) -> List.of(e.add(in.x, in.y)));
        ALL.put("multiply", (e, in) -> List.of(e.multiply(in.x, in.y)));
        ALL.put("scale", (e, in) -> List.of(e.scale(in.x, 3, 1)));
        ALL.put("addBias", (e, in) -> List.of(e.addBias(in.x, in.channel)));
        ALL.put("sumToLast", (e, in) -> List.of(e.sumToLast(in.x)));
        ALL.put("sum", (e, in) -> List.of(e.sum(in.x)));
        ALL.put("activate", (e, in) -> ACTIVATIONS.stream().map(f -> e.activate(f, in.x)).toList());
        ALL.put("activateGradient", (e, in) -> ACTIVATIONS.stream()
                .map(f -> e.activateGradient(f, in.x, e.activate(f, in.x), in.y)).toList());
        ALL.put("softmax", (e, in) -> List.of(e.softmax(in.x)));
        ALL.put("softmaxGradient", (e, in) -> List.of(e.softmaxGradient(e.softmax(in.x), in.y)));
        ALL.put("dropout", (e, in) -> List.of(e.dropout(in.x, 0.3f, -77L)));
        ALL.put("isFinite", (e, in) -> List.of(e.filled(Shape.of(2), e.isFinite(in.x) ? 1 : 0),
                e.filled(Shape.of(2), e.isFinite(e.scale(in.x, Float.POSITIVE_INFINITY, 0)) ? 1 : 0)));
    }

    private static void places() {
        ALL.put("maximum", (e, in) -> List.of(e.maximum(in.x, in.y), e.maximum(in.x, in.x)));
        ALL.put("maximumGradient",
                (e, in) -> List.of(e.maximumGradient(in.x, in.y, in.y), e.maximumGradient(in.x, in.x, in.y)));
        ALL.put("normal", (e, in) -> List.of(e.normal(in.picture, 123_456_789_012L)));
        ALL.put("transpose", (e, in) -> List.of(e.transpose(in.x, 0, 3, 1, 2), e.transpose(in.x, 3, 2, 1, 0)));
        ALL.put("slice", (e, in) -> List.of(e.slice(in.x, in.box(), in.corner())));
        ALL.put("place", (e, in) -> List.of(e.place(e.slice(in.x, in.box(), in.corner()), in.picture, in.corner())));
        ALL.put("concatenate", (e, in) -> List.of(e.concatenate(List.of(in.x, in.y, in.x), 3),
                e.concatenate(List.of(in.x, in.y), 1), e.concatenate(List.of(in.x, in.y), 0)));
        ALL.put("broadcast", (e, in) -> in.partial().stream()
                .map(shape -> e.broadcast(in.tensor(4, shape), in.picture)).toList());
        ALL.put("sumTo", (e, in) -> in.partial().stream().map(shape -> e.sumTo(in.x, shape)).toList());
        ALL.put("resize", (e, in) -> resized(in).stream()
                .map(size -> e.resize(in.x, size.height(), size.width(), size.interpolation())).toList());
        ALL.put("resizeGradient", (e, in) -> resized(in).stream()
                .map(size -> e.resizeGradient(in.tensor(4, size.of(in.picture)), in.picture, size.interpolation()))
                .toList());
    }

    private record Size(int height, int width, Interpolation interpolation) {
        Shape of(Shape picture) {
            return Shape.of(picture.dim(0), height, width, picture.last());
        }
    }

    private static List<Size> resized(Inputs in) {
        return List.of(new Size(2 * in.picture.dim(1), 3 * in.picture.dim(2), Interpolation.NEAREST),
                new Size(2 * in.picture.dim(1), 3 * in.picture.dim(2), Interpolation.BILINEAR),
                new Size(4, 5, Interpolation.NEAREST), new Size(5, 4, Interpolation.BILINEAR));
    }

    private static void products() {
        ALL.put("matmul", (e, in) -> {
            var results = new ArrayList<Tensor>();
            int n = in.picture.last();
            int m = in.picture.size() / n;
            for (boolean a : new boolean[]{false, true}) {
                for (boolean b : new boolean[]{false, true}) {
                    results.add(e.matmul(in.tensor(4, a ? Shape.of(n, m) : Shape.of(m, n)), a,
                            in.tensor(5, b ? Shape.of(19, n) : Shape.of(n, 19)), b));
                }
            }
            return results;
        });
        ALL.put("conv2d", (e, in) -> List.of(e.conv2d(in.x, kernel(in, SAME), in.tensor(7, Shape.of(9)), SAME),
                e.conv2d(in.x, kernel(in, STRIDED), null, STRIDED)));
        ALL.put("conv2dGradients", (e, in) -> {
            var same = e.conv2dGradients(in.x, convolved(in, SAME), kernel(in, SAME), SAME);
            var strided = e.conv2dGradients(in.x, convolved(in, STRIDED), kernel(in, STRIDED), STRIDED);
            return List.of(same.input(), same.kernel(), strided.input(), strided.kernel());
        });
        ALL.put("conv2dPair", (e, in) -> List.of(e.conv2dPair(in.x, filters(in, 0), filters(in, 1))));
        ALL.put("conv2dPairGradients", (e, in) -> {
            var dy = in.tensor(8, in.picture.withLast(9));
            var gradients = e.conv2dPairGradients(in.x, dy, filters(in, 0), filters(in, 1));
            return List.of(gradients.firstKernel(), gradients.firstBias(), gradients.secondKernel(),
                    gradients.secondBias());
        });
        ALL.put("conv2dInputGradient",
                (e, in) -> List.of(e.conv2dInputGradient(convolved(in, SAME), kernel(in, SAME), in.picture, SAME),
                        e.conv2dInputGradient(convolved(in, STRIDED), kernel(in, STRIDED), in.picture, STRIDED)));
        ALL.put("conv2dKernelGradient",
                (e, in) -> List.of(
                        e.conv2dKernelGradient(in.x, convolved(in, SAME), kernel(in, SAME).shape(), SAME),
                        e.conv2dKernelGradient(in.x, convolved(in, STRIDED), kernel(in, STRIDED).shape(), STRIDED)));
    }

    private static void depthwise() {
        for (int multiplier : new int[]{1, 2}) {
            for (var window : List.of(SAME, STRIDED)) {
                more("depthwiseConv2d",
                        (e, in) -> List.of(e.depthwiseConv2d(in.x, kernels(in, window, multiplier), window)));
                more("depthwiseConv2dInputGradient", (e, in) -> List.of(e.depthwiseConv2dInputGradient(
                        depthwise(in, window, multiplier), kernels(in, window, multiplier), in.picture, window)));
                more("depthwiseConv2dKernelGradient", (e, in) -> List.of(e.depthwiseConv2dKernelGradient(in.x,
                        depthwise(in, window, multiplier), kernels(in, window, multiplier).shape(), window)));
            }
        }
    }

    private static void more(String operation, BiFunction<Engine, Inputs, List<Tensor>> call) {
        ALL.merge(operation, call,
                (a, b) -> (e, in) -> Stream.concat(a.apply(e, in).stream(), b.apply(e, in).stream()).toList());
    }

    private static Tensor kernels(Inputs in, Window window, int multiplier) {
        return in.tensor(6, Shape.of(window.height(), window.width(), in.picture.last(), multiplier));
    }

    private static Tensor depthwise(Inputs in, Window window, int multiplier) {
        return in.tensor(8, Shape.of(in.picture.dim(0), window.rows(in.picture.dim(1)),
                window.columns(in.picture.dim(2)), in.picture.last() * multiplier));
    }

    /// Of two convolutions to 9 channels.
    private static Filters filters(Inputs in, int place) {
        var window = Window.of(3, 5).padding(Padding.SAME);
        var kernel = in.tensor(40 + place, Shape.of(3, 5, place == 0 ? in.picture.last() : 9, 9));
        return new Filters(kernel, in.tensor(50 + place, Shape.of(9)), window);
    }

    private static Tensor kernel(Inputs in, Window window) {
        return in.tensor(6, Shape.of(window.height(), window.width(), in.picture.last(), 9));
    }

    private static Tensor convolved(Inputs in, Window window) {
        return in.tensor(8,
                Shape.of(in.picture.dim(0), window.rows(in.picture.dim(1)), window.columns(in.picture.dim(2)), 9));
    }

    private static void pooling() {
        ALL.put("maxPool", (e, in) -> List.of(e.maxPool(in.x, POOL), e.maxPool(in.x, SAME)));
        ALL.put("maxPoolGradient", (e, in) -> {
            var pooled = e.maxPool(in.x, POOL);
            var same = e.maxPool(in.x, SAME);
            return List.of(e.maxPoolGradient(in.x, pooled, in.tensor(9, pooled.shape()), POOL),
                    e.maxPoolGradient(in.x, same, in.tensor(9, same.shape()), SAME));
        });
        ALL.put("averagePool", (e, in) -> List.of(e.averagePool(in.x, POOL), e.averagePool(in.x, SAME)));
        ALL.put("averagePoolGradient",
                (e, in) -> List.of(e.averagePoolGradient(e.averagePool(in.x, POOL), in.picture, POOL),
                        e.averagePoolGradient(e.averagePool(in.x, SAME), in.picture, SAME)));
    }

    private static void normalisation() {
        ALL.put("mean", (e, in) -> List.of(e.mean(in.x)));
        ALL.put("variance", (e, in) -> List.of(e.variance(in.x, in.channel)));
        ALL.put("normalize",
                (e, in) -> List.of(e.normalize(in.x, in.channel, in.positive, in.channel, in.channel, 1e-3f)));
        ALL.put("normalizeGradient",
                (e, in) -> List.of(e.normalizeGradient(in.x, in.channel, in.positive, in.channel, in.y, 1e-3f)));
        ALL.put("normalizeGammaGradient",
                (e, in) -> List.of(e.normalizeGammaGradient(in.x, in.channel, in.positive, in.y, 1e-3f)));
    }

    private static void rows() {
        ALL.put("normalizeRows", (e, in) -> List.of(e.normalizeRows(in.x, 1e-3f)));
        ALL.put("normalizeRowsGradient", (e, in) -> List.of(e.normalizeRowsGradient(in.x, in.y, 1e-3f)));
    }

    private interface Loss {
        Tensor of(Tensor predictions, Tensor targets);
    }

    private interface LossGradient {
        Tensor of(Tensor predictions, Tensor targets, Tensor dy);
    }

    private static void losses() {
        loss("sigmoidCrossentropy", e -> e::sigmoidCrossentropy, e -> e::sigmoidCrossentropyGradient, false);
        loss("binaryCrossentropy", e -> e::binaryCrossentropy, e -> e::binaryCrossentropyGradient, true);
        loss("softmaxCrossentropy", e -> e::softmaxCrossentropy, e -> e::softmaxCrossentropyGradient, false);
        loss("categoricalCrossentropy", e -> e::categoricalCrossentropy, e -> e::categoricalCrossentropyGradient, true);
    }

    private static void loss(String name, Function<Engine, Loss> loss,
            Function<Engine, LossGradient> gradient, boolean ofProbabilities) {
        ALL.put(name, (e, in) -> List.of(loss.apply(e).of(predictions(in, ofProbabilities), in.probabilities(11))));
        ALL.put(name + "Gradient", (e, in) -> {
            var predictions = predictions(in, ofProbabilities);
            return List.of(gradient.apply(e).of(predictions, in.probabilities(11),
                    in.tensor(12, Shape.of(predictions.shape().dim(0)))));
        });
    }

    private static Tensor predictions(Inputs in, boolean probabilities) {
        return probabilities ? in.probabilities(10) : in.rows(in.x);
    }

    private static void updates() {
        ALL.put("updateAdam", (e, in) -> {
            var slots = slots(in, 3);
            for (int step = 0; step < 3; step++)
                e.updateAdam(slots.get(0), in.y, slots.get(1), slots.get(2), 0.01f, 0.9f, 0.999f, 1e-7f);
            return slots;
        });
        ALL.put("updateSgd", (e, in) -> {
            var slots = slots(in, 2);
            e.updateSgd(slots.get(0), in.y, slots.get(1), 0.1f, 0.9f, true);
            e.updateSgd(slots.get(0), in.y, slots.get(1), 0.1f, 0.9f, false);
            e.updateSgd(slots.get(0), in.y, null, 0.1f, 0, false);
            return slots;
        });
        ALL.put("updateAmsgrad", (e, in) -> {
            var slots = slots(in, 4);
            for (int step = 0; step < 3; step++) {
                e.updateAmsgrad(slots.get(0), in.y, slots.get(1), slots.get(2), slots.get(3), 0.01f, 0.9f, 0.999f,
                        1e-7f);
            }
            return slots;
        });
        ALL.put("updateRmsprop", (e, in) -> {
            var slots = slots(in, 4);
            for (int step = 0; step < 2; step++) {
                e.updateRmsprop(slots.get(0), in.y, slots.get(1), slots.get(2), slots.get(3), 0.01f, 0.9f, 0.5f, 1e-7f);
                e.updateRmsprop(slots.get(0), in.y, slots.get(1), null, null, 0.01f, 0.9f, 0, 1e-7f);
            }
            return slots;
        });
        ALL.put("updateAdamax", (e, in) -> {
            var slots = slots(in, 3);
            for (int step = 0; step < 3; step++) {
                e.updateAdamax(slots.get(0), in.y, slots.get(1), slots.get(2), 0.01f, 0.1f, 0.9f, 0.999f, 1e-7f);
            }
            return slots;
        });
        ALL.put("updateNadam", (e, in) -> {
            var slots = slots(in, 3);
            for (int step = 0; step < 3; step++) {
                e.updateNadam(slots.get(0), in.y, slots.get(1), slots.get(2), 0.01f, 0.8f, 0.3f, 0.1f, 0.9f, 0.999f,
                        1e-7f);
            }
            return slots;
        });
        ALL.put("updateLion", (e, in) -> {
            var slots = slots(in, 2);
            for (int step = 0; step < 3; step++) e.updateLion(slots.get(0), in.y, slots.get(1), 0.01f, 0.9f, 0.99f);
            return slots;
        });
        ALL.put("updateDecay", (e, in) -> {
            var slots = slots(in, 1);
            e.updateDecay(slots.get(0), 0.01f, 0.3f);
            return slots;
        });
        ALL.put("updateAverage", (e, in) -> {
            var slots = slots(in, 1);
            e.updateAverage(slots.get(0), in.y, 0.99f);
            return slots;
        });
    }

    /// A parameter and zeros of its shape.
    private static List<Tensor> slots(Inputs in, int count) {
        var slots = new ArrayList<Tensor>();
        slots.add(in.tensor(1, in.picture));
        while (slots.size() < count) slots.add(in.engine.zeros(in.picture));
        return slots;
    }

    /// All results of one operation. The two zeros are the same number, so they are given the same bits.
    static List<float[]> results(String operation, Engine engine, int batch, int height, int width, int channels) {
        try (var scope = engine.scope()) {
            var results = new ArrayList<float[]>();
            var inputs = new Inputs(engine, batch, height, width, channels);
            for (var tensor : requireNonNull(ALL.get(operation)).apply(engine, inputs)) {
                float[] values = engine.read(tensor);
                for (int i = 0; i < values.length; i++) values[i] += 0f;
                results.add(values);
            }
            return results;
        }
    }
}
