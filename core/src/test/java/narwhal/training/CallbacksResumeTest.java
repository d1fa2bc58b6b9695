package narwhal.training;

import static narwhal.callbacks.Monitor.LOSS;
import static narwhal.callbacks.Monitor.VAL_LOSS;
import static narwhal.layers.Layers.conv2d;
import static narwhal.layers.Layers.dense;
import static narwhal.layers.Layers.flatten;
import static narwhal.layers.Layers.relu;
import static narwhal.layers.Layers.sequential;
import static narwhal.layers.Layers.sigmoid;
import static narwhal.losses.Losses.binaryCrossentropy;
import static narwhal.optimizers.Optimizers.adam;
import static java.util.Objects.requireNonNull;
import static narwhal.training.Fit.epochs;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import narwhal.callbacks.CSVLogger;
import narwhal.callbacks.Callback;
import narwhal.callbacks.EarlyStopping;
import narwhal.callbacks.LearningRateScheduler;
import narwhal.callbacks.ModelCheckpoint;
import narwhal.callbacks.ReduceLROnPlateau;
import narwhal.data.Batches;
import narwhal.disk.Disk;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// All callbacks in a real training; the oracle is the run that was never stopped.
class CallbacksResumeTest {
    private static final int EPOCHS = 8;

    @TempDir
    Path folder;

    private List<Callback> callbacks(Path folder) {
        return List.of(LearningRateScheduler.of((epoch, rate) -> epoch % 3 == 2 ? rate * 1.5 : rate),
                ModelCheckpoint.to(folder.resolve("best/{epoch:02d}.ckpt").toString()).monitor(LOSS).saveBestOnly(true),
                ModelCheckpoint.to(folder.resolve("steps/{epoch:02d}-{batch:02d}.ckpt").toString()).saveFreq(2),
                ReduceLROnPlateau.on(VAL_LOSS).factor(0.5).patience(1).minDelta(0.02),
                EarlyStopping.on(VAL_LOSS).patience(3).minDelta(0.02).restoreBestWeights(true),
                CSVLogger.to(folder.resolve("log.csv")));
    }

    private String train(RunFolder run, int stopAfter) {
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(sequential(conv2d(3, 3), relu(), flatten(), dense(1), sigmoid()), Shape.of(6, 6, 1), 5,
                    engine);
            var steps = new AtomicInteger();
            Trainer.of(model, binaryCrossentropy(), adam(0.02)).fit(Batches.of(new Shapes(24, 6), 8).shuffle(3),
                    epochs(EPOCHS).validation(Batches.of(new Shapes(10, 6, 2, false), 4))
                            .callbacks(callbacks(run.path())).runFolder(run)
                            .interrupted(() -> steps.incrementAndGet() >= stopAfter));
            return model.weightsSha256();
        }
    }

    /// Every file a callback wrote: its name, and for a checkpoint the digest of its weights.
    private static TreeMap<String, String> files(Path run) throws IOException {
        var files = new TreeMap<String, String>();
        try (var paths = Files.walk(run); var engine = Engine.cpu(1)) {
            for (var path : paths.filter(Files::isRegularFile).toList()) {
                var name = run.relativize(path).toString();
                if (name.endsWith(".ckpt") && !name.startsWith("checkpoints")) {
                    files.put(name, ModelFile.load(path, engine).model().weightsSha256());
                } else if (name.endsWith(".csv")) files.put(name, Files.readString(path));
            }
        }
        return files;
    }

    @Test
    void aRunStoppedAfterAnyStepLeavesTheSameFilesAndWeights() throws IOException {
        String expected;
        try (var run = RunFolder.create(folder.resolve("whole"), Disk.real(), line -> {
        })) {
            expected = train(run, Integer.MAX_VALUE);
        }
        var files = files(folder.resolve("whole"));
        int epochs = (int) requireNonNull(files.get("log.csv")).lines().count() - 1;
        assertThat(epochs).as("early stopping stopped it").isLessThan(EPOCHS);
        assertThat(files.keySet()).contains("best/01.ckpt", "steps/01-02.ckpt", "steps/02-01.ckpt");

        for (int step = 1; step <= 3 * epochs; step++) {
            var path = folder.resolve("stopped-" + step);
            try (var run = RunFolder.create(path, Disk.real(), line -> {
            })) {
                train(run, step);
            }
            String resumed;
            try (var run = RunFolder.resume(path, Disk.real(), line -> {
            })) {
                resumed = train(run, Integer.MAX_VALUE);
            }
            assertThat(resumed).as("stopped after step %d", step).isEqualTo(expected);
            assertThat(files(path)).as("stopped after step %d", step).isEqualTo(files);
        }
    }

    /// Reliability: a save that fails is told and training goes on; the third in a row ends it.
    @Test
    void theThirdSaveThatFailsInARowEndsTheTraining() {
        var said = new ArrayList<String>();
        var listener = new Callback() {
            @Override
            public void onMessage(String line) {
                said.add(line);
            }
        };
        var checkpoint = ModelCheckpoint.to(folder.resolve("m.ckpt").toString()).writer((model, state, file) -> {
            throw Problem.DISK_FULL.because(file.getFileName() + ": no room");
        });
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(sequential(flatten(), dense(1), sigmoid()), Shape.of(6, 6, 1), 5, engine);
            var trainer = Trainer.of(model, binaryCrossentropy(), adam(0.02));
            assertThatThrownBy(() -> trainer.fit(Batches.of(new Shapes(24, 6), 8),
                    epochs(5).callbacks(checkpoint, listener))).hasMessageStartingWith("E-DISK-FULL m.ckpt: no room");
            assertThat(said).hasSize(2).allMatch(line -> line.startsWith("not saved: E-DISK-FULL m.ckpt: no room"));
        }
    }
}
