package narwhal.training;

import static narwhal.layers.Layers.*;
import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.losses.Losses.meanAbsoluteError;
import static narwhal.losses.Losses.meanSquaredError;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.optimizers.Optimizers.sgd;
import static narwhal.training.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import narwhal.callbacks.Callback;
import narwhal.callbacks.Step;
import narwhal.callbacks.Training;
import narwhal.data.Batches;
import narwhal.data.Dataset;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.history.Epoch;
import narwhal.layers.Layer;
import narwhal.losses.Loss;
import narwhal.models.Model;
import narwhal.optimizers.Optimizer;
import narwhal.optimizers.Schedules;
import narwhal.regularizers.Regularizers;
import org.junit.jupiter.api.Test;

class WeightsAndSchedulesTest {
    private static final Layer NETWORK = sequential(flatten(), dense(4), tanh(), dense(1), sigmoid());

    private static Model model(Engine engine, Layer network) {
        return Model.of(network, Shape.of(4, 4, 1), 3, engine);
    }

    private static String trained(Dataset dataset, Fit fit) {
        try (var engine = Engine.cpu(1)) {
            var model = model(engine, NETWORK);
            Trainer.of(model, binaryCrossentropy(), sgd(0.5)).fit(Batches.of(dataset, 4), fit);
            return model.weightsSha256();
        }
    }

    /// The second class counts as often as said, by picture.
    private record Weighted(Shapes shapes, double second) implements Dataset {
        @Override
        public int size() {
            return shapes.size();
        }

        @Override
        public List<String> classNames() {
            return shapes.classNames();
        }

        @Override
        public Shape shape() {
            return shapes.shape();
        }

        @Override
        public int classOf(int index) {
            return shapes.classOf(index);
        }

        @Override
        public double weightOf(int index) {
            return classOf(index) == 1 ? second : 1;
        }

        @Override
        public String nameOf(int index) {
            return shapes.nameOf(index);
        }

        @Override
        public void render(int index, int epoch, float[] target, int offset) {
            shapes.render(index, epoch, target, offset);
        }

        @Override
        public String fingerprint() {
            return shapes.fingerprint();
        }
    }

    @Test
    void classAndSampleWeightsAreTheSameThing() {
        var shapes = new Shapes(16, 4);
        var plain = trained(shapes, epochs(2));

        assertThat(trained(shapes, epochs(2).classWeight(Map.of(1, 3.0)))).isNotEqualTo(plain)
                .isEqualTo(trained(new Weighted(shapes, 3), epochs(2)));
        assertThat(trained(new Weighted(shapes, 1.5), epochs(2).classWeight(Map.of(1, 2.0))))
                .isEqualTo(trained(new Weighted(shapes, 3), epochs(2)));
        assertThat(trained(shapes, epochs(2).classWeight(Map.of(0, 1.0, 1, 1.0)))).isEqualTo(plain);
    }

    /// Keras 3: the sum of the weighted losses divided by the number of samples, not of the weights.
    @Test
    void theWeightedLossIsDividedByTheNumberOfSamples() {
        try (var engine = Engine.cpu(1)) {
            var trainer = Trainer.of(model(engine, NETWORK), binaryCrossentropy(), sgd());
            double first = trainer.evaluate(Batches.of(new Weighted(new Shapes(16, 4), 0), 4)).loss();
            double both = trainer.evaluate(Batches.of(new Shapes(16, 4), 4)).loss();
            double tripled = trainer.evaluate(Batches.of(new Weighted(new Shapes(16, 4), 3), 4)).loss();

            assertThat(tripled).isCloseTo(first + 3 * (both - first), within(1e-6));
        }
    }

    @Test
    void weightsAreNotNegative() {
        assertThatThrownBy(() -> epochs(1).classWeight(Map.of(1, -1.0))).hasMessage("class 1 has the weight -1.0");
    }

