package narwhal.models;

import static narwhal.layers.Layers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.reflect.Modifier;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import narwhal.engine.Interpolation;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.initializers.Initializers;
import narwhal.json.Json;
import narwhal.layers.Activation.Function;
import narwhal.layers.Builder;
import narwhal.layers.Forward;
import narwhal.layers.Graph;
import narwhal.layers.Layer;
import narwhal.layers.Layers;
import narwhal.layers.Normalization;
import narwhal.layers.Normalization.Moments;
import narwhal.layers.Sequential;
import narwhal.regularizers.Regularizers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Round trips of every layer through JSON, with other arguments than the defaults.
class ArchitectureTest {
    static Stream<Layer> layers() {
        var l2 = Regularizers.l2(0.01);
        var he = Initializers.heNormal();
        return Stream.of(
                conv2d(8, 3, 5).strides(2, 3).padding(Padding.SAME).groups(4).activation(Function.GELU_TANH)
                        .kernelInitializer(he).kernelRegularizer(l2).biasRegularizer(Regularizers.l1(0.5)),
                conv2d(2, 3).dilationRate(2, 3).useBias(false)
                        .kernelInitializer(Initializers.randomUniform(-0.25, 0.5))
                        .biasInitializer(Initializers.constant(0.125)),
                depthwiseConv2d(3).depthMultiplier(2).strides(2).activation(Function.RELU6).depthwiseInitializer(he)
                        .depthwiseRegularizer(l2).useBias(false),
                separableConv2d(4, 3).depthMultiplier(2).pointwiseInitializer(Initializers.randomNormal(0.5, 2))
                        .pointwiseRegularizer(l2).activation(Function.SELU),
                conv2dTranspose(4, 3).strides(2).padding(Padding.SAME).outputPadding(1, 0).dilationRate(1),
                conv2dTranspose(4, 3),
                dense(7).activation(Function.SOFTMAX).useBias(false)
                        .kernelInitializer(Initializers.truncatedNormal(0.5, 1))
                        .kernelRegularizer(Regularizers.l1l2(0.25, 0.5)),
                batchNormalization().axis(1).momentum(0.5).epsilon(0.25).center(false).gammaRegularizer(l2)
                        .betaInitializer(he).movingMeanInitializer(Initializers.ones())
                        .movingVarianceInitializer(Initializers.zeros()),
                batchNormalization().scale(false),
                layerNormalization().axis(1, -1).epsilon(0.5).center(false).gammaInitializer(Initializers.zeros()),
                maxPooling2d(3, 2).strides(1, 2).padding(Padding.SAME), averagePooling2d(2).padding(Padding.SAME),
                globalMaxPooling2d().keepDims(true), globalAveragePooling2d(), dropout(0.25),
                dropout(0.5).noiseShape(1, -1, 3), spatialDropout2d(0.5),
                gaussianNoise(0.125), gaussianDropout(0.375), flatten(), reshape(3, -1), permute(3, 1, 2),
                zeroPadding2d(1, 2, 3, 4), cropping2d(4, 3, 2, 1), upSampling2d(2, 3),
                upSampling2d(2).interpolation(Interpolation.BILINEAR), rescaling(1 / 127.5).offset(-1.0),
                rescaling(0.5, 0.25), normalization(0.5, 2),
                normalization(new Moments(List.of(1.0, 2.0), List.of(3.0, 4.0))),
                new Normalization(java.util.Optional.empty()), activation(Function.HARD_SILU),
                reLU().maxValue(6).negativeSlope(0.1).threshold(0.5), reLU(), leakyReLU(0.125), elu(0.75),
                pReLU().sharedAxes(1, 2).alphaRegularizer(l2), softmax(1), add(), subtract(), multiply(), average(),
                maximum(), minimum(), concatenate().axis(1), conv2d(3, 1).named("first conv"), dense(2).frozen(),
                dense(2).frozen().named("mine"), sequential(conv2d(3, 1), relu()).named("block"), block());
    }

    private static Graph block() {
        var x = Graph.input();
        var same = shared(conv2d(3, 3).padding(Padding.SAME));
        var y = sequential(conv2d(3, 1), relu()).on(x);
        return Graph.of(x, add().named("sum").on(same.on(x), same.on(y), inner().on(y)));
    }

    private static Graph inner() {
        var x = Graph.input();
        return Graph.of(x, multiply().on(x, sigmoid().on(x)));
    }

