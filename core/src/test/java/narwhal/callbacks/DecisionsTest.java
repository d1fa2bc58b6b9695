package narwhal.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import narwhal.errors.Problem;
import narwhal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/// The oracle is real Keras, 3.15.1 and 2.2.4, on 200 generated histories with ties, gaps, cooldowns and values that are not
/// numbers: `decisions.jsonl`, made by `decisions.py` beside it.
class DecisionsTest {
    /// One history, the callbacks' settings and what Keras decided.
    private record Case(String line, JsonNode node, Semantics semantics) {
        double[] values() {
            var values = new double[node.path("values").size()];
            for (int i = 0; i < values.length; i++) values[i] = Json.number(node.path("values").get(i));
            return values;
        }

        Monitor monitor() {
            return node.path("monitor").asString().equals("val_loss") ? Monitor.VAL_LOSS : Monitor.VAL_ACCURACY;
        }

        JsonNode keras() {
            return node.path(semantics == Semantics.KERAS_3 ? "keras3" : "keras2");
        }

        double number(String name) {
            return Json.number(node.path(name));
        }

        int count(String name) {
            return node.path(name).asInt();
        }

        ReduceLROnPlateau reduce() {
            return ReduceLROnPlateau.on(monitor()).factor(number("factor")).patience(count("patience"))
                    .minDelta(number("min_delta")).cooldown(count("cooldown")).minLearningRate(number("min_lr"))
                    .semantics(semantics);
        }

        ModelCheckpoint checkpoint() {
            var checkpoint = ModelCheckpoint.to("model-{epoch:02d}-{" + monitor().name() + ":.3f}.keras")
                    .writer(FakeTraining.UNWRITTEN).monitor(monitor()).saveBestOnly(true).semantics(semantics);
            return semantics == Semantics.KERAS_3 ? checkpoint : checkpoint.period(count("period"));
        }

        EarlyStopping stopping() {
            var stopping = EarlyStopping.on(monitor()).patience(count("stop_patience"))
                    .minDelta(number("stop_min_delta")).restoreBestWeights(true).semantics(semantics);
            if (!node.path("baseline").isNull()) stopping = stopping.baseline(number("baseline"));
            return semantics == Semantics.KERAS_3 ? stopping.startFromEpoch(count("start_from_epoch")) : stopping;
        }

        double rate() {
            return number("learning_rate");
        }
    }

    /// What was decided, in one form for Keras and for us.
    private record Decisions(List<String> rates, List<String> saved, int stopped, int restored) {
        static Decisions of(JsonNode keras) {
            var rates = new ArrayList<String>();
            keras.path("rates").forEach(change -> rates.add(change.get(0).asInt() + ": " + change.get(1).asDouble()));
            var saved = new ArrayList<String>();
            keras.path("saved").forEach(name -> saved.add(name.asString()));
            return new Decisions(rates, saved, keras.path("stopped").asInt(0), keras.path("restored").asInt(0));
        }
    }

    private static List<Case> cases(Semantics semantics) throws IOException {
        return lines("decisions.jsonl").stream().map(node -> new Case(node.toString(), node, semantics)).toList();
    }

    /// Early stopping is asked apart, so that the others see the whole history.
    private static Decisions decide(Case c, int interruptedAfter) {
        var training = new FakeTraining(c.rate(), c.reduce(), c.checkpoint()).begin();
        var stopper = new FakeTraining(c.rate(), c.stopping()).begin();
        var rates = new ArrayList<String>();
        var saved = new ArrayList<String>();
        var values = c.values();
        int stopped = 0;
        for (int epoch = 1; epoch <= values.length; epoch++) {
            double before = training.learningRate();
            training.epoch(epoch, Map.of(c.monitor().name(), values[epoch - 1]));
            if (training.learningRate() != before) rates.add(epoch + ": " + training.learningRate());
            if (stopped == 0) {
                stopper.epoch(epoch, Map.of(c.monitor().name(), values[epoch - 1]));
                if (stopper.stopReason != null) stopped = epoch;
            }
            if (epoch == interruptedAfter) {
                saved.addAll(training.saved);
                training = new FakeTraining(c.rate(), c.reduce(), c.checkpoint())
                        .resume(training.states(), training.learningRate());
                stopper = new FakeTraining(c.rate(), c.stopping()).resume(stopper.states(), c.rate());
                assertThat(stopper.stopReason != null).as("a stopped training stays stopped").isEqualTo(stopped > 0);
            }
        }
        stopper.end();
        saved.addAll(training.saved);
        return new Decisions(rates, saved, stopped, stopper.restored);
    }

    @ParameterizedTest
    @EnumSource
    void decidesAsKeras(Semantics semantics) throws IOException {
        assertThat(cases(semantics)).hasSize(200).allSatisfy(c -> assertThat(decide(c, 0)).as(c.line)
                .isEqualTo(Decisions.of(c.keras())));
    }

