package narwhal.losses;

import static narwhal.losses.Losses.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.engine.GradientCheck;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.golden.Golden;
import narwhal.layers.Activation.Function;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.node.ObjectNode;

/// Losses and their gradients against Keras 3.15.1 (`src/test/python/losses.py`).
class KerasLossesTest {
    private static final ObjectNode GOLDEN = Golden.read("losses.json");
    private static final int SAMPLES = 6;

    /// What makes predictions of the numbers.
    private interface Last {
        Tensor of(Tape tape, Tensor x);
    }

    private record Case(Loss loss, Last last) {}

    private static final Map<String, Case> CASES = new TreeMap<>();

    static {
        Last sigmoid = (tape, x) -> Function.SIGMOID.apply(tape, x);
        Last softmax = (tape, x) -> Function.SOFTMAX.apply(tape, x);
        Last half = (tape, x) -> tape.scale(x, 1f / 8, 0.5f);
        Last none = (tape, x) -> x;
        CASES.put("binary", new Case(binaryCrossentropy(), sigmoid));
        CASES.put("binary saturated", new Case(binaryCrossentropy(), sigmoid));
        CASES.put("binary probabilities", new Case(binaryCrossentropy(), half));
        CASES.put("binary logits", new Case(binaryCrossentropy().fromLogits(true), none));
        CASES.put("binary smooth", new Case(binaryCrossentropy().labelSmoothing(0.1), sigmoid));
        CASES.put("binary smooth logits",
                new Case(binaryCrossentropy().labelSmoothing(0.3).fromLogits(true), none));
        CASES.put("categorical", new Case(categoricalCrossentropy(), softmax));
        CASES.put("categorical probabilities", new Case(categoricalCrossentropy(), half));
        CASES.put("categorical logits", new Case(categoricalCrossentropy().fromLogits(true), none));
        CASES.put("categorical smooth", new Case(categoricalCrossentropy().labelSmoothing(0.2), softmax));
        CASES.put("categorical smooth logits",
                new Case(sparseCategoricalCrossentropy().labelSmoothing(0.2).fromLogits(true), none));
        CASES.put("squared", new Case(meanSquaredError(), none));
        CASES.put("squared one", new Case(meanSquaredError(), sigmoid));
        CASES.put("absolute", new Case(meanAbsoluteError(), none));
    }

    static Stream<String> cases() {
        return CASES.keySet().stream();
    }

    @Test
    void everyGoldenIsCompared() {
        assertThat(CASES.keySet()).containsExactlyInAnyOrderElementsOf(GOLDEN.propertyNames());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void equalsKeras(String name) {
        var test = Objects.requireNonNull(CASES.get(name));
        var golden = GOLDEN.path(name);
        int classes = golden.path("classes").asInt();
        try (var engine = Engine.cpu(1); var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            var x = tape.watch(engine.scale(Golden.tensor(engine, 3, Shape.of(SAMPLES, classes)),
                    (float) golden.path("scale").asDouble(), 0));
            var losses = test.loss.perSample(tape, test.last.of(tape, x), targets(engine, classes));

            assertThat(losses.shape()).isEqualTo(Shape.of(SAMPLES));
            Golden.assertClose("losses", engine.read(losses), golden.path("losses"), 2e-6);
            tape.backward(tape.sum(tape.multiply(losses, Golden.tensor(engine, 4, Shape.of(SAMPLES)))));
            Golden.assertClose("gradient", engine.read(tape.gradient(x).orElseThrow()), golden.path("gradient"), 2e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void gradientsAreSlopes(String name) {
        var test = Objects.requireNonNull(CASES.get(name));
        int classes = GOLDEN.path(name).path("classes").asInt();
        try (var engine = Engine.cpu(1)) {
            var x = Golden.tensor(engine, 3, Shape.of(SAMPLES, classes));
            var targets = targets(engine, classes);

            assertThat(GradientCheck.differences(engine,
                    tape -> test.loss.perSample(tape, test.last.of(tape, x), targets), List.of(x))).isEmpty();
        }
    }

    private static Tensor targets(Engine engine, int classes) {
        var rows = new float[SAMPLES * classes];
        for (int i = 0; i < SAMPLES; i++) {
            if (classes == 1) rows[i] = i % 2;
            else
                rows[i * classes + i % classes] = 1;
        }
        return engine.of(Shape.of(SAMPLES, classes), rows);
    }

    @Test
    void smoothingHasItsRange() {
        assertThatThrownBy(() -> binaryCrossentropy().labelSmoothing(1.5))
                .hasMessage("labels are smoothed by 0 to 1, got 1.5");
    }
}