    private static List<Double> rates(Optimizer optimizer, Callback... more) {
        var rates = new ArrayList<Double>();
        var watch = new Callback() {
            @Override
            public void onStepEnd(Training training, Step step) {
                rates.add(training.learningRate());
            }
        };
        try (var engine = Engine.cpu(1)) {
            var callbacks = new ArrayList<Callback>(List.of(more));
            callbacks.add(watch);
            Trainer.of(model(engine, NETWORK), binaryCrossentropy(), optimizer).fit(Batches.of(new Shapes(8, 4), 4),
                    epochs(2).callbacks(callbacks));
        }
        return rates;
    }

    @Test
    void theLearningRateFollowsItsSchedule() {
        var schedule = Schedules.exponentialDecay(0.5, 1, 0.5);

        assertThat(rates(sgd(schedule))).containsExactly(0.5, 0.25, 0.125, 0.0625);
    }

    @Test
    void aCallbackCannotSetARateThatFollowsASchedule() {
        var halve = new Callback() {
            @Override
            public void onEpochEnd(Training training, Epoch epoch) {
                training.learningRate(training.learningRate() / 2);
            }
        };

        assertThat(rates(sgd(0.5), halve)).containsExactly(0.5, 0.5, 0.25, 0.25);
        assertThatThrownBy(() -> rates(sgd(Schedules.cosineDecay(0.5, 10)), halve))
                .hasMessageStartingWith("E-USAGE-CONFLICT the learning rate follows a schedule of the optimizer");
    }

    @Test
    void penaltiesAreInBothLosses() {
        var heavy = sequential(flatten(), dense(1).kernelRegularizer(Regularizers.l2(10)), sigmoid());
        var light = sequential(flatten(), dense(1), sigmoid());
        try (var engine = Engine.cpu(1)) {
            var batches = Batches.of(new Shapes(8, 4), 8);
            var model = model(engine, heavy);
            double squares = 0;
            for (float w : engine.read(model.parameters().getFirst().value())) squares += (double) w * w;
            double penalty = 10 * squares;
            double plain = Trainer.of(model(engine, light), binaryCrossentropy(), sgd()).evaluate(batches).loss();
            var trainer = Trainer.of(model, binaryCrossentropy(), sgd(1e-9));

            assertThat(trainer.evaluate(batches).loss()).isCloseTo(plain + penalty, within(1e-5));
            assertThat(trainer.fit(batches, epochs(1)).series("loss")[0]).isCloseTo(plain + penalty, within(1e-5));
        }
    }

    /// A model that gives logits is judged at 0, not at 1/2.
    @Test
    void logitsAreAuditedAtZero() {
        var logits = sequential(flatten(), dense(4), tanh(), dense(1));
        try (var engine = Engine.cpu(1)) {
            var batches = Batches.of(new Shapes(40, 4), 8);
            var probabilities = Trainer.of(model(engine, NETWORK), binaryCrossentropy(), sgd(), accuracy());
            var trainer = Trainer.of(model(engine, logits), binaryCrossentropy().fromLogits(true), sgd(),
                    accuracy().threshold(0));
            var expected = probabilities.evaluate(batches);
            var actual = trainer.evaluate(batches);

            assertThat(actual.confusion()).isEqualTo(expected.confusion());
            assertThat(actual.metrics().get("accuracy")).isEqualTo(expected.metrics().get("accuracy"))
                    .isEqualTo(actual.confusion().accuracy());
            assertThat(actual.loss()).isCloseTo(expected.loss(), within(1e-6));
            assertThat(expected.confusion().count(0, 0) + expected.confusion().count(1, 1)).isBetween(1L, 39L);
        }
    }

    @Test
    void errorsTakeTheirTargetsFromTheOutput() {
        for (Loss loss : List.of(meanSquaredError(), meanAbsoluteError())) {
            try (var engine = Engine.cpu(1)) {
                var one = Trainer.of(model(engine, NETWORK), loss, sgd(0.5), accuracy());
                var two = Trainer.of(model(engine, sequential(flatten(), dense(2), softmax())), loss, sgd(0.5));
                var batches = Batches.of(new Shapes(32, 4), 8);

                for (var trainer : List.of(one, two)) {
                    double before = trainer.evaluate(batches).loss();
                    trainer.fit(batches, epochs(4));
                    assertThat(trainer.evaluate(batches).loss()).isLessThan(before);
                }
            }
        }
    }
}
