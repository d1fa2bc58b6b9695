package narwhal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class TapeTest {
    @SuppressWarnings("ArrayRecordComponent")
    private record Case(FiniteDifferences.Function function, Shape... shapes) {}

    private static final Map<String, Case> CASES = new TreeMap<>(Map.ofEntries(
            Map.entry("add", new Case((t, x) -> t.add(x[0], x[1]), Shape.of(3, 5), Shape.of(3, 5))),
            Map.entry("add: to itself", new Case((t, x) -> t.add(x[0], x[0]), Shape.of(3, 5))),
            Map.entry("multiply", new Case((t, x) -> t.multiply(x[0], x[1]), Shape.of(3, 5), Shape.of(3, 5))),
            Map.entry("multiply: square", new Case((t, x) -> t.multiply(x[0], x[0]), Shape.of(7))),
            Map.entry("scale", new Case((t, x) -> t.scale(x[0], 1.5f, -2), Shape.of(9))),
            Map.entry("addBias", new Case((t, x) -> t.addBias(x[0], x[1]), Shape.of(2, 3, 17), Shape.of(17))),
            Map.entry("activate: relu",
                    new Case((t, x) -> t.activate(new Activation.Relu(0, Float.POSITIVE_INFINITY), x[0]),
                            Shape.of(40))),
            Map.entry("activate: leaky relu",
                    new Case((t, x) -> t.activate(new Activation.Relu(0.2f, 2), x[0]), Shape.of(40))),
            Map.entry("activate: sigmoid", new Case((t, x) -> t.activate(new Activation.Sigmoid(), x[0]), Shape.of(5))),
            Map.entry("activate: tanh", new Case((t, x) -> t.activate(new Activation.Tanh(), x[0]), Shape.of(5))),
            Map.entry("activate: elu",
                    new Case((t, x) -> t.activate(new Activation.Elu(1.3f, 1.1f), x[0]), Shape.of(8))),
            Map.entry("activate: silu", new Case((t, x) -> t.activate(new Activation.Silu(), x[0]), Shape.of(8))),
            Map.entry("activate: softplus",
                    new Case((t, x) -> t.activate(new Activation.Softplus(), x[0]), Shape.of(8))),
            Map.entry("activate: hard sigmoid",
                    new Case((t, x) -> t.activate(new Activation.HardSigmoid(), x[0]), Shape.of(8))),
            Map.entry("softmax", new Case((t, x) -> t.softmax(x[0]), Shape.of(3, 4))),
            Map.entry("dropout", new Case((t, x) -> t.dropout(x[0], 0.4f, 123_456_789_012L), Shape.of(6, 7))),
            Map.entry("matmul", new Case((t, x) -> t.matmul(x[0], x[1]), Shape.of(3, 5), Shape.of(5, 4))),
            Map.entry("reshape", new Case((t, x) -> t.reshape(x[0], Shape.of(6)), Shape.of(2, 3))),
            Map.entry("conv2d: same",
                    new Case((t, x) -> t.conv2d(x[0], x[1], x[2], Window.of(3, 3).padding(Padding.SAME)),
                            Shape.of(2, 4, 5, 2), Shape.of(3, 3, 2, 3), Shape.of(3))),
            Map.entry("conv2d: strided", new Case((t, x) -> t.conv2d(x[0], x[1], null, Window.of(2, 3).strides(2, 1)),
                    Shape.of(1, 5, 5, 3), Shape.of(2, 3, 3, 2))),
            Map.entry("conv2d: two", new Case((t, x) -> t.conv2d(x[0], filters(x[1], x[2]), filters(x[3], null)),
                    Shape.of(1, 4, 3, 2), Shape.of(3, 3, 2, 2), Shape.of(2), Shape.of(3, 3, 2, 2))),
            Map.entry("conv2d: two as one", new Case((t, x) -> {
                var pictures = t.engine().of(Shape.of(2, 6, 7, 1), FiniteDifferences.random(9, 84));
                return t.conv2d(pictures, filters(x[0], x[1]), filters(x[2], x[3]));
            }, Shape.of(3, 3, 1, 5), Shape.of(5), Shape.of(3, 3, 5, 2), Shape.of(2))),
            Map.entry("maxPool",
                    new Case((t, x) -> t.maxPool(x[0], Window.of(2, 2).strides(2, 2)), Shape.of(2, 5, 4, 3))),
            Map.entry("maxPool: overlapping",
                    new Case((t, x) -> t.maxPool(x[0], Window.of(3, 3).padding(Padding.SAME)),
                            Shape.of(1, 4, 4, 16))),
            Map.entry("averagePool",
                    new Case((t, x) -> t.averagePool(x[0], Window.of(2, 2).strides(2, 2).padding(Padding.SAME)),
                            Shape.of(2, 5, 4, 3))),
            Map.entry("activate: threshold relu",
                    new Case((t, x) -> t.activate(new Activation.ThresholdRelu(0.2f, 0.9f, 0.35f), x[0]),
                            Shape.of(40))),
            Map.entry("activate: gelu", new Case((t, x) -> t.activate(new Activation.Gelu(false), x[0]), Shape.of(8))),
            Map.entry("activate: gelu by tanh",
                    new Case((t, x) -> t.activate(new Activation.Gelu(true), x[0]), Shape.of(8))),
            Map.entry("activate: exponential",
                    new Case((t, x) -> t.activate(new Activation.Exponential(), x[0]), Shape.of(8))),
            Map.entry("activate: softsign",
                    new Case((t, x) -> t.activate(new Activation.Softsign(), x[0]), Shape.of(8))),
            Map.entry("activate: hard silu",
                    new Case((t, x) -> t.activate(new Activation.HardSilu(), t.scale(x[0], 5, 0)), Shape.of(40))),
            Map.entry("activate: mish", new Case((t, x) -> t.activate(new Activation.Mish(), x[0]), Shape.of(8))),
            Map.entry("activate: abs", new Case((t, x) -> t.activate(new Activation.Abs(), x[0]), Shape.of(8))),
            Map.entry("activate: clamp",
                    new Case((t, x) -> t.activate(new Activation.Clamp(-0.5f, 0.7f), x[0]), Shape.of(40))),
            Map.entry("maximum", new Case((t, x) -> t.maximum(x[0], x[1]), Shape.of(3, 5), Shape.of(3, 5))),
            Map.entry("transpose",
                    new Case((t, x) -> t.transpose(x[0], 2, 0, 3, 1), Shape.of(2, 3, 4, 5))),
            Map.entry("slice", new Case((t, x) -> t.slice(x[0], Shape.of(2, 2, 3), 0, 1, 2), Shape.of(2, 3, 5))),
            Map.entry("place", new Case((t, x) -> t.place(x[0], Shape.of(2, 4, 6), 0, 1, 2), Shape.of(2, 2, 3))),
            Map.entry("concatenate", new Case((t, x) -> t.concatenate(List.of(x[0], x[1], x[0]), 1), Shape.of(2, 3, 2),
                    Shape.of(2, 1, 2))),
            Map.entry("broadcast", new Case((t, x) -> t.broadcast(x[0], Shape.of(2, 3, 4)), Shape.of(2, 1, 4))),
            Map.entry("broadcast: rows", new Case((t, x) -> t.broadcast(x[0], Shape.of(5, 3, 4)), Shape.of(1, 3, 1))),
            Map.entry("sumTo", new Case((t, x) -> t.sumTo(x[0], Shape.of(2, 1, 1)), Shape.of(2, 3, 4))),
            Map.entry("resize: nearest",
                    new Case((t, x) -> t.resize(x[0], 6, 2, Interpolation.NEAREST), Shape.of(2, 3, 4, 2))),
            Map.entry("resize: bilinear",
                    new Case((t, x) -> t.resize(x[0], 6, 7, Interpolation.BILINEAR), Shape.of(2, 3, 4, 2))),
            Map.entry("resize: bilinear, smaller",
                    new Case((t, x) -> t.resize(x[0], 2, 3, Interpolation.BILINEAR), Shape.of(2, 3, 7, 2))),
            Map.entry("normalizeRows", new Case((t, x) -> t.normalizeRows(x[0], 1e-3f), Shape.of(3, 6))),
            Map.entry("conv2dTranspose", new Case((t, x) -> t.conv2dTranspose(x[0], x[1], Shape.of(2, 6, 8, 3),
                    Window.of(3, 3).strides(2, 2).padding(Padding.SAME)), Shape.of(2, 3, 4, 2), Shape.of(3, 3, 3, 2))),
            Map.entry("conv2dTranspose: valid", new Case((t, x) -> t.conv2dTranspose(x[0], x[1], Shape.of(1, 7, 5, 3),
                    Window.of(3, 2).strides(2, 1)), Shape.of(1, 3, 4, 2), Shape.of(3, 2, 3, 2))),
            Map.entry("depthwiseConv2d", new Case((t, x) -> t.depthwiseConv2d(x[0], x[1],
                    Window.of(3, 3).padding(Padding.SAME)), Shape.of(2, 4, 5, 3), Shape.of(3, 3, 3, 1))),
            Map.entry("depthwiseConv2d: strided", new Case((t, x) -> t.depthwiseConv2d(x[0], x[1],
                    Window.of(3, 2).strides(2, 2).padding(Padding.SAME)), Shape.of(2, 5, 5, 3), Shape.of(3, 2, 3, 2))),
            Map.entry("depthwiseConv2d: eight channels", new Case((t, x) -> t.depthwiseConv2d(x[0], x[1],
                    Window.of(2, 2).dilation(2, 1)), Shape.of(1, 4, 3, 16), Shape.of(2, 2, 16, 1))),
            Map.entry("sum", new Case((t, x) -> t.sum(x[0]), Shape.of(2, 5))),
            Map.entry("sigmoidCrossentropy", new Case((t, x) -> t.sigmoidCrossentropy(x[0],
                    targets(t, Shape.of(4, 2), 1, 0, 0, 1, 1, 1, 0.3f, 0)), Shape.of(4, 2))),
            Map.entry("softmaxCrossentropy", new Case((t, x) -> t.softmaxCrossentropy(x[0],
                    targets(t, Shape.of(2, 3), 1, 0, 0, 0.2f, 0, 0.8f)), Shape.of(2, 3))),
            Map.entry("binaryCrossentropy", new Case((t, x) -> t.binaryCrossentropy(
                    t.scale(x[0], 0.4f, 0.5f), targets(t, Shape.of(4, 2), 1, 0, 0, 1, 1, 1, 0, 0)), Shape.of(4, 2))),
            Map.entry("binaryCrossentropy: of sigmoid", new Case((t, x) -> t.binaryCrossentropy(
                    t.activate(new Activation.Sigmoid(), x[0]), targets(t, Shape.of(4, 1), 1, 0, 0, 1)),
                    Shape.of(4, 1))),
            Map.entry("categoricalCrossentropy", new Case((t, x) -> t.categoricalCrossentropy(
                    t.scale(x[0], 0.4f, 0.5f), targets(t, Shape.of(2, 3), 1, 0, 0, 0, 0, 1)), Shape.of(2, 3))),
            Map.entry("categoricalCrossentropy: of softmax", new Case((t, x) -> t.categoricalCrossentropy(
                    t.softmax(x[0]), targets(t, Shape.of(2, 3), 1, 0, 0, 0, 0, 1)), Shape.of(2, 3))),
            Map.entry("normalizeFixed", new Case((t, x) -> t.normalizeFixed(x[0], targets(t, Shape.of(4),
                    0.5f, -1, 0, 2), targets(t, Shape.of(4), 0.1f, 1, 2, 0.7f), x[1], x[2], 1e-3f),
                    Shape.of(2, 3, 2, 4),
                    Shape.of(4), Shape.of(4))),
            Map.entry("normalize", new Case((t, x) -> {
                var mean = t.engine().mean(x[0]);
                return t.normalize(x[0], mean, t.engine().variance(x[0], mean), x[1], x[2], 1e-3f);
            }, Shape.of(2, 3, 2, 4), Shape.of(4), Shape.of(4)))));

    private static Filters filters(Tensor kernel, @Nullable Tensor bias) {
        return new Filters(kernel, bias, Window.of(3, 3).padding(Padding.SAME));
    }

    /// The case of two convolutions as one is one.
    @Test
    void twoConvolutionsAreComputedAsOne() {
        try (var engine = Engine.cpu(1)) {
            assertThat(engine.paysAsPair(Shape.of(2, 6, 7, 1), filters(engine.zeros(Shape.of(3, 3, 1, 5)), null),
                    filters(engine.zeros(Shape.of(3, 3, 5, 2)), null))).isTrue();
        }
    }

    private static Tensor targets(Tape tape, Shape shape, float... values) {
        return tape.engine().of(shape, values);
    }

    @Test
    void noOperationIsMissing() {
        var operations = Arrays.stream(Tape.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()) && method.getReturnType() == Tensor.class)
                .map(Method::getName).filter(name -> !name.equals("watch")).collect(Collectors.toSet());
        assertThat(CASES.keySet().stream().map(name -> name.replaceAll(":.*", "")).collect(Collectors.toSet()))
                .isEqualTo(operations);
    }

    static Stream<Arguments> cases() {
        return CASES.keySet().stream().flatMap(name -> Stream.of(Arguments.of(name, false), Arguments.of(name, true)));
    }

    @ParameterizedTest(name = "{0}, fast: {1}")
    @MethodSource("cases")
    void gradientsAreSlopes(String name, boolean fast) {
        var test = Objects.requireNonNull(CASES.get(name));
        try (var engine = fast ? Engine.cpu(2) : Engine.reference()) {
            // Pooling needs values further apart than the step of the difference.
            if (name.startsWith("maxPool")) {
                int n = test.shapes[0].size();
                float[] spread = new float[n];
                IntStream.range(0, n).forEach(i -> spread[new Randomness(3).permutation(0, n)[i]] = i * 0.05f);
                FiniteDifferences.check(engine, test.function, List.of(spread), test.shapes);
            } else {
                FiniteDifferences.check(engine, test.function, test.shapes);
            }
        }
    }

    @Test
    void saturatedSigmoidKeepsItsGradient() {
        try (var engine = Engine.cpu(1); var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            var x = tape.watch(engine.of(Shape.of(1, 1), 200));
            var loss = tape.binaryCrossentropy(tape.activate(new Activation.Sigmoid(), x),
                    engine.of(Shape.of(1, 1), 0));

            assertThat(engine.read(loss)[0]).isEqualTo(200f);
            tape.backward(tape.sum(loss));
            assertThat(engine.read(tape.gradient(x).orElseThrow())).containsExactly(1f);
        }
    }

    /// Expected: keras-semantics, Keras 3.15.1 in the form with clipped probabilities.
    @Test
    void clippedProbabilitiesGiveKerasLosses() {
        try (var engine = Engine.cpu(1); var scope = engine.scope()) {
            var loss = engine.read(engine.binaryCrossentropy(engine.of(Shape.of(5, 1), 0, 1, 0.5f, 0.9f, 0.9f),
                    engine.of(Shape.of(5, 1), 1, 0, 1, 1, 0)));

            assertThat(loss).containsExactly(new float[]{16.118095f, 15.942385f, 0.6931472f, 0.105360545f, 2.302585f},
                    within(3e-7f));
        }
    }

    @Test
    void whatWasGivenBackCannotBeUsed() {
        try (var engine = Engine.cpu(1)) {
            Tensor leaked;
            try (var scope = engine.scope()) {
                leaked = engine.filled(Shape.of(3), 1);
            }
            assertThatThrownBy(() -> engine.read(leaked)).isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("after its scope");
        }
    }
}
