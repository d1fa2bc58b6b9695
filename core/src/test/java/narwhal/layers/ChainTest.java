package narwhal.layers;

import static narwhal.layers.Layers.add;
import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.shared;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Randomness;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.testing.LayerContract;
import org.junit.jupiter.api.Test;

/// A chain that was rewritten against the layers run one by one.
class ChainTest {
    private static final Shape INPUT = Shape.of(24, 26, 1);

    /// Result and gradients of the parameters.
    private static List<float[]> run(Engine engine, Forward network, Builder builder) {
        var random = new SplittableRandom(5);
        var pictures = new float[3 * INPUT.size()];
        for (int i = 0; i < pictures.length; i++) pictures[i] = (float) random.nextDouble(-1, 1);
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            builder.parameters().forEach(parameter -> tape.watch(parameter.value()));
            var x = engine.of(Shape.of(3, 24, 26, 1), pictures);
            var y = network.forward(x, new Pass(tape, Mode.TRAINING, new Randomness(1), 0));
            var results = new ArrayList<float[]>();
            results.add(engine.read(y));
            // A gradient that is not the same everywhere.
            tape.backward(tape.sum(tape.multiply(y, y)));
            for (var parameter : builder.parameters()) {
                results.add(engine.read(tape.gradient(parameter.value()).orElseThrow()));
            }
            return results;
        }
    }

    private static List<float[]> together(Engine engine, List<Layer> layers) {
        var builder = new Builder(engine, new Randomness(3));
        return run(engine, builder.build(sequential(layers.toArray(Layer[]::new)), INPUT), builder);
    }

    /// The same layers in a line of a graph.
    private static List<float[]> inAGraph(Engine engine, List<Layer> layers) {
        var builder = new Builder(engine, new Randomness(3));
        var x = Graph.input();
        var y = x;
        for (var layer : layers) y = layer.on(y);
        return run(engine, builder.build(Graph.of(x, y), INPUT), builder);
    }

    private static List<float[]> oneByOne(Engine engine, List<Layer> layers) {
        var builder = new Builder(engine, new Randomness(3));
        var forwards = new ArrayList<Forward>();
        var shape = INPUT;
        for (var layer : layers) {
            forwards.add(builder.build(layer, shape));
            shape = layer.outputShape(shape);
        }
        return run(engine, (x, pass) -> {
            Tensor y = x;
            for (var forward : forwards) y = forward.forward(y, pass);
            return y;
        }, builder);
    }

    @Test
    void aRectifierBehindPoolingGivesTheSameBits() {
        for (var window : List.of(maxPooling2d(2), maxPooling2d(3).strides(1).padding(Padding.SAME))) {
            List<Layer> layers = List.of(conv2d(5, 3), relu(), window, conv2d(3, 3));
            try (var engine = Engine.cpu(1)) {
                assertThat(together(engine, layers)).usingRecursiveComparison().isEqualTo(oneByOne(engine, layers));
            }
            try (var engine = Engine.reference()) {
                assertThat(together(engine, layers)).usingRecursiveComparison().isEqualTo(oneByOne(engine, layers));
            }
        }
    }

    @Test
    void twoConvolutionsInARowAreTheirComposition() {
        List<Layer> layers = List.of(conv2d(16, 7).padding(Padding.SAME),
                conv2d(16, 7).padding(Padding.SAME).activation(Activation.Function.TANH), conv2d(2, 3));
        try (var engine = Engine.cpu(2)) {
            var expected = oneByOne(engine, layers);
            var actual = together(engine, layers);
            assertThat(inAGraph(engine, layers)).usingRecursiveComparison().isEqualTo(actual);
            assertThat(actual).hasSameSizeAs(expected);
            for (int i = 0; i < expected.size(); i++) {
                assertThat(actual.get(i)).isNotEqualTo(expected.get(i)); // Rewritten, so other bits.
                for (int k = 0; k < expected.get(i).length; k++) {
                    assertThat(actual.get(i)[k]).as("result %d, element %d", i, k)
                            .isCloseTo(expected.get(i)[k], org.assertj.core.api.Assertions
                                    .within(1e-4f * (1 + Math.abs(expected.get(i)[k]))));
                }
            }
        }
    }

    /// What somebody else needs too is not made part of a chain: the branch takes what the first convolution makes.
    @Test
    void aGraphJoinsOnlyWhatNobodyElseNeeds() {
        Layer first = conv2d(16, 7).padding(Padding.SAME);
        Layer second = conv2d(16, 7).padding(Padding.SAME);
        var same = shared(conv2d(16, 7).padding(Padding.SAME));
        try (var engine = Engine.cpu(2)) {
            var x = Graph.input();
            var y = first.on(x);
            var branched = Graph.of(x, add().on(second.on(y), y));
            var builder = new Builder(engine, new Randomness(3));
            var came = run(engine, builder.build(branched, INPUT), builder);
            var separate = new Builder(engine, new Randomness(3));
            var one = separate.build(first, INPUT);
            var two = separate.build(second, first.outputShape(INPUT));
            var expected = run(engine, (input, pass) -> {
                var middle = one.forward(input, pass);
                return pass.tape().add(two.forward(middle, pass), middle);
            }, separate);
            assertThat(came).usingRecursiveComparison().isEqualTo(expected);

            // One kernel at both places: its gradients are added.
            var z = conv2d(16, 1).on(x);
            LayerContract.of(Graph.of(x, same.on(same.on(z))), Shape.of(3, 4, 1)).check();
        }
    }
}
