package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.stream.Stream;
import narwhal.errors.Problem;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat.Framework;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress.Unit;
import narwhal.history.log.Role;
import narwhal.history.log.TrainingLog;
import narwhal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/// Logs of real Keras 3 (made by `src/test/python/keras_logs.py`), each with what Keras' own History recorded beside it.
class KerasLogsTest {
    private static final Path LOGS = Path.of("src/test/resources/keras");

    static TrainingLog read(String name) {
        return Logs.read(LOGS.resolve(name));
    }

    static List<Truth> truth(String name) throws IOException {
        var json = Json.parseWithNotANumber(Files.readAllBytes(LOGS.resolve(name + ".truth.json")),
                Problem.LOG_UNREADABLE, name);
        var runs = new ArrayList<Truth>();
        for (var run : json.path("runs")) {
            var values = new LinkedHashMap<String, double[]>();
            run.path("history").properties().forEach(entry -> values.put(entry.getKey(), numbers(entry.getValue())));
            values.remove("learning_rate");
            var epochs = new ArrayList<Integer>();
            for (var number : run.path("epoch")) epochs.add(number.asInt());
            runs.add(new Truth(epochs, values));
        }
        return runs;
    }

    private static double[] numbers(JsonNode list) {
        var numbers = new double[list.size()];
        for (int i = 0; i < numbers.length; i++) numbers[i] = Json.number(list.get(i));
        return numbers;
    }

    static Stream<String> wholeRuns() {
        return Stream.of("bar", "bar-terminal", "lines", "lines-terminal", "callbacks", "callbacks-lines",
                "callbacks-terminal", "no-validation",
                "two-fits", "initial-epoch", "many-metrics", "evaluate", "summary", "printing", "missing-monitor",
                "exploded");
    }

    @ParameterizedTest
    @MethodSource("wholeRuns")
    void sameHistoryAsKeras(String name) throws IOException {
        var log = read(name + ".log");
        var truth = truth(name);
        assertThat(log.runs()).hasSameSizeAs(truth);
        for (int r = 0; r < truth.size(); r++) truth.get(r).matches(log.runs().get(r));
        assertThat(log.format().framework()).isEqualTo(Framework.KERAS_3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"callbacks", "callbacks-lines", "callbacks-terminal"})
    void csvLoggerWithAllDigits(String name) throws IOException {
        var log = read(name + ".csv");
        truth(name).getFirst().matches(log);
        for (var epoch : log.runs().getFirst().epochs()) {
            assertThat(epoch.metrics().values()).allMatch(reading -> reading.full());
            assertThat(epoch.learningRate()).isPresent();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"history.json", "history.py.txt"})
    void historyAsJsonAndAsPythonPrintsIt(String name) throws IOException {
        truth("bar").getFirst().matches(read(name));
    }

    @Test
    void callbacksBecomeEvents() {
        var run = read("callbacks.log").runs().getFirst();
        var saved = run.events(Event.Checkpoint.class).stream()
                .filter(event -> event.saved() && event.monitor().isPresent()).toList();
        assertThat(saved.getFirst().monitor()).contains("val_loss");
        assertThat(saved.getFirst().path()).contains("best.keras");
        assertThat(saved.getFirst().epoch()).hasValue(1);
        var cut = run.events(Event.LearningRate.class);
        assertThat(cut).isNotEmpty().allMatch(Event.LearningRate::onPlateau);
        assertThat(cut.getFirst().rate()).isCloseTo(0.025, org.assertj.core.data.Offset.offset(1e-6));
        assertThat(run.events(Event.EarlyStopping.class)).singleElement()
                .satisfies(event -> assertThat(event.epoch()).hasValue(5));
        assertThat(run.events(Event.BestRestored.class)).singleElement()
                .satisfies(event -> assertThat(event.bestEpoch()).isPresent());
        assertThat(run.completeEpochs().getFirst().learningRate().orElseThrow().value()).isEqualTo(0.05);
    }

