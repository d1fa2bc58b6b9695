package narwhal.training;

import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;
import static narwhal.layers.Layers.softmax;
import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.losses.Losses.categoricalCrossentropy;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.optimizers.Optimizers.adam;
import static narwhal.optimizers.Optimizers.sgd;
import static narwhal.training.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import narwhal.callbacks.Callback;
import narwhal.callbacks.Step;
import narwhal.callbacks.Training;
import narwhal.data.Batches;
import narwhal.engine.Engine;
import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.ValidationAudit.ClassCount;
import narwhal.initializers.Initializers;
import narwhal.layers.Builder;
import narwhal.layers.Forward;
import narwhal.layers.Layer;
import narwhal.models.Model;
import org.junit.jupiter.api.Test;

class TrainerTest {
    private static final Layer NETWORK = sequential(conv2d(8, 3).padding(Padding.SAME), relu(), maxPooling2d(2),
            dropout(0.2),
            flatten(), dense(16), relu(), dense(1), sigmoid());

    private static Model model(Engine engine) {
        return Model.of(NETWORK, Shape.of(8, 8, 1), 3, engine);
    }

    private static Trainer trainer(Model model) {
        return Trainer.of(model, binaryCrossentropy(), adam(0.01), accuracy());
    }

    @Test
    void learnsWhatCanBeLearned() {
        try (var engine = Engine.cpu(2)) {
            var history = trainer(model(engine)).fit(Batches.of(new Shapes(256, 8), 16).shuffle(1),
                    epochs(8).validation(Batches.of(new Shapes(100, 8, 2, true), 16)));

            var last = history.epochs().getLast();
            assertThat(last.metrics().keySet()).containsExactly("loss", "accuracy", "val_loss", "val_accuracy");
            assertThat(last.metric("val_accuracy").orElseThrow()).isGreaterThan(0.95);
            assertThat(last.audit().orElseThrow().images()).isEqualTo(100);
        }
    }

    @Test
    void sameBitsForAnyNumberOfThreadsAndLoaders() {
        String expected = null;
        for (int threads = 1; threads <= 4; threads++) {
            try (var engine = Engine.cpu(threads)) {
                var model = model(engine);
                trainer(model).fit(Batches.of(new Shapes(64, 8), 10).shuffle(1), epochs(2).loaders(threads - 1));
                if (expected == null) expected = model.weightsSha256();
                assertThat(model.weightsSha256()).as("%d threads", threads).isEqualTo(expected);
            }
        }
    }

    @Test
    void fastAndReferenceEngineLearnTheSame() {
        var losses = new ArrayList<double[]>();
        for (var engine : List.of(Engine.cpu(2), Engine.reference())) {
            var history = trainer(model(engine)).fit(Batches.of(new Shapes(64, 8), 16), epochs(3));
            losses.add(history.series("loss"));
            engine.close();
        }
        for (int i = 0; i < 3; i++)
            assertThat(losses.get(0)[i]).isCloseTo(losses.get(1)[i], org.assertj.core.api.Assertions.within(1e-5));
    }

    /// Kernels so large that the fast engine goes by Fourier transforms.
    @Test
    void largeKernelsLearnTheSameOnTheReferenceEngine() {
        var network = sequential(conv2d(6, 7).padding(Padding.SAME), conv2d(5, 7).padding(Padding.SAME), relu(),
                maxPooling2d(2), dropout(0.3), flatten(), dense(1), sigmoid());
        var losses = new ArrayList<double[]>();
        for (var engine : List.of(Engine.cpu(2), Engine.reference())) {
            var history = trainer(Model.of(network, Shape.of(12, 12, 1), 3, engine))
                    .fit(Batches.of(new Shapes(48, 12), 8), epochs(4));
            losses.add(history.series("loss"));
            engine.close();
        }
        for (int i = 0; i < 4; i++)
            assertThat(losses.get(0)[i]).isCloseTo(losses.get(1)[i], org.assertj.core.api.Assertions.within(1e-5));
    }

