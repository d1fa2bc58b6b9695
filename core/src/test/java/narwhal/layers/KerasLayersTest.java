package narwhal.layers;

import static narwhal.layers.Layers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.engine.Interpolation;
import narwhal.engine.Padding;
import narwhal.engine.Randomness;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.golden.Golden;
import narwhal.layers.Activation.Function;
import narwhal.layers.Normalization.Moments;
import narwhal.regularizers.Regularizers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Output, gradients, weights and states of every layer against Keras 3.15.1 (`src/test/python/layers.py`).
class KerasLayersTest {
    private static final ObjectNode GOLDEN = Golden.read("layers.json");
    private static final Map<String, Layer> LAYERS = new TreeMap<>();

    static {
        LAYERS.put("conv2d", conv2d(3, 3));
        LAYERS.put("conv2d same relu", conv2d(3, 2, 3).padding(Padding.SAME).activation(Function.RELU));
        LAYERS.put("conv2d strides", conv2d(3, 3).strides(2, 1).padding(Padding.SAME).useBias(false));
        LAYERS.put("conv2d dilation", conv2d(2, 2).dilationRate(2, 3));
        LAYERS.put("conv2d groups", conv2d(6, 3).groups(2).padding(Padding.SAME).activation(Function.TANH));
        LAYERS.put("conv2d group for each channel", conv2d(6, 2).groups(3));
        LAYERS.put("conv2d regularized", conv2d(2, 2).kernelRegularizer(Regularizers.l1l2(0.03, 0.02))
                .biasRegularizer(Regularizers.l2(0.1)));
        LAYERS.put("depthwise", depthwiseConv2d(3));
        LAYERS.put("depthwise strides",
                depthwiseConv2d(3).strides(2).padding(Padding.SAME).activation(Function.RELU));
        LAYERS.put("depthwise multiplier",
                depthwiseConv2d(2, 3).depthMultiplier(3).padding(Padding.SAME).useBias(false));
        LAYERS.put("depthwise dilation", depthwiseConv2d(2).dilationRate(2));
        LAYERS.put("separable", separableConv2d(4, 3).padding(Padding.SAME).activation(Function.RELU));
        LAYERS.put("separable strides", separableConv2d(3, 2).strides(2).depthMultiplier(2).useBias(false));
        LAYERS.put("transpose", conv2dTranspose(3, 3));
        LAYERS.put("transpose same",
                conv2dTranspose(3, 3).strides(2).padding(Padding.SAME).activation(Function.RELU));
        LAYERS.put("transpose valid strides", conv2dTranspose(2, 2, 3).strides(3, 2));
        LAYERS.put("transpose even kernel", conv2dTranspose(2, 4).strides(2).padding(Padding.SAME));
        LAYERS.put("transpose output padding",
                conv2dTranspose(2, 3).strides(2).padding(Padding.SAME).outputPadding(1, 1));
        LAYERS.put("transpose valid output padding", conv2dTranspose(2, 3).strides(3).outputPadding(2, 0));
        LAYERS.put("dense", dense(4).activation(Function.GELU));
        LAYERS.put("dense rows", dense(3).useBias(false));

        LAYERS.put("batch norm training", batchNormalization());
        LAYERS.put("batch norm", batchNormalization());
        LAYERS.put("batch norm of rows", batchNormalization().axis(1).momentum(0.8).epsilon(0.01));
        LAYERS.put("batch norm without gamma", batchNormalization().scale(false));
        LAYERS.put("batch norm without beta", batchNormalization().center(false).axis(2));
        LAYERS.put("batch norm of features", batchNormalization());
        LAYERS.put("layer norm", layerNormalization());
        LAYERS.put("layer norm of pictures", layerNormalization().axis(1, 2, 3).epsilon(1e-5));
        LAYERS.put("layer norm of columns", layerNormalization().axis(2).center(false));
        LAYERS.put("layer norm of two axes", layerNormalization().axis(1, 3).scale(false));
        LAYERS.put("normalization", normalization(new Moments(List.of(0.3, -0.1), List.of(0.5, 2.0))));
        LAYERS.put("normalization of all", normalization(0.2, 0.04));
        LAYERS.put("rescaling", rescaling(1 / 127.5).offset(-1.0));
        LAYERS.put("rescaling channels", rescaling(0.5, 2.0).offset(-1.0, 0.25));

        LAYERS.put("max pooling", maxPooling2d(2));
        LAYERS.put("max pooling same", maxPooling2d(3, 2).strides(1, 2).padding(Padding.SAME));
        LAYERS.put("average pooling", averagePooling2d(2));
        LAYERS.put("average pooling same", averagePooling2d(3, 2).strides(2).padding(Padding.SAME));
        LAYERS.put("global max", globalMaxPooling2d());
        LAYERS.put("global average", globalAveragePooling2d().keepDims(true));

        LAYERS.put("flatten", flatten());
        LAYERS.put("reshape", reshape(5, -1));
        LAYERS.put("permute", permute(3, 1, 2));
        LAYERS.put("zero padding", zeroPadding2d(1, 2, 0, 3));
        LAYERS.put("cropping", cropping2d(1, 0, 2, 1));
        LAYERS.put("up sampling", upSampling2d(2, 3));
        LAYERS.put("up sampling bilinear", upSampling2d(2, 3).interpolation(Interpolation.BILINEAR));

        LAYERS.put("add", add());
        LAYERS.put("add broadcast", add());
        LAYERS.put("multiply", multiply());
        LAYERS.put("multiply broadcast", multiply());
        LAYERS.put("subtract", subtract());
        LAYERS.put("average", average());
        LAYERS.put("maximum", maximum());
        LAYERS.put("minimum", minimum());
        LAYERS.put("concatenate", concatenate());
        LAYERS.put("concatenate rows", concatenate().axis(1));

        for (var function : Function.values()) {
            LAYERS.put("activation " + function.name().toLowerCase(java.util.Locale.ROOT), activation(function));
        }
        LAYERS.put("relu layer", reLU().maxValue(0.8).negativeSlope(0.1).threshold(0.25));
        LAYERS.put("relu layer capped", reLU().maxValue(0.5));
        LAYERS.put("leaky relu layer", leakyReLU());
        LAYERS.put("elu layer", elu(0.7));
        LAYERS.put("prelu", pReLU());
        LAYERS.put("prelu shared", pReLU().sharedAxes(1, 2));
        LAYERS.put("softmax of rows", softmax(1));
    }

