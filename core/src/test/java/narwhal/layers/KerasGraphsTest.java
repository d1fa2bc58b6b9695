package narwhal.layers;

import static narwhal.layers.Layers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.engine.Interpolation;
import narwhal.engine.Padding;
import narwhal.engine.Randomness;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.golden.Golden;
import narwhal.layers.Activation.Function;
import narwhal.models.Architecture;
import narwhal.models.Model;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Networks with branches against Keras 3.15.1 (`src/test/python/graphs.py`), written line by line as they are there.
class KerasGraphsTest {
    private static Node block(Node x, int filters, int stride, String name) {
        var y = conv2d(filters, 3).strides(stride).padding(Padding.SAME).useBias(false).named(name + "_conv1").on(x);
        y = batchNormalization().named(name + "_norm1").on(y);
        y = relu().named(name + "_relu1").on(y);
        y = conv2d(filters, 3).padding(Padding.SAME).useBias(false).named(name + "_conv2").on(y);
        y = batchNormalization().named(name + "_norm2").on(y);
        if (stride != 1) x = conv2d(filters, 1).strides(stride).named(name + "_short").on(x);
        return relu().named(name + "_out").on(add().named(name + "_add").on(x, y));
    }

    private static Graph residual() {
        var image = Graph.input();
        var x = zeroPadding2d(3).named("pad").on(image);
        x = conv2d(8, 7).strides(2).named("stem").on(x);
        x = maxPooling2d(3).strides(2).padding(Padding.SAME).named("pool").on(x);
        x = block(x, 8, 1, "a");
        x = block(x, 12, 2, "b");
        x = globalAveragePooling2d().named("mean").on(x);
        return Graph.of(image, dense(3).activation(Function.SOFTMAX).named("out").on(x));
    }

    private static Node squeeze(Node x, int channels, String name) {
        var y = globalAveragePooling2d().keepDims(true).named(name + "_squeeze").on(x);
        y = conv2d(channels / 4, 1).activation(Function.RELU).named(name + "_less").on(y);
        y = conv2d(channels, 1).activation(Function.HARD_SIGMOID).named(name + "_more").on(y);
        return multiply().named(name + "_excite").on(x, y);
    }

    private static Node inverted(Node x, int expand, int filters, int stride, String name) {
        var y = conv2d(expand, 1).useBias(false).named(name + "_expand").on(x);
        y = batchNormalization().epsilon(1e-3).momentum(0.999).named(name + "_norm1").on(y);
        y = reLU().maxValue(6).named(name + "_relu").on(y);
        if (stride == 2) y = zeroPadding2d(0, 1, 0, 1).named(name + "_pad").on(y);
        y = depthwiseConv2d(3).strides(stride).padding(stride == 1 ? Padding.SAME : Padding.VALID).useBias(false)
                .named(name + "_depthwise").on(y);
        y = batchNormalization().named(name + "_norm2").on(y);
        y = activation(Function.HARD_SILU).named(name + "_silu").on(y);
        y = squeeze(y, expand, name);
        y = conv2d(filters, 1).useBias(false).named(name + "_project").on(y);
        y = batchNormalization().named(name + "_norm3").on(y);
        return stride == 1 ? add().named(name + "_add").on(x, y) : y;
    }

    private static Graph mobile() {
        var image = Graph.input();
        var x = rescaling(1 / 127.5).offset(-1.0).named("rescale").on(image);
        x = separableConv2d(8, 3).strides(2).padding(Padding.SAME).named("stem").on(x);
        x = inverted(x, 16, 8, 1, "a");
        x = inverted(x, 24, 12, 2, "b");
        var y = upSampling2d(2).interpolation(Interpolation.BILINEAR).named("up")
                .on(averagePooling2d(2).named("down").on(x));
        x = concatenate().named("join").on(y, cropping2d(0, 1, 0, 1).named("crop").on(x));
        x = globalMaxPooling2d().named("largest").on(x);
        x = dropout(0.2).named("drop").on(x);
        return Graph.of(image, dense(1).named("out").on(x));
    }