    @Test
    void stepsPerEpochLosesNoPicture() {
        var seen = new ArrayList<Integer>();
        var dataset = new Shapes(10, 8);
        try (var engine = Engine.cpu(1)) {
            var recording = new WatchedDataset(dataset, seen::add);
            trainer(model(engine)).fit(Batches.of(recording, 4).shuffle(5), epochs(3).stepsPerEpoch(2).loaders(0));
        }
        // Three epochs of two batches are two passes of three batches: 4 + 4 + 2 pictures, each once.
        assertThat(seen.subList(0, 10)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        assertThat(seen.subList(10, 20)).containsExactlyInAnyOrder(0, 1, 2, 3, 4, 5, 6, 7, 8, 9)
                .isNotEqualTo(seen.subList(0, 10));
    }

    @Test
    void everyValidationStartsAtItsFirstPicture() {
        try (var engine = Engine.cpu(1)) {
            var said = new ArrayList<String>();
            var fit = epochs(2).validation(Batches.of(new Shapes(40, 8, 2, true), 4)).validationSteps(5)
                    .callbacks(new Callback() {
                        @Override
                        public void onMessage(String line) {
                            said.add(line);
                        }
                    });
            var history = trainer(model(engine)).fit(Batches.of(new Shapes(16, 8), 8), fit);

            assertThat(said).containsExactly("Validation will not cover its set: 5 steps of 4 score 20 of 40 pictures; "
                    + "no picture of class vertical. Leave validationSteps out to score all.");
            for (var epoch : history.epochs()) {
                assertThat(epoch.audit().orElseThrow().classes()).extracting(ClassCount::scored).containsExactly(20L,
                        0L);
            }
        }
    }

    @Test
    void theOldIteratorWalksThroughTheSet() {
        try (var engine = Engine.cpu(1)) {
            var fit = epochs(4).validation(Batches.of(new Shapes(40, 8, 2, true), 4)).validationSteps(5)
                    .validationIterator(ValidationIterator.KERAS_2_2_4);
            var history = trainer(model(engine)).fit(Batches.of(new Shapes(16, 8), 8), fit);

            assertThat(history.epochs()).map(epoch -> epoch.audit().orElseThrow().classes().getFirst().scored())
                    .containsExactly(20L, 0L,
                            20L, 0L);
        }
    }

    /// As a stranger would write it: two methods, no gradient.
    private record Gain(float start) implements Layer {
        @Override
        public Shape outputShape(Shape input) {
            return input;
        }

        @Override
        public Forward build(Builder builder, Shape input) {
            var gain = builder.parameter("gain", Shape.of(1, 1), Initializers.constant(start));
            return (x, pass) -> {
                int batch = x.shape().dim(0);
                var column = pass.tape().reshape(x, Shape.of(batch * input.size(), 1));
                return pass.tape().reshape(pass.tape().matmul(column, gain.value()), x.shape());
            };
        }
    }

    @Test
    void aStrangersLayerAndCallbackWork() {
        var steps = new ArrayList<Integer>();
        var stopAfterTwo = new Callback() {
            @Override
            public void onStepEnd(Training training, Step step) {
                steps.add(step.number());
            }

            @Override
            public void onEpochEnd(Training training, Epoch epoch) {
                training.learningRate(training.learningRate() / 2);
                if (epoch.number() == 2) training.stop("enough");
            }
        };
        try (var engine = Engine.cpu(2)) {
            var model = Model.of(sequential(new Gain(0.5f), flatten(), dense(2), softmax()), Shape.of(8, 8, 1), 1,
                    engine);
            var history = Trainer.of(model, categoricalCrossentropy(), sgd(0.1).momentum(0.9), accuracy())
                    .fit(Batches.of(new Shapes(32, 8), 8), epochs(9).callbacks(stopAfterTwo));

            assertThat(history.epochs()).hasSize(2);
            assertThat(history.epochs().get(1).learningRate()).isEqualTo((float) 0.05);
            assertThat(steps).containsExactly(1, 2, 3, 4, 1, 2, 3, 4);
            assertThat(engine.read(model.parameters().getFirst().value())[0]).isNotEqualTo(0.5f);
            assertThat(model.layers()).extracting(Builder.Built::name).containsExactly("gain", "flatten", "dense",
                    "activation");
        }
    }

    @Test
    void divergenceStopsWithThePlaceAndFiniteWeights() {
        try (var engine = Engine.cpu(1)) {
            var model = model(engine);
            var trainer = Trainer.of(model, binaryCrossentropy(), sgd(1e30), accuracy());

            assertThatThrownBy(() -> trainer.fit(Batches.of(new Shapes(32, 8), 8), epochs(3)))
                    .isInstanceOfSatisfying(NarwhalException.class,
                            e -> assertThat(e.problem()).isEqualTo(Problem.NUM_NOT_FINITE))
                    .hasMessageMatching(
                            "E-NUM-NOT-FINITE epoch 1, step \\d: the .* at learning rate 1.0E30, in the batch of picture .*");
            for (var parameter : model.parameters()) assertThat(engine.isFinite(parameter.value())).isTrue();
        }
    }

    @Test
    void modelsThatCannotBeAreNamed() {
        var input = Shape.of(8, 8, 1);
        assertThatThrownBy(() -> Model.of(sequential(maxPooling2d(4), maxPooling2d(4)), input, 1))
                .hasMessageStartingWith("E-SHAPE-TOO-SMALL max_pooling2d_1: input is 2×2×1, a 4×4 window does not fit");
        assertThatThrownBy(() -> Trainer.of(Model.of(sequential(dense(3)), input, 1), categoricalCrossentropy(), sgd()))
                .hasMessage("E-SHAPE-MISMATCH categorical_crossentropy: the model's output is 8×8×3, "
                        + "expected one number for each class; put flatten() before the last dense layer");
        assertThatThrownBy(() -> Batches.of(new Shapes(8, 8), 9))
                .hasMessage("E-BATCH-SIZE batch size 9 for 8 pictures; choose 1 to 8");
    }
}