    static Stream<String> cases() {
        return LAYERS.keySet().stream();
    }

    @Test
    void everyGoldenIsCompared() {
        assertThat(LAYERS.keySet()).containsExactlyInAnyOrderElementsOf(GOLDEN.propertyNames());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsKeras(String name) {
        var layer = Objects.requireNonNull(LAYERS.get(name));
        var golden = GOLDEN.path(name);
        try (var engine = Engine.cpu(2); var scope = engine.scope()) {
            var shapes = new ArrayList<Shape>();
            for (var input : golden.path("inputs")) shapes.add(Golden.shape(input));
            var builder = new Builder(engine, new Randomness(1));
            var forward = shapes.size() > 1
                    ? builder.build(layer, shapes)
                    : single(builder.build(layer, shapes.getFirst()));
            fill(engine, builder.parameters(), golden);

            var tape = Tape.recording(engine);
            var leaves = new ArrayList<Tensor>();
            for (int i = 0; i < shapes.size(); i++) {
                var x = Golden.tensor(engine, i, shapes.get(i).batch(2));
                leaves.add(engine.scale(x, (float) golden.path("scale").asDouble(), 0));
            }
            var inputs = List.copyOf(leaves);
            builder.parameters().stream().filter(Parameter::trainable).forEach(p -> leaves.add(p.value()));
            leaves.forEach(tape::watch);
            var mode = golden.path("training").asBoolean() ? Mode.TRAINING : Mode.INFERENCE;
            var y = forward.forward(inputs, new Pass(tape, mode, new Randomness(1), 0));

            assertThat(y.shape().sample()).isEqualTo(Golden.shape(golden.path("output_shape")));
            Golden.assertClose("output", engine.read(y), golden.path("output"), 3e-6);
            var loss = tape.sum(tape.multiply(y, Golden.tensor(engine, 50, y.shape())));
            tape.backward(penalized(tape, loss, builder, golden.path("penalty").asDouble()));
            for (int i = 0; i < leaves.size(); i++) {
                var leaf = leaves.get(i);
                float[] gradient = tape.gradient(leaf).map(engine::read).orElse(new float[leaf.shape().size()]);
                Golden.assertClose("gradient " + i, gradient, golden.path("gradients").path(i), 1e-5);
            }
            var states = builder.parameters().stream().filter(p -> !p.trainable()).toList();
            for (int i = 0; i < states.size(); i++) {
                Golden.assertClose(states.get(i).name(), engine.read(states.get(i).value()),
                        golden.path("states").path(i), 3e-6);
            }
        }
    }

    private static Merge.MergeForward single(Forward forward) {
        return (inputs, pass) -> forward.forward(inputs.getFirst(), pass);
    }

    /// Gives the weights their numbers; their names, shapes and order are Keras'.
    private static void fill(Engine engine, List<Parameter> parameters, JsonNode golden) {
        var names = new ArrayList<String>();
        for (var weight : golden.path("weights")) names.add(weight.asString());
        assertThat(parameters.stream()
                .map(p -> p.name() + " " + p.value().shape() + " " + (p.trainable() ? "True" : "False")))
                .containsExactlyElementsOf(names);
        for (int i = 0; i < parameters.size(); i++) {
            float[] values = Golden.numbers(10 + i, parameters.get(i).value().shape().size());
            if (parameters.get(i).name().contains("variance")) {
                for (int k = 0; k < values.length; k++) values[k] = Math.abs(values[k]) + 0.1f;
            }
            engine.write(parameters.get(i).value(), 0, values, values.length);
        }
    }

    private static Tensor penalized(Tape tape, Tensor loss, Builder builder, double expected) {
        var penalty = builder.penalties().stream().map(p -> p.regularizer().penalty(tape, p.parameter().value()))
                .reduce(tape::add);
        double sum = penalty.map(p -> (double) tape.engine().read(p)[0]).orElse(0.0);
        assertThat(sum).isCloseTo(expected, within(1e-6));
        return penalty.map(p -> tape.add(loss, p)).orElse(loss);
    }
}