    @ParameterizedTest
    @CsvSource({"residual, 16, inference", "residual, 16, training", "mobile, 12, inference"})
    void computesWhatKerasComputes(String name, int side, String mode) {
        var golden = Golden.read("graphs.json").path(name);
        var network = name.equals("mobile") ? mobile() : residual();
        try (var engine = Engine.cpu(2); var scope = engine.scope()) {
            var model = Model.of(network, Shape.of(side, side, 3), 1, engine);
            assertThat(model.layers()).extracting(Builder.Built::name).containsExactlyElementsOf(names(golden));
            assertThat(model.parameters().stream().mapToInt(p -> p.value().shape().size()).sum())
                    .isEqualTo(golden.path("parameters").asInt());
            fill(engine, model);

            var tape = Tape.recording(engine);
            float scale = (float) golden.path("scale").asDouble();
            var x = tape.watch(engine.scale(Golden.tensor(engine, 1, model.input().batch(2)), scale, scale - 1));
            model.trainable().forEach(parameter -> tape.watch(parameter.value()));
            var training = mode.equals("training") ? Mode.TRAINING : Mode.INFERENCE;
            var y = model.forward(x, new Pass(tape, training, new Randomness(1), 0));
            var expected = golden.path(mode);
            Golden.assertClose("output", engine.read(y), expected.path("output"), 5e-6);
            tape.backward(tape.sum(tape.multiply(y, Golden.tensor(engine, 50, y.shape()))));
            Golden.assertClose("gradient of the input", engine.read(tape.gradient(x).orElseThrow()),
                    expected.path("input_gradient"), 1e-5);
            for (var parameter : model.trainable()) {
                double norm = norm(engine.read(tape.gradient(parameter.value()).orElseThrow()));
                double wanted = expected.path("gradient_norms").path(parameter.path()).asDouble(Double.NaN);
                assertThat(norm).as(parameter.path()).isCloseTo(wanted, within(1e-6 + 1e-4 * wanted));
            }
        }
    }

    private static List<String> names(JsonNode golden) {
        var names = new ArrayList<String>();
        for (var layer : golden.path("order").path("layers")) names.add(layer.path(0).asString());
        return names;
    }

    private static void fill(Engine engine, Model model) {
        int stream = 10;
        for (var parameter : model.parameters()) {
            float[] values = Golden.numbers(stream++, parameter.value().shape().size());
            boolean positive = parameter.name().contains("variance") || parameter.name().equals("gamma");
            for (int i = 0; i < values.length; i++) {
                values[i] = positive ? Math.abs(values[i] * 0.5f) + 0.5f : values[i] * 0.5f;
            }
            engine.write(parameter.value(), 0, values, values.length);
        }
    }

    private static double norm(float[] values) {
        double sum = 0;
        for (float value : values) sum += (double) value * value;
        return Math.sqrt(sum);
    }

    /// The whole graphs of Keras' own networks, written in alphabetical order of their names as far as inputs allow, must
    /// come out in Keras' order. What the layers do does not matter here.
    @ParameterizedTest
    @ValueSource(strings = {"ResNet50", "MobileNetV2", "MobileNetV3Small", "InceptionV3"})
    void stepsStandInKerasOrder(String name) {
        var golden = Golden.read("graph-orders.json").path(name);
        var expected = new ArrayList<String>();
        Map<String, JsonNode> layers = new HashMap<>();
        for (var layer : golden.path("layers")) {
            expected.add(layer.path(0).asString());
            layers.put(layer.path(0).asString(), layer);
        }
        var nodes = new HashMap<String, Node>();
        var input = Graph.input();
        nodes.put(golden.path("input").asString(), input);
        layers.keySet().stream().sorted().forEach(layer -> node(layer, layers, nodes));

        var graph = Graph.of(input, Objects.requireNonNull(nodes.get(expected.getLast())));
        assertThat(graph.steps()).map(step -> ((Named) step.layer()).name()).containsExactlyElementsOf(expected);
    }

    private static Node node(String name, Map<String, JsonNode> layers, Map<String, Node> nodes) {
        var before = nodes.get(name);
        if (before != null) return before;
        var layer = Objects.requireNonNull(layers.get(name));
        var inputs = Stream.iterate(1, i -> i < layer.size(), i -> i + 1)
                .map(i -> node(layer.path(i).asString(), layers, nodes)).toArray(Node[]::new);
        var node = add().named(name).on(inputs);
        nodes.put(name, node);
        return node;
    }

    @Test
    void graphsComeBackFromJson() {
        for (var network : List.of(residual(), mobile())) {
            assertThat(Architecture.read(Architecture.write(network))).isEqualTo(network);
        }
    }
}