    @ParameterizedTest
    @MethodSource("layers")
    void everyLayerComesBack(Layer layer) {
        var network = sequential(layer, flatten());

        assertThat(readAgain(network)).isEqualTo(network);
    }

    private static Layer readAgain(Layer network) {
        byte[] text = Json.bytes(Json.object().set("network", Architecture.write(network)));
        return Architecture.read(Json.parseObject(text, Problem.MODEL_DAMAGED, "test").path("network"));
    }

    @Test
    void noKindOfLayerIsForgotten() {
        var wrappers = Set.of("Shared", "Sequential");
        var made = Arrays.stream(Layers.class.getDeclaredMethods())
                .filter(method -> Modifier.isPublic(method.getModifiers()))
                .map(method -> method.getReturnType().getSimpleName()).filter(name -> !wrappers.contains(name))
                .collect(Collectors.toSet());
        assertThat(layers().map(layer -> layer.getClass().getSimpleName()).collect(Collectors.toSet()))
                .containsAll(made);
    }

    @Test
    void sequentialsInALineAreWrittenAsTheirLayers() {
        assertThat(readAgain(sequential(sequential(relu(), tanh()), flatten())))
                .isEqualTo(sequential(relu(), tanh(), flatten()));
    }

    @Test
    void aGraphAloneComesBackAsAGraph() {
        assertThat(readAgain(block())).isEqualTo(block());
    }

    private record Mine() implements Layer {
        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public Forward build(Builder builder, Shape input) {
            return (x, pass) -> x;
        }
    }

    @Test
    void whatIsOfTheUsersOwnIsNamed() {
        assertThatThrownBy(() -> Architecture.write(sequential(new Mine())))
                .hasMessageStartingWith("E-MODEL-UNKNOWN-LAYER Mine is of your own");
        assertThatThrownBy(() -> Architecture.write(dense(3).kernelRegularizer((tape, weight) -> tape.sum(weight))))
                .hasMessageStartingWith("E-MODEL-UNKNOWN-LAYER the regularizer of kernel is of your own");
        assertThatThrownBy(() -> Architecture.write(dense(3).kernelInitializer((shape, u) -> new float[shape.size()])))
                .hasMessageStartingWith("E-MODEL-UNKNOWN-LAYER an initializer is of your own");
    }

    @ParameterizedTest
    @ValueSource(strings = {"[{'class_name': 'Lambda', 'config': {}}] | E-MODEL-UNKNOWN-LAYER layer 'Lambda'",
        "[{'class_name': 'Dense', 'config': {'units': 'many'}}] | E-MODEL-DAMAGED layer 'Dense': units is \"many\"",
        "[{'class_name': 'Dense', 'config': {}}] | E-MODEL-DAMAGED layer 'Dense': units is missing",
        "[{'class_name': 'Dense', 'config': {'units': -3}}] | E-MODEL-DAMAGED layer 'Dense': dense needs at least 1",
        "[{'class_name': 'Dense', 'config': {'units': 3, 'activation': 'evil'}}] | E-MODEL-DAMAGED layer 'Dense': activation is 'evil'",
        "[{'class_name': 'Dense', 'config': {'units': 3, 'kernel_initializer': {'class_name': 'X'}}}] | E-MODEL-DAMAGED layer 'Dense': kernel_initializer is the unknown 'X'",
        "[{'class_name': 'Functional', 'config': {'layers': [{'class_name': 'Add', 'inputs': [1]}]}}] | E-MODEL-DAMAGED layer 'Functional': step 1 of a graph uses what comes after it",
        "[{'class_name': 'Functional', 'config': {'layers': []}}] | E-MODEL-DAMAGED layer 'Functional': a graph needs",
        "[{'class_name': 'Flatten', 'name': 'a/b'}] | E-MODEL-DAMAGED layer 'Flatten': a layer's name"})
    void whatCannotBeIsRefused(String example) {
        var text = example.split(" \\| ", 2)[0].replace('\'', '"');
        var node = Json.parse(text.getBytes(StandardCharsets.UTF_8), Problem.MODEL_DAMAGED, "test");
        assertThatThrownBy(() -> Architecture.read(node)).hasMessageStartingWith(example.split(" \\| ", 2)[1]);
    }

    @Test
    void containersInContainersEnd() {
        Layer deep = relu();
        for (int i = 0; i < 40; i++) deep = new Sequential(List.of(deep.named("x" + i)));
        var network = Architecture.write(deep.named("all"));
        assertThatThrownBy(() -> Architecture.read(network)).hasMessageContaining("deeper than 32 containers");
    }
}
