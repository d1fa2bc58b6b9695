package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.EpochLines;
import narwhal.history.ValidationAudit;
import narwhal.history.facts.FactKey;
import narwhal.history.log.LogFormat.Kind;
import narwhal.history.log.Metric;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LogsTest {
    @TempDir
    Path folder;

    private static void refused(Problem problem, String words,
            org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        assertThatThrownBy(call).isInstanceOfSatisfying(NarwhalException.class, e -> {
            assertThat(e.problem()).isEqualTo(problem);
            assertThat(e.getMessage()).contains(words).doesNotContain("\n");
            assertThat(e.problem().exitCode()).isEqualTo(3);
        });
    }

    @Test
    void noSuchFile() {
        refused(Problem.LOG_UNREADABLE, "no such file", () -> Logs.read(folder.resolve("missing.log")));
        refused(Problem.LOG_UNREADABLE, "without epochs.jsonl", () -> Logs.read(folder));
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "\n\n \n", "hello", "import keras\nmodel.fit(x, y)\n",
        "the loss is not what I expect\n", "loss loss loss 3 epochs"})
    void noEpoch(String text) {
        refused(Problem.LOG_UNKNOWN_FORMAT, "test", () -> Logs.read(text.getBytes(StandardCharsets.UTF_8), "test"));
    }

    @Test
    void saysWhatItSaw() {
        refused(Problem.LOG_UNKNOWN_FORMAT, "saw 2 lines, 1 with the word epoch and 1 with a loss or accuracy",
                () -> Logs.read("after every epoch\nmy loss grows\n".getBytes(StandardCharsets.UTF_8), "test"));
        refused(Problem.LOG_UNKNOWN_FORMAT, "an HDF5 file",
                () -> Logs.read("\u0089HDF\r\n\u001a\n".getBytes(StandardCharsets.ISO_8859_1), "test"));
        refused(Problem.LOG_UNKNOWN_FORMAT, "a zip file",
                () -> Logs.read("PK\u0003\u0004x".getBytes(StandardCharsets.ISO_8859_1), "test"));
    }

    @Test
    void ourOwnRunFolder() throws IOException {
        var audit = new ValidationAudit(6, 8, List.of(new ValidationAudit.ClassCount("cat", 4, 4, 3),
                new ValidationAudit.ClassCount("dog", 4, 2, 1)));
        var lines = new StringBuilder();
        for (int e = 1; e <= 3; e++) {
            var metrics = new LinkedHashMap<String, Double>();
            metrics.put("loss", 1.0 / e);
            metrics.put("val_loss", e == 3 ? Double.NaN : 1.1 / e);
            metrics.put("val_accuracy", 4.0 / 6);
            lines.append(EpochLines.write(new Epoch(e, metrics, 0.001, 2.5, Optional.of(audit)))).append('\n');
        }
        Files.writeString(folder.resolve("epochs.jsonl"), lines.toString());
        Files.writeString(folder.resolve("run.json"),
                """
                        {"settings": {"optimizer": "adam", "learning-rate": 0.001, "batch-size": 32, "epochs": 3, "loss": "categorical_crossentropy"},
                         "data": {"train": {"images": 100}, "validation": {"images": 8}}, "class_names": ["cat", "dog"]}""");
        var log = Logs.read(folder);
        assertThat(log.format().kind()).isEqualTo(Kind.RUN_FOLDER);
        var run = log.runs().getFirst();
        assertThat(run.series(Metric.LOSS).values()).containsExactly(1.0, 1.0 / 2, 1.0 / 3);
        assertThat(run.series(Metric.VAL_LOSS).finite()).isFalse();
        assertThat(run.epochs().getFirst().audit()).contains(audit);
        assertThat(run.epochs().getFirst().seconds()).hasValue(2.5);
        assertThat(run.data().validationImages()).hasValue(8);
        assertThat(run.data().trainingImages()).hasValue(100);
        assertThat(run.data().classes()).hasValue(2);
        assertThat(run.announced()).hasValue(3);
        assertThat(log.facts().value(FactKey.TRAINING_BATCH)).contains(32L);
        assertThat(log.facts().value(FactKey.OPTIMIZER).orElseThrow().learningRate()).hasValue(0.001);
        var file = Logs.read(folder.resolve("epochs.jsonl"));
        assertThat(file.runs().getFirst().series(Metric.LOSS)).isEqualTo(run.series(Metric.LOSS));
    }

    @Test
    void aRunThatWasKilledWhileItWrote() throws IOException {
        var line = EpochLines
                .write(new Epoch(1, new LinkedHashMap<>(java.util.Map.of("loss", 0.5)), 0.1, 1, Optional.empty()));
        Files.writeString(folder.resolve("epochs.jsonl"), line + "\n" + line.substring(0, line.length() / 2));
        assertThat(Logs.read(folder).runs().getFirst().epochs()).hasSize(1);
        Files.writeString(folder.resolve("epochs.jsonl"), "");
        refused(Problem.LOG_UNKNOWN_FORMAT, "no epoch yet", () -> Logs.read(folder));
        Files.writeString(folder.resolve("epochs.jsonl"), "broken\n" + line + "\n");
        refused(Problem.LOG_UNKNOWN_FORMAT, "epochs.jsonl:1", () -> Logs.read(folder));
    }

    @Test
    void csvOfEveryKind() {
        var rows = List.of("0,0.9012345678,0.5,0.8,0.6,0.001", "1,0.7012345678,0.75,NA,NA,0.001",
                "2,0.6012345678,0.8125,0.7,0.65,0.0005");
        for (var separator : new String[]{",", ";", "\t"}) {
            var text = ("epoch,loss,accuracy,val_loss,val_accuracy,lr\r\n" + String.join("\r\n", rows) + "\r\n")
                    .replace(",", separator);
            var run = Logs.read(text.getBytes(StandardCharsets.UTF_8), "test").runs().getFirst();
            assertThat(run.series(Metric.LOSS).epochs()).containsExactly(1, 2, 3);
            assertThat(run.series(Metric.VAL_LOSS).epochs()).containsExactly(1, 3);
            assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.5, 0.75, 0.8125);
            assertThat(run.epochs().getLast().learningRate().orElseThrow().value()).isEqualTo(0.0005);
        }
    }

    @Test
    void csvWithoutEpochWithIndexAndAppended() {
        var pandas = Logs.read(",loss,val_loss\n0,0.5,0.6\n1,0.4,0.5\n".getBytes(StandardCharsets.UTF_8), "test").runs()
                .getFirst();
        assertThat(pandas.series(Metric.VAL_LOSS).values()).containsExactly(0.6, 0.5);
        var appended = Logs.read("epoch,loss\n0,0.5\n1,0.4\n0,0.45\n1,0.35\n2,0.3\n".getBytes(StandardCharsets.UTF_8),
                "test");
        assertThat(appended.runs()).hasSize(2);
        var lightning = Logs.read("epoch,step,train_loss,val_loss\n0,99,0.5,\n0,99,,0.6\n1,199,0.4,\n1,199,,0.5\n"
                .getBytes(StandardCharsets.UTF_8), "test");
        assertThat(lightning.runs().getFirst().series(Metric.VAL_LOSS).values()).containsExactly(0.6, 0.5);
        assertThat(lightning.runs().getFirst().series(Metric.LOSS).values()).containsExactly(0.5, 0.4);
    }

    @ParameterizedTest
    @ValueSource(strings = {
        "{\"loss\": [0.6931471824645996, 0.5, 0.25], \"val_loss\": [0.69, NaN, 0.4], \"lr\": [0.1, 0.1, 0.01]}",
        "{'loss': [0.6931471824645996, 0.5, 0.25], 'val_loss': [0.69, nan, 0.4], 'lr': [0.1, 0.1, 0.01]}",
        "History: {'loss': array([0.6931471824645996, 0.5, 0.25], dtype=float32), 'val_loss': [np.float64(0.69), nan, 0.4], 'lr': (0.1, 0.1, 0.01,)}",
        "[{\"epoch\": 0, \"loss\": 0.6931471824645996, \"val_loss\": 0.69, \"lr\": 0.1}, {\"epoch\": 1, \"loss\": 0.5, \"val_loss\": NaN, \"lr\": 0.1}, "
                + "{\"epoch\": 2, \"loss\": 0.25, \"val_loss\": 0.4, \"lr\": 0.01}]",
        "{\"params\": {\"epochs\": 3}, \"history\": {\"loss\": [0.6931471824645996, 0.5, 0.25], \"val_loss\": [0.69, NaN, 0.4], \"lr\": [0.1, 0.1, 0.01]}}",
        "{\"loss\": {\"0\": 0.6931471824645996, \"1\": 0.5, \"2\": 0.25}, \"val_loss\": {\"0\": 0.69, \"1\": NaN, \"2\": 0.4}, \"lr\": {\"0\": 0.1, \"1\": 0.1, \"2\": 0.01}}"})
    void historiesOfEveryKind(String text) {
        var log = Logs.read(text.getBytes(StandardCharsets.UTF_8), "test");
        assertThat(log.format().kind()).isEqualTo(Kind.HISTORY);
        var run = log.runs().getFirst();
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.6931471824645996, 0.5, 0.25);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.69, Double.NaN, 0.4);
        assertThat(run.epochs().getLast().learningRate().orElseThrow().value()).isEqualTo(0.01);
        assertThat(run.series(Metric.LOSS).epochs()).containsExactly(1, 2, 3);
    }

    @Test
    void listsGivenToNames() {
        var run = Logs.read(
                "train_losses = [0.9, 0.5, 0.3]\nval_losses = [0.95, 0.6, 0.5]\ntrain_acc = [55.1, 70.2, 80.3]\n"
                        .getBytes(StandardCharsets.UTF_8),
                "test").runs().getFirst();
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.95, 0.6, 0.5);
        assertThat(run.series(Metric.ACCURACY).values()).containsExactly(0.551, 0.702, 0.803);
    }

    @Test
    void validationListsOfEverySecondEpoch() {
        var run = Logs
                .read("{\"loss\": [4, 3, 2, 1], \"val_loss\": [3.5, 1.5]}".getBytes(StandardCharsets.UTF_8), "test")
                .runs().getFirst();
        assertThat(run.series(Metric.VAL_LOSS).epochs()).containsExactly(2, 4);
        assertThat(run.validationEvery()).hasValue(2);
    }

    @Test
    void countsWithANumber() {
        var falling = Logs.read("99 1013.4\n199 571.2\n299 322.8\n399 183.1\n499 104.6\n"
                .getBytes(StandardCharsets.UTF_8), "test").runs().getFirst();
        assertThat(falling.series(Metric.LOSS).values()).containsExactly(1013.4, 571.2, 322.8, 183.1, 104.6);
        var rising = Logs.read("1 0.12\n2 0.35\n3 0.48\n4 0.57\n5 0.61\n".getBytes(StandardCharsets.UTF_8), "test")
                .runs().getFirst();
        assertThat(rising.series(Metric.ACCURACY).values()).containsExactly(0.12, 0.35, 0.48, 0.57, 0.61);
        refused(Problem.LOG_UNKNOWN_FORMAT, "none with both",
                () -> Logs.read("1 0.12\n7 0.35\n3 0.48\n4 0.57\n5 0.61\n".getBytes(StandardCharsets.UTF_8), "test"));
    }

    @Test
    void theScriptAboveTheLogIsRead() {
        var text = "batch_size = 64\nmodel.compile(loss='mse', optimizer=SGD(lr=0.5))\nEpoch 1/2\n10/10 [======] - 1s 100ms/step - loss: 0.5000\n";
        var log = Logs.read(text.getBytes(StandardCharsets.UTF_8), "test");
        assertThat(log.facts().value(FactKey.TRAINING_BATCH)).contains(64L);
        assertThat(log.facts().value(FactKey.LOSS)).contains("mean_squared_error");
        assertThat(log.facts().value(FactKey.LEARNING_RATE)).contains(0.5);
        assertThat(log.facts().ignored()).isEmpty();
    }
}
