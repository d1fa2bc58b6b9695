package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import narwhal.callbacks.CheckpointWriter;
import narwhal.callbacks.Step;
import narwhal.callbacks.Training;
import narwhal.history.Epoch;
import narwhal.history.History;
import narwhal.models.Model;
import org.junit.jupiter.api.Test;

class ProgressTest {
    private static final String EPOCH_1 = "10/10 [==============================] - 2s 200ms/step - loss: 0.5000 - val_loss: 0.2500";

    private final StringWriter shown = new StringWriter();
    private final List<String> log = new ArrayList<>();
    private long now;

    private Progress progress(boolean terminal, boolean colored, Verbosity verbosity) {
        var out = new PrintWriter(shown);
        return Progress.of(new Console(out, out, terminal, colored, 80), verbosity, log::add, () -> now);
    }

    /// Ten steps of 50 ms, a message of another callback, one and a half seconds of validation.
    private void train(Progress progress, int from) {
        progress.onTrainBegin(TRAINING);
        progress.onEpochBegin(TRAINING, 1);
        for (int step = from; step <= 10; step++) {
            now += 50_000_000;
            progress.onStepEnd(TRAINING, new Step(1, step, 10, Map.of("loss", 0.5)));
        }
        now += 1_500_000_000;
        var metrics = new LinkedHashMap<String, Double>();
        metrics.put("loss", 0.5);
        metrics.put("val_loss", 0.25);
        progress.onEpochEnd(TRAINING, new Epoch(1, metrics, 1e-3, 2, Optional.empty()));
        progress.onMessage("Epoch 1: saving model");
        progress.onTrainEnd(TRAINING, new History(List.of()));
    }

    @Test
    void oneLineForEachEpochWhereNobodyWatches() {
        train(progress(false, false, Verbosity.AUTO), 1);
        assertThat(shown.toString().lines()).containsExactly("Epoch 1/60", EPOCH_1, "Epoch 1: saving model");
        assertThat(log).containsExactly("Epoch 1/60", EPOCH_1, "Epoch 1: saving model");
    }

    @Test
    void theLogIsKeptWhereTheConsoleIsSilent() {
        train(progress(true, true, Verbosity.SILENT), 1);
        assertThat(shown.toString()).isEmpty();
        assertThat(log).containsExactly("Epoch 1/60", EPOCH_1, "Epoch 1: saving model");
    }

    @Test
    void theBarIsRedrawnTenTimesASecondAndReplacedByTheFinishedLine() {
        train(progress(true, false, Verbosity.AUTO), 1);
        var drawn = shown.toString().split("\r", -1);
        assertThat(drawn[0]).isEqualTo("Epoch 1/60" + System.lineSeparator());
        // At 50, 150, 250, 350 and 450 ms, and the last step always.
        assertThat(drawn).hasSize(8);
        assertThat(drawn[1]).isEqualTo(" 1/10 [==>...........................] - ETA: 0s - loss: 0.5000");
        assertThat(drawn[6]).isEqualTo("10/10 [==============================] - ETA: 0s - loss: 0.5000");
        assertThat(drawn[7].lines()).containsExactly(EPOCH_1, "Epoch 1: saving model");
        assertThat(log).containsExactly("Epoch 1/60", EPOCH_1, "Epoch 1: saving model");
    }

    @Test
    void coloursOnlyTheDonePartAndNeverInTheLog() {
        train(progress(true, true, Verbosity.AUTO), 1);
        assertThat(shown.toString()).contains("\r 1/10 [\u001b[32m==>\u001b[0m....");
        assertThat(log).containsExactly("Epoch 1/60", EPOCH_1, "Epoch 1: saving model");
    }

    @Test
    void aMessageInTheMiddleErasesTheBar() {
        var progress = progress(true, false, Verbosity.AUTO);
        progress.onEpochBegin(TRAINING, 1);
        now += 100_000_000;
        progress.onStepEnd(TRAINING, new Step(1, 1, 10, Map.of("loss", 0.5)));
        progress.onMessage("not saved");
        assertThat(shown.toString()).endsWith("\rnot saved" + " ".repeat(54) + System.lineSeparator());
        progress.onTrainEnd(TRAINING, new History(List.of()));
        assertThat(shown.toString()).as("nothing is left to end").endsWith("not saved" + " ".repeat(54)
                + System.lineSeparator());
    }

    @Test
    void anInterruptedEpochEndsItsLine() {
        var progress = progress(true, false, Verbosity.AUTO);
        progress.onEpochBegin(TRAINING, 1);
        now += 100_000_000;
        progress.onStepEnd(TRAINING, new Step(1, 1, 10, Map.of("loss", 0.5)));
        progress.onTrainEnd(TRAINING, new History(List.of()));
        assertThat(shown.toString()).endsWith("loss: 0.5000" + System.lineSeparator());
    }

    /// The log of a run that was stopped at step 5 is that of a run never stopped, but for the times.
    @Test
    void aResumedEpochHasOneHeadingAndTheTimeOfItsOwnSteps() {
        var first = progress(false, false, Verbosity.AUTO);
        first.onTrainBegin(TRAINING);
        first.onEpochBegin(TRAINING, 1);
        var state = first.state();

        var resumed = progress(false, false, Verbosity.AUTO);
        resumed.onTrainBegin(TRAINING);
        resumed.restore(TRAINING, state);
        resumed.onEpochBegin(TRAINING, 1);
        for (int step = 6; step <= 10; step++) {
            now += 1_000_000_000;
            resumed.onStepEnd(TRAINING, new Step(1, step, 10, Map.of("loss", 0.5)));
        }
        resumed.onEpochEnd(TRAINING, new Epoch(1, Map.of("loss", 0.5), 1e-3, 2, Optional.empty()));
        assertThat(log).containsExactly("Epoch 1/60",
                "10/10 [==============================] - 5s 1s/step - loss: 0.5000");
    }

    private static final Training TRAINING = new Training() {
        @Override
        public Model model() {
            throw new IllegalStateException();
        }

        @Override
        public int epochs() {
            return 60;
        }

        @Override
        public double learningRate() {
            return 1e-3;
        }

        @Override
        public void learningRate(double rate) {
        }

        @Override
        public void stop(String reason) {
        }

        @Override
        public void save(Path file, CheckpointWriter writer) {
        }

        @Override
        public Snapshot snapshot() {
            throw new IllegalStateException();
        }

        @Override
        public void restoreWeights(Snapshot snapshot) {
        }

        @Override
        public void say(String line) {
        }
    };
}