    @ParameterizedTest
    @EnumSource
    void aTrainingInterruptedAfterAnyEpochDecidesTheSame(Semantics semantics) throws IOException {
        for (var c : cases(semantics)) {
            var expected = Decisions.of(c.keras());
            for (int epoch = 1; epoch <= c.values().length; epoch++) {
                int interrupted = epoch;
                assertThat(decide(c, epoch)).as(() -> "after epoch " + interrupted + " of " + c.line)
                        .isEqualTo(expected);
            }
        }
    }

    /// What the histories are for is in them: without one of these the test above would prove less than it says.
    @Test
    void theHistoriesHoldTheHardCases() throws IOException {
        var cases = cases(Semantics.KERAS_3);
        assertThat(cases).filteredOn(c -> !Double.isFinite(c.values()[0])).hasSizeGreaterThan(5);
        assertThat(cases).filteredOn(c -> c.node.path("keras3").path("rates").size() > 2).hasSizeGreaterThan(30);
        assertThat(cases).filteredOn(c -> c.count("cooldown") > 0).hasSizeGreaterThan(50);
        assertThat(cases).filteredOn(c -> !c.node.path("keras3").path("stopped").isNull()).hasSizeGreaterThan(50);
        assertThat(cases).filteredOn(c -> !c.node.path("keras3").path("saved").equals(c.node.path("keras2").path(
                "saved"))).hasSizeGreaterThan(20);
        assertThat(cases).filteredOn(c -> !c.node.path("keras3").path("rates").equals(c.node.path("keras2").path(
                "rates"))).hasSizeGreaterThan(2);
    }

    /// Oracle: Keras 3, asked by `checkpoints.py`.
    @Test
    void savesWithinEpochsAndStopsWithoutRestoringAsKeras() throws IOException {
        var lines = lines("checkpoints.jsonl");
        assertThat(lines).hasSize(200);
        int byStep = 0;
        int saved = 0;
        for (var node : lines) {
            boolean steps = node.path("save_freq").isInt();
            if (steps) byStep++;
            var checkpoint = ModelCheckpoint.to(steps
                    ? "m-{epoch:02d}-{batch:03d}-{loss:.4f}.keras"
                    : "m-{epoch:02d}-{val_loss:.3f}.keras").writer(FakeTraining.UNWRITTEN)
                    .monitor(steps ? Monitor.LOSS : Monitor.VAL_LOSS)
                    .saveBestOnly(node.path("save_best_only").asBoolean());
            if (steps) checkpoint = checkpoint.saveFreq(node.path("save_freq").asInt());
            if (!node.path("threshold").isNull()) {
                checkpoint = checkpoint.initialValueThreshold(node.path("threshold").asDouble());
            }
            var stopping = EarlyStopping.on(Monitor.VAL_LOSS).minDelta(node.path("min_delta").asDouble())
                    .patience(node.path("patience").asInt()).startFromEpoch(node.path("start_from_epoch").asInt());
            if (!node.path("baseline").isNull()) stopping = stopping.baseline(node.path("baseline").asDouble());
            var decided = decide(node, checkpoint, stopping);
            assertThat(decided).as(node.toString()).isEqualTo(Decisions.of(node.path("keras")));
            saved += decided.saved.size();
        }
        assertThat(byStep).isBetween(100, 199);
        assertThat(saved).isGreaterThan(400);
    }

    private static Decisions decide(JsonNode node, ModelCheckpoint checkpoint, EarlyStopping stopping) {
        var training = new FakeTraining(0.1, checkpoint).begin();
        var stopper = new FakeTraining(0.1, stopping).begin();
        int stopped = 0;
        int epoch = 0;
        for (var values : node.path("epochs")) {
            epoch++;
            int steps = values.path("losses").size();
            double loss = 0;
            for (int step = 1; step <= steps; step++) {
                loss = values.path("losses").get(step - 1).asDouble();
                checkpoint.onStepEnd(training, new Step(epoch, step, steps, Map.of("loss", loss)));
            }
            var metrics = Map.of("loss", loss, "val_loss", values.path("val_loss").asDouble());
            training.epoch(epoch, metrics);
            if (stopped == 0) {
                stopper.epoch(epoch, metrics);
                if (stopper.stopReason != null) stopped = epoch;
            }
        }
        stopper.end();
        return new Decisions(List.of(), training.saved, stopped, stopper.restored);
    }

    private static List<JsonNode> lines(String file) throws IOException {
        try (var in = DecisionsTest.class.getResourceAsStream(file)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().map(line -> Json.parseWithNotANumber(
                    line.getBytes(StandardCharsets.UTF_8), Problem.LOG_UNKNOWN_FORMAT, file)).toList();
        }
    }
}
