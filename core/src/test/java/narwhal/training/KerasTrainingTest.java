package narwhal.training;

import static narwhal.layers.Layers.*;
import static narwhal.losses.Losses.binaryCrossentropy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import narwhal.callbacks.Callback;
import narwhal.callbacks.Step;
import narwhal.callbacks.Training;
import narwhal.data.Batches;
import narwhal.data.Dataset;
import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.golden.Golden;
import narwhal.layers.Layer;
import narwhal.models.Model;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.Optimizers;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// The seed's network from given weights on given batches, without chance: the loss of each of 50 steps follows that of Keras
/// 3.15.1 (`src/test/python/training.py`, which also says on which pictures such a comparison means something).
class KerasTrainingTest {
    private static final int STEPS = 50;
    private static final int BATCH = 16;
    private static final int SIDE = 128;

    private static Layer network(int[] filters, int[] units) {
        var layers = new ArrayList<Layer>();
        for (int f : filters) {
            layers.add(conv2d(f, 7).padding(Padding.SAME));
            layers.add(conv2d(f, 7).padding(Padding.SAME));
            layers.add(relu());
            layers.add(maxPooling2d(2));
        }
        layers.add(flatten());
        for (int u : units) {
            layers.add(dense(u));
            layers.add(relu());
        }
        layers.add(dense(1));
        layers.add(sigmoid());
        return sequential(layers.toArray(Layer[]::new));
    }

    private static void fill(Engine engine, Model model) {
        for (int i = 0; i < model.parameters().size(); i++) {
            var value = model.parameters().get(i).value();
            var shape = value.shape();
            float[] numbers = new float[shape.size()];
            if (shape.rank() > 1) {
                numbers = Golden.numbers(10 + i, shape.size());
                int fans = shape.size() / shape.last() + shape.size() / shape.dim(-2);
                double limit = 1.4 * Math.sqrt(6.0 / fans);
                for (int k = 0; k < numbers.length; k++) numbers[k] = (float) (numbers[k] * limit);
            }
            engine.write(value, 0, numbers, numbers.length);
        }
    }

    /// Bright or dark noise, one batch after the other.
    private record Shades() implements Dataset {
        @Override
        public int size() {
            return STEPS * BATCH;
        }

        @Override
        public List<String> classNames() {
            return List.of("dark", "bright");
        }

        @Override
        public Shape shape() {
            return Shape.of(SIDE, SIDE, 3);
        }

        @Override
        public int classOf(int index) {
            return (index % BATCH + index / BATCH) % 2;
        }

        @Override
        public String nameOf(int index) {
            return "picture " + index;
        }

        @Override
        public void render(int index, int epoch, float[] target, int offset) {
            int size = shape().size();
            float[] batch = Golden.numbers(1000 + index / BATCH, BATCH * size);
            float light = classOf(index) == 1 ? 1 : 0.125f;
            for (int i = 0; i < size; i++)
                target[offset + i] = (batch[index % BATCH * size + i] * 0.5f + 0.5f) * light;
        }

        @Override
        public String fingerprint() {
            return "shades";
        }
    }

    private static List<Double> losses(Layer network, Optimizer optimizer) {
        try (var engine = Engine.cpu(2)) {
            var model = Model.of(network, Shape.of(SIDE, SIDE, 3), 1, engine);
            fill(engine, model);
            // The mean of the first n losses, n times: their differences are the losses.
            var sums = new ArrayList<Double>();
            sums.add(0.0);
            Trainer.of(model, binaryCrossentropy(), optimizer).fit(Batches.of(new Shades(), BATCH),
                    Fit.epochs(1).callbacks(new Callback() {
                        @Override
                        public void onStepEnd(Training training, Step step) {
                            sums.add(step.metrics().getOrDefault("loss", Double.NaN) * step.number());
                        }
                    }));
            var losses = new ArrayList<Double>();
            for (int i = 1; i < sums.size(); i++) losses.add(sums.get(i) - sums.get(i - 1));
            return losses;
        }
    }

    private static void assertFollows(String name, List<Double> losses) {
        double[] expected = Golden.doubles(Golden.read("training.json").path(name));
        assertThat(losses).hasSize(STEPS);
        assertThat(expected).hasSizeBetween(name.equals("full") ? 7 : STEPS, STEPS);
        for (int i = 0; i < expected.length; i++) {
            assertThat(losses.get(i)).as("%s, step %d of %s", name, i + 1, Arrays.toString(expected))
                    .isCloseTo(expected[i], within(1e-3 * expected[i]));
        }
    }

    static Stream<Arguments> optimizers() {
        return Stream.of(Arguments.of("adam", Optimizers.adam(1e-4)),
                Arguments.of("adam of the seed", Optimizers.adam(3e-5)),
                Arguments.of("sgd", Optimizers.sgd(0.001).momentum(0.9)),
                Arguments.of("rmsprop", Optimizers.rmsprop(3e-5)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("optimizers")
    void anEighthOfTheSeedsNetworkFollowsKeras(String name, Optimizer optimizer) {
        assertFollows(name, losses(network(new int[]{4, 4, 4, 8, 8, 8, 16}, new int[]{32, 32}), optimizer));
    }

    /// As far as Keras follows itself: of its 2.9 million parameters some move with windows that are as good as tied, and Keras with
    /// and without oneDNN come apart after these steps, too.
    @Test
    @Tag("slow")
    void theSeedsNetworkFollowsKeras() {
        var network = network(new int[]{32, 32, 32, 64, 64, 64, 128}, new int[]{512, 512});

        assertFollows("full", losses(network, Optimizers.sgd(0.001).momentum(0.9)));
    }
}