    @Test
    void validationInEverySecondEpoch() {
        var run = read("validation-freq.log").runs().getFirst();
        assertThat(run.validationEvery()).hasValue(2);
        assertThat(run.series(Metric.VAL_LOSS).epochs()).containsExactly(2, 4, 6);
        assertThat(run.series(Metric.LOSS).size()).isEqualTo(6);
    }

    @Test
    void fitsOfOneEpochAreOneRun() throws IOException {
        var run = read("one-epoch-fits.log").runs();
        assertThat(run).hasSize(1);
        assertThat(run.getFirst().series(Metric.LOSS).epochs()).containsExactly(1, 2, 3, 4, 5);
        var truth = truth("one-epoch-fits");
        for (int e = 0; e < 5; e++) {
            assertThat(run.getFirst().series(Metric.LOSS).values()[e])
                    .isCloseTo(truth.get(e).values().get("loss")[0], org.assertj.core.data.Offset.offset(5.1e-5));
        }
    }

    @Test
    void whatEvaluateReturnsClosesTheRun() {
        var bar = "4/4 [==============================] - 1s 66ms/step - loss: 0.%d - acc: 0.75\n";
        var run = Logs.read(("Epoch 1/2\n" + bar.formatted(6) + "Epoch 2/2\n" + bar.formatted(5)
                + "\n>>> model.evaluate(x, y)\n4/4 [==============================] - 0s 310ms/step\n[8.203314781188965, 0.25]\n")
                .getBytes(StandardCharsets.UTF_8), "test").runs().getFirst();
        assertThat(run.closing().get(new Metric(Role.TEST, "loss")).value()).isEqualTo(8.203314781188965);
        assertThat(run.closing().get(new Metric(Role.TEST, "accuracy")).value()).isEqualTo(0.25);
    }

