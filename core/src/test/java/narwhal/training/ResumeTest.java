package narwhal.training;

import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.dropout;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.maxPooling2d;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;
import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.metrics.Metrics.accuracy;
import static narwhal.optimizers.Optimizers.adam;
import static narwhal.training.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import narwhal.callbacks.Callback;
import narwhal.callbacks.CallbackState;
import narwhal.callbacks.Training;
import narwhal.data.Batches;
import narwhal.disk.Disk;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.history.Epoch;
import narwhal.layers.Layer;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The oracle is the run that was never stopped.
class ResumeTest {
    private static final Layer NETWORK = sequential(conv2d(4, 3), relu(), maxPooling2d(2), dropout(0.3), flatten(),
            dense(1), sigmoid());
    private static final int STEPS = 4 * 3;
    private static final java.util.function.Consumer<String> QUIET = line -> {
    };

    @TempDir
    Path folder;

    /// Halves the learning rate every second epoch it sees: a counter that must survive.
    private static final class Halving implements Callback {
        private int seen;

        @Override
        public void onTrainBegin(Training training) {
            seen = 0;
        }

        @Override
        public void onEpochEnd(Training training, Epoch epoch) {
            if (++seen % 2 == 0) training.learningRate(training.learningRate() / 2);
        }

        @Override
        public CallbackState state() {
            return new CallbackState(java.util.Map.of("seen", (double) seen));
        }

        @Override
        public void restore(Training training, CallbackState state) {
            seen = (int) state.number("seen", 0);
        }
    }

    private static String train(RunFolder run, int stopAfter) {
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(NETWORK, Shape.of(6, 6, 1), 5, engine);
            var steps = new AtomicInteger();
            Trainer.of(model, binaryCrossentropy(), adam(0.02), accuracy()).fit(
                    Batches.of(new Shapes(24, 6), 8).shuffle(3),
                    epochs(4).validation(Batches.of(new Shapes(10, 6, 2, false), 4)).callbacks(new Halving())
                            .runFolder(run)
                            .interrupted(() -> steps.incrementAndGet() >= stopAfter));
            return model.weightsSha256();
        }
    }

    private List<Epoch> epochsWithoutTime(Path run) throws IOException {
        return Files.readAllLines(run.resolve("epochs.jsonl")).stream()
                .map(line -> narwhal.history.EpochLines.read(line, "line"))
                .map(e -> new Epoch(e.number(), e.metrics(), e.learningRate(), 0, e.audit())).toList();
    }

    @Test
    void aRunStoppedAfterAnyStepEndsWithTheSameBits() throws IOException {
        String expected;
        try (var run = RunFolder.create(folder.resolve("whole"), Disk.real(), QUIET)) {
            expected = train(run, Integer.MAX_VALUE);
        }
        for (int step = 1; step <= STEPS; step++) {
            var path = folder.resolve("stopped-" + step);
            try (var run = RunFolder.create(path, Disk.real(), QUIET)) {
                train(run, step);
            }
            String resumed;
            try (var run = RunFolder.resume(path, Disk.real(), QUIET)) {
                resumed = train(run, Integer.MAX_VALUE);
            }
            assertThat(resumed).as("stopped after step %d", step).isEqualTo(expected);
            assertThat(epochsWithoutTime(path)).isEqualTo(epochsWithoutTime(folder.resolve("whole")));
        }
    }

    @Test
    void aCheckpointIsAModel() {
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(NETWORK, Shape.of(6, 6, 1), 5, engine);
            var file = folder.resolve("model-{epoch}.ckpt");
            var saving = new Callback() {
                @Override
                public void onEpochEnd(Training training, Epoch epoch) {
                    training.save(file);
                }
            };
            Trainer.of(model, binaryCrossentropy(), adam(0.02)).fit(Batches.of(new Shapes(24, 6), 8),
                    epochs(1).callbacks(saving));

            var loaded = ModelFile.load(file, engine).model();
            assertThat(loaded.weightsSha256()).isEqualTo(model.weightsSha256());
            assertThat(loaded.network()).isEqualTo(NETWORK);
        }
    }

    @Test
    void anotherModelIsRefusedWithTheFirstDifference() {
        try (var run = RunFolder.create(folder.resolve("run"), Disk.real(), QUIET)) {
            train(run, 4);
        }
        try (var run = RunFolder.resume(folder.resolve("run"), Disk.real(), QUIET);
                var engine = Engine.cpu(1)) {
            var other = Model.of(sequential(conv2d(5, 3), flatten(), dense(1), sigmoid()), Shape.of(6, 6, 1), 5,
                    engine);
            var trainer = Trainer.of(other, binaryCrossentropy(), adam(0.02));

            assertThatThrownBy(() -> trainer.fit(Batches.of(new Shapes(24, 6), 8), epochs(4).runFolder(run)))
                    .hasMessageContaining("E-CKPT-OTHER-MODEL")
                    .hasMessageContaining("holds conv2d/kernel 3×3×1×4 where the model has conv2d/kernel 3×3×1×5");
        }
    }

    @Test
    void otherPicturesAreRefused() {
        try (var run = RunFolder.create(folder.resolve("run"), Disk.real(), QUIET)) {
            train(run, 4);
        }
        try (var run = RunFolder.resume(folder.resolve("run"), Disk.real(), QUIET);
                var engine = Engine.cpu(1)) {
            var trainer = Trainer.of(Model.of(NETWORK, Shape.of(6, 6, 1), 5, engine), binaryCrossentropy(), adam(0.02));

            assertThatThrownBy(() -> trainer.fit(Batches.of(new Shapes(32, 6), 8), epochs(4).runFolder(run)))
                    .hasMessageContaining("E-CKPT-OTHER-DATA");
        }
    }
}
