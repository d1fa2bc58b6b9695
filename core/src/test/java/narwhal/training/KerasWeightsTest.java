package narwhal.training;

import static narwhal.layers.Layers.*;
import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.losses.Losses.categoricalCrossentropy;
import static narwhal.training.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import narwhal.data.Batches;
import narwhal.data.Dataset;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.golden.Golden;
import narwhal.layers.Activation.Function;
import narwhal.layers.Dense;
import narwhal.losses.Loss;
import narwhal.metrics.Metrics;
import narwhal.models.Model;
import narwhal.optimizers.Optimizers;
import narwhal.regularizers.Regularizers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Trainings in which some classes or samples count more than others against Keras 3.15.1 (`src/test/python/weights.py`).
class KerasWeightsTest {
    private static final ObjectNode GOLDEN = Golden.read("weights.json");
    private static final int PICTURES = 10;
    private static final int BATCH = 4;
    private static final Shape SHAPE = Shape.of(4, 4, 1);
    private static final List<Double> EQUAL = List.of(1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0);
    private static final List<Double> SAMPLES = List.of(1.0, 0.0, 2.5, 0.5, 1.0, 3.0, 0.0, 1.0, 0.25, 4.0);

    private record Case(Dense hidden, Dense output, Loss loss, Map<Integer, Double> classes, List<Double> samples) {}

    private static final Map<String, Case> CASES = new TreeMap<>();

    static {
        var hidden = dense(4).activation(Function.TANH);
        var one = dense(1).activation(Function.SIGMOID);
        var three = dense(3).activation(Function.SOFTMAX);
        CASES.put("classes", new Case(hidden, one, binaryCrossentropy(), Map.of(1, 3.0), EQUAL));
        CASES.put("samples", new Case(hidden, one, binaryCrossentropy(), Map.of(), SAMPLES));
        CASES.put("regularized", new Case(hidden.kernelRegularizer(Regularizers.l1(0.01)), one, binaryCrossentropy(),
                Map.of(0, 0.5, 1, 2.0), EQUAL));
        CASES.put("three classes", new Case(hidden, three, categoricalCrossentropy().labelSmoothing(0.1),
                Map.of(0, 0.5, 2, 4.0), EQUAL));
        CASES.put("three classes, samples", new Case(hidden.kernelRegularizer(Regularizers.l2(0.02)), three,
                categoricalCrossentropy(), Map.of(), SAMPLES));
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    @Test
    void everyGoldenIsCompared() {
        assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(GOLDEN.propertyNames());
    }

    /// The pictures of the script.
    private record Pictures(int classes, List<Double> weights) implements Dataset {
        @Override
        public int size() {
            return PICTURES;
        }

        @Override
        public List<String> classNames() {
            return IntStream.range(0, classes).mapToObj(i -> "class " + i).toList();
        }

        @Override
        public Shape shape() {
            return SHAPE;
        }

        @Override
        public int classOf(int index) {
            return index * 7 % 5 % classes;
        }

        @Override
        public double weightOf(int index) {
            return weights.get(index);
        }

        @Override
        public String nameOf(int index) {
            return "picture " + index;
        }

        @Override
        public void render(int index, int epoch, float[] target, int offset) {
            int size = SHAPE.size();
            System.arraycopy(Golden.numbers(1, PICTURES * size), index * size, target, offset, size);
        }

        @Override
        public String fingerprint() {
            return "pictures";
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void countsAsInKeras(String name) {
        var test = Objects.requireNonNull(CASES.get(name));
        var golden = GOLDEN.path(name);
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(sequential(flatten(), test.hidden, test.output), SHAPE, 1, engine);
            for (int i = 0; i < model.parameters().size(); i++) {
                var value = model.parameters().get(i).value();
                engine.write(value, 0, Golden.numbers(10 + i, value.shape().size()), value.shape().size());
            }
            var batches = Batches.of(new Pictures(Math.max(2, test.output.units()), test.samples), BATCH);
            var trainer = Trainer.of(model, test.loss, Optimizers.sgd(0.3).momentum(0.5), Metrics.accuracy());
            var history = trainer.fit(batches, epochs(3).classWeight(test.classes));

            assertThat(history.series("loss")).containsExactly(Golden.doubles(golden.path("loss")), within(1e-6));
            assertThat(history.series("accuracy")).containsExactly(Golden.doubles(golden.path("accuracy")),
                    within(1e-6));
            var evaluated = trainer.evaluate(batches);
            assertThat(evaluated.loss()).isCloseTo(golden.path("evaluated").get(0).asDouble(), within(1e-6));
            assertThat(evaluated.metrics().get("accuracy")).isCloseTo(golden.path("evaluated").get(1).asDouble(),
                    within(1e-6));
            for (int i = 0; i < model.parameters().size(); i++) {
                Golden.assertClose("weight " + i, engine.read(model.parameters().get(i).value()),
                        golden.path("weights").path(i), 2e-6);
            }
        }
    }
}