    @Test
    void zerosOfTheFirstEpochWereNotMeasured() {
        var bar = "10/10 [==============================] - 3s 306ms/step - loss: 0.%1$d - accuracy: 0.7 - val_loss: %2$s - val_accuracy: %2$s\n";
        var run = Logs
                .read(("Epoch 1/2\n" + bar.formatted(6, "0.0000e+00") + "Epoch 2/2\n" + bar.formatted(5, "0.4812"))
                        .getBytes(StandardCharsets.UTF_8), "test")
                .runs().getFirst();
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(0.4812);
        assertThat(run.series(Metric.VAL_ACCURACY).epochs()).containsExactly(2);
        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.6, 0.5);
    }

    /// A page that keeps no line ends: warnings run into headers, headers into bars.
    @Test
    void allLineEndsLost() {
        var text = "Epoch 1/3 /usr/lib/python3/x.py:122: UserWarning: Your `PyDataset` class should call it. self._warn() 308/308"
                + " ━━━━━━━━━━━━━━━━━━━━ 37s 3s/step - accuracy: 0.8810 - loss: 0.4406 - val_accuracy: 0.8512 - val_loss: 0.9801"
                + " Epoch 2/3 308/308 ━━━━━━━━━━━━━━━━━━━━ 35s 3s/step - accuracy: 0.9010 - loss: 0.3406 - val_accuracy: 0.8612"
                + " - val_loss: 0.8801 Epoch 3/3 /usr/lib/python3/contextlib.py:153: UserWarning: Your input ran out of data;"
                + " interrupting training. self.gen.throw(typ, value) 308/308 ━━━━━━━━━━━━━━━━━━━━ 36s 3s/step"
                + " - accuracy: 0.9110 - loss: 0.2406 - val_accuracy: 0.8712 - val_loss: 0.7801";

        var run = Logs.read(text.getBytes(StandardCharsets.UTF_8), "page").runs().getFirst();

        assertThat(run.series(Metric.LOSS).values()).containsExactly(0.4406, 0.3406, 0.2406);
        assertThat(run.series(Metric.VAL_ACCURACY).values()).containsExactly(0.8512, 0.8612, 0.8712);
        assertThat(run.events(Event.InputExhausted.class)).hasSize(1);
    }

    @Test
    void inputThatRanOut() {
        var run = read("ran-out.log").runs().getFirst();
        assertThat(run.events(Event.InputExhausted.class)).isNotEmpty();
        assertThat(run.announced()).hasValue(4);
    }

    /// TensorFlow's remark at the end of any finite dataset.
    @Test
    void theEndOfADatasetIsNoTrouble() {
        var text = "Epoch 1/1\n10/10 - 1s - 2ms/step - loss: 0.5000 - val_loss: 0.6000\n2025-12-14 14:09:48.030594: I tensorflow/core/"
                + "framework/local_rendezvous.cc:407] Local rendezvous is aborting with status: OUT_OF_RANGE: End of sequence\n";
        var run = Logs.read(text.getBytes(StandardCharsets.UTF_8), "log").runs().getFirst();
        assertThat(run.events(Event.InputExhausted.class)).isEmpty();
    }

    @Test
    void notANumber() {
        var run = read("nan.log").runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(3);
        assertThat(run.series(Metric.LOSS).finite()).isFalse();
    }

    @Test
    void anEvaluationIsNoEpoch() {
        var run = read("evaluate.log").runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(3);
        assertThat(run.closing().keySet()).containsExactlyInAnyOrder(new Metric(Role.TEST, "loss"),
                new Metric(Role.TEST, "accuracy"));
    }

    @Test
    void summaryTable() {
        var model = read("summary.log").runs().getFirst().data().model().orElseThrow();
        assertThat(model.parameters()).hasValue(68);
        assertThat(model.layers()).extracting(layer -> layer.kind()).containsExactly("Dense", "Dense");
        assertThat(model.layers().getLast().shape()).containsExactly(2L);
        assertThat(model.layers().getFirst().parameters()).isEqualTo(54);
    }

    @Test
    void bareNumbersOfACallbackAreSteps() {
        var epoch = read("printing.log").runs().getFirst().epochs().getFirst();
        assertThat(epoch.steps()).hasSizeGreaterThanOrEqualTo(8);
        assertThat(epoch.steps().getLast().metrics().keySet()).containsExactly(Metric.LOSS, Metric.ACCURACY);
    }

    @Test
    void aMonitorThatIsMissing() {
        var run = read("missing-monitor.log").runs().getFirst();
        assertThat(run.events(Event.MonitorMissing.class)).isNotEmpty()
                .allMatch(event -> event.monitor().equals("val_acc"));
    }

    @Test
    void stepsAreBatches() {
        var progress = read("bar.log").runs().getFirst().epochs().getFirst().progress().orElseThrow();
        assertThat(progress.unit()).isEqualTo(Unit.BATCHES);
        assertThat(progress.target()).hasValue(8);
        assertThat(progress.full()).isTrue();
    }

    /// Somebody's own loop of fits: a loss far above where anything began is an explosion, not another network.
    @Test
    void oneEpochFitsThatExplodeStayOneRun() {
        var text = new StringBuilder();
        for (var loss : List.of("1.9895", "1.6382", "1.5460", "1.4973", "1.4682", "1.4466", "4.7329", "12.5951")) {
            text.append("Epoch 1/1\n1000/1000 [==============================] - 126s - loss: ").append(loss)
                    .append("\n");
        }
        assertThat(Logs.read(text.toString().getBytes(StandardCharsets.UTF_8), "log").runs()).hasSize(1);
    }

    @Test
    void headlinesThatLostTheirLineEnd() {
        var run = Logs.read("""
                Epoch 1/200 50000/50000 - 55s - loss: 2.3037 - acc: 0.0978 - val_loss: 2.3035 - val_acc: 0.1000
                Epoch 2/200 50000/50000 - 55s - loss: 2.3034 - acc: 0.0995 - val_loss: 2.3033 - val_acc: 0.1000
                """.getBytes(StandardCharsets.UTF_8), "log").runs().getFirst();
        assertThat(run.completeEpochs()).hasSize(2);
        assertThat(run.series(Metric.VAL_LOSS).values()).containsExactly(2.3035, 2.3033);
    }
}
