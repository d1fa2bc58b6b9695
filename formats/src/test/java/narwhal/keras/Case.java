package narwhal.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import java.util.zip.ZipInputStream;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.layers.Mode;
import narwhal.layers.Pass;
import narwhal.models.Model;
import narwhal.optimizers.Stepper;
import tools.jackson.databind.JsonNode;

/// A model that the real Keras made (`make_keras_files.py`): its files, a batch, what it predicts, how its training goes on.
record Case(String name, Map<String, byte[]> files, float[] x, float[] y, float[] predictions,
        Optional<double[]> losses) {
    private static final int BATCH = 4;

    static List<Case> all() {
        return in("keras3.zip");
    }

    static List<Case> in(String archive) {
        var byName = new LinkedHashMap<String, Map<String, byte[]>>();
        try (var in = new ZipInputStream(Case.class.getResourceAsStream(archive))) {
            for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                int dot = entry.getName().indexOf('.');
                byName.computeIfAbsent(entry.getName().substring(0, dot), n -> new LinkedHashMap<>())
                        .put(entry.getName().substring(dot), in.readAllBytes());
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var cases = new ArrayList<Case>();
        byName.forEach((name, files) -> {
            if (files.containsKey(".case")) cases.add(of(name, files));
        });
        return cases;
    }

    static Case named(String name) {
        return all().stream().filter(c -> c.name.equals(name)).findFirst().orElseThrow();
    }

    private static Case of(String name, Map<String, byte[]> files) {
        var json = Json.parseObject(files.remove(".case"), Problem.INTERNAL, name);
        var losses = json.has("losses")
                ? Optional.of(Stream.of(floats(json.get("losses"))).flatMap(f -> java.util.stream.IntStream
                        .range(0, f.length).mapToObj(i -> json.get("losses").get(i).doubleValue())).mapToDouble(d -> d)
                        .toArray())
                : Optional.<double[]>empty();
        return new Case(name, files, floats(json.get("x")), floats(json.get("y")), floats(json.get("predictions")),
                losses);
    }

    private static float[] floats(JsonNode array) {
        var floats = new float[array.size()];
        for (int i = 0; i < floats.length; i++) floats[i] = (float) array.get(i).doubleValue();
        return floats;
    }

    /// Asserts that a model predicts what Keras predicted.
    void assertPredictions(Model model, String what) {
        var engine = model.engine();
        float[] ours;
        try (var scope = engine.scope()) {
            ours = model.predict(engine.of(model.input().batch(BATCH), x));
        }
        assertThat(ours).as(name + what).hasSameSizeAs(predictions);
        for (int i = 0; i < ours.length; i++)
            assertThat(ours[i]).as(name + what + " prediction " + i).isCloseTo(predictions[i], within(1e-5f));
    }

    private static org.assertj.core.data.Offset<Float> within(float offset) {
        return org.assertj.core.data.Offset.offset(offset);
    }

    /// Asserts that training goes on as it did in Keras.
    void assertTraining(KerasModel loaded, String what) {
        if (losses.isEmpty()) return;
        var compiled = loaded.compiled().orElseThrow();
        var ours = train(loaded.model(), compiled, losses.get().length);
        for (int i = 0; i < ours.length; i++) {
            double theirs = losses.get()[i];
            assertThat(Math.abs(ours[i] - theirs) / Math.abs(theirs))
                    .as("%s%s loss %d: ours %s, Keras' %s", name, what, i, ours[i], theirs).isLessThan(1e-4);
        }
    }

    private double[] train(Model model, Compiled compiled, int steps) {
        var engine = model.engine();
        var stepper = compiled.optimizer().start(engine, model.trainable());
        var state = compiled.state().orElseThrow(() -> new AssertionError(name + ": no optimizer state"));
        state.restore(stepper, engine);
        var losses = new double[steps];
        for (int i = 0; i < steps; i++) {
            long iteration = state.iterations() + i;
            double rate = compiled.optimizer().schedule().map(s -> s.at(iteration)).orElse(state.learningRate());
            losses[i] = step(model, compiled, stepper, engine, rate, iteration + 1);
        }
        return losses;
    }

    private double step(Model model, Compiled compiled, Stepper stepper, Engine engine, double rate, long iteration) {
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            for (var parameter : model.trainable()) tape.watch(parameter.value());
            var predicted = model.forward(engine.of(model.input().batch(BATCH), x),
                    new Pass(tape, Mode.TRAINING, model.randomness(), iteration));
            var targets = engine.of(Shape.of(BATCH, y.length / BATCH), y);
            var each = compiled.loss().perSample(tape, predicted, targets);
            var mean = tape.scale(tape.sum(each), 1f / BATCH, 0);
            var loss = model.penalty(tape).map(penalty -> tape.add(mean, penalty)).orElse(mean);
            double value = engine.read(loss)[0];
            tape.backward(loss);
            stepper.step(tape, rate, iteration);
            return value;
        }
    }
}
