package narwhal.optimizers;

import static narwhal.optimizers.Optimizers.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;
import narwhal.golden.Golden;
import narwhal.layers.Parameter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Fifty steps of every optimizer, its memory after them, and the values of every schedule against Keras 3.15.1
/// (`src/test/python/optimizers.py`).
class KerasOptimizersTest {
    private static final ObjectNode GOLDEN = Golden.read("optimizers.json");
    private static final Map<String, Optimizer> OPTIMIZERS = new TreeMap<>();
    private static final Map<String, Schedule> SCHEDULES = new TreeMap<>();

    static {
        OPTIMIZERS.put("sgd", sgd(0.05));
        OPTIMIZERS.put("sgd momentum", sgd(0.05).momentum(0.9));
        OPTIMIZERS.put("sgd nesterov", sgd(0.05).momentum(0.8).nesterov(true));
        OPTIMIZERS.put("sgd clipnorm", sgd(0.05).clipnorm(0.9));
        OPTIMIZERS.put("sgd global clipnorm", sgd(0.05).globalClipnorm(1.5));
        OPTIMIZERS.put("sgd clipvalue", sgd(0.05).momentum(0.5).clipvalue(0.4));
        OPTIMIZERS.put("sgd decay", sgd(0.05).weightDecay(0.1));
        OPTIMIZERS.put("rmsprop", rmsprop(0.01));
        OPTIMIZERS.put("rmsprop momentum", rmsprop(0.01).rho(0.8).momentum(0.7));
        OPTIMIZERS.put("rmsprop centered", rmsprop(0.01).centered(true).epsilon(1e-5));
        OPTIMIZERS.put("rmsprop centered momentum", rmsprop(0.01).centered(true).momentum(0.5).epsilon(1e-3));
        OPTIMIZERS.put("adam", adam(0.01));
        OPTIMIZERS.put("adam betas", adam(0.01).beta1(0.8).beta2(0.99).epsilon(1e-3));
        OPTIMIZERS.put("adam amsgrad", adam(0.01).amsgrad(true));
        OPTIMIZERS.put("adam decay clipnorm", adam(0.01).weightDecay(0.02).globalClipnorm(1));
        OPTIMIZERS.put("adamw", adamW(0.01));
        OPTIMIZERS.put("adamax", adamax(0.01));
        OPTIMIZERS.put("nadam", nadam(0.01));
        OPTIMIZERS.put("lion", lion(0.01));
        OPTIMIZERS.put("sgd exponential", sgd(Schedules.exponentialDecay(0.1, 7, 0.5)));
        OPTIMIZERS.put("adam cosine",
                adam(new CosineDecay(0, 30, 0, java.util.OptionalDouble.of(0.02), 5)));
        clipped("rmsprop", rmsprop(0.01));
        clipped("adam", adam(0.01));
        clipped("adamw", adamW(0.01));
        clipped("adamax", adamax(0.01));
        clipped("nadam", nadam(0.01));
        clipped("lion", lion(0.01));

        SCHEDULES.put("exponential", Schedules.exponentialDecay(0.1, 7, 0.5));
        SCHEDULES.put("exponential stairs", Schedules.exponentialDecay(0.1, 7, 0.5).staircase(true));
        SCHEDULES.put("inverse", Schedules.inverseTimeDecay(0.1, 7, 0.5));
        SCHEDULES.put("inverse stairs", Schedules.inverseTimeDecay(0.1, 7, 0.5).staircase(true));
        SCHEDULES.put("polynomial", Schedules.polynomialDecay(0.1, 40));
        SCHEDULES.put("polynomial power", Schedules.polynomialDecay(0.1, 40).endLearningRate(0.01).power(2));
        SCHEDULES.put("polynomial cycle", Schedules.polynomialDecay(0.1, 12).endLearningRate(0.01).cycle(true));
        SCHEDULES.put("cosine", Schedules.cosineDecay(0.1, 40));
        SCHEDULES.put("cosine alpha", Schedules.cosineDecay(0.1, 40).alpha(0.2));
        SCHEDULES.put("cosine warmup", Schedules.cosineDecay(0.01, 30).alpha(0.1).warmup(0.1, 10));
        SCHEDULES.put("restarts", Schedules.cosineDecayRestarts(0.1, 8));
        SCHEDULES.put("restarts equal", Schedules.cosineDecayRestarts(0.1, 9).tMul(1).mMul(0.5).alpha(0.1));
        SCHEDULES.put("restarts lower", Schedules.cosineDecayRestarts(0.1, 6).tMul(1.5).mMul(0.8));
        SCHEDULES.put("piecewise",
                Schedules.piecewiseConstantDecay(List.of(10L, 25L), List.of(0.1, 0.05, 0.01)));
    }

    /// An optimizer with each kind of clipping.
    private static void clipped(String name, CommonArguments<? extends Optimizer> optimizer) {
        OPTIMIZERS.put(name + " clipnorm", optimizer.clipnorm(0.9));
        OPTIMIZERS.put(name + " global clipnorm", optimizer.globalClipnorm(1.5));
        OPTIMIZERS.put(name + " clipvalue", optimizer.clipvalue(0.4));
    }

    static Stream<String> optimizers() {
        return OPTIMIZERS.keySet().stream();
    }

    static Stream<String> schedules() {
        return SCHEDULES.keySet().stream();
    }

    @Test
    void everyGoldenIsCompared() {
        assertThat(OPTIMIZERS.keySet())
                .containsExactlyInAnyOrderElementsOf(((ObjectNode) GOLDEN.path("steps")).propertyNames());
        assertThat(SCHEDULES.keySet())
                .containsExactlyInAnyOrderElementsOf(((ObjectNode) GOLDEN.path("schedules")).propertyNames());
    }

    @ParameterizedTest
    @MethodSource("optimizers")
    void stepsLikeKeras(String name) {
        var optimizer = Objects.requireNonNull(OPTIMIZERS.get(name));
        var golden = GOLDEN.path("steps").path(name);
        try (var engine = Engine.cpu(1)) {
            var parameters = List.of(
                    new Parameter("x", "a", Golden.tensor(engine, 1, Shape.of(2, 3)), true),
                    new Parameter("x", "b", Golden.tensor(engine, 2, Shape.of(4)), true));
            var stepper = optimizer.start(engine, parameters);
            for (int step = 1; step <= 50; step++) {
                double rate = rate(optimizer, step - 1);
                try (var scope = engine.scope()) {
                    stepper.step(gradients(engine, parameters, step), (float) rate, step);
                }
                var expected = golden.path("parameters").path(Integer.toString(step));
                if (expected.isMissingNode()) continue;
                // 1e-6 after one step; each further one may add half a place of its own.
                Golden.assertClose("step " + step, values(engine, parameters), expected, step == 1 ? 5e-7 : 2e-6);
            }
            assertSlots(engine, stepper.slots(), golden.path("slots"));
        }
    }

    private static double rate(Optimizer optimizer, long iteration) {
        return optimizer.schedule().map(schedule -> schedule.at(iteration)).orElse(optimizer.learningRate());
    }

    /// A tape after a loss whose gradients are the given numbers.
    private static Tape gradients(Engine engine, List<Parameter> parameters, int step) {
        var tape = Tape.recording(engine);
        var products = new ArrayList<Tensor>();
        for (int i = 0; i < parameters.size(); i++) {
            var value = tape.watch(parameters.get(i).value());
            var gradient = engine.scale(Golden.tensor(engine, 100 * step + i, value.shape()), 0.5f + step % 3, 0);
            products.add(tape.sum(tape.multiply(value, gradient)));
        }
        tape.backward(tape.add(products.get(0), products.get(1)));
        return tape;
    }

    private static float[] values(Engine engine, List<Parameter> parameters) {
        var all = new float[10];
        System.arraycopy(engine.read(parameters.get(0).value()), 0, all, 0, 6);
        System.arraycopy(engine.read(parameters.get(1).value()), 0, all, 6, 4);
        return all;
    }

    /// Keras' memory in Keras' order.
    private static void assertSlots(Engine engine, List<Stepper.Slot> slots, JsonNode expected) {
        assertThat(slots).hasSize(expected.size());
        for (int i = 0; i < slots.size(); i++) {
            Golden.assertClose(slots.get(i).name(), engine.read(slots.get(i).value()), expected.path(i), 2e-6);
        }
    }

    @ParameterizedTest
    @MethodSource("schedules")
    void followsKeras(String name) {
        var schedule = Objects.requireNonNull(SCHEDULES.get(name));
        double[] expected = Golden.doubles(GOLDEN.path("schedules").path(name));
        for (int i = 0; i < expected.length; i++) {
            assertThat(schedule.at(i)).as("step %d", i).isCloseTo(expected[i], within(1e-7));
        }
    }

    @Test
    void aWarmUpGoesInFrontOfAnySchedule() {
        var schedule = Schedules.warmup(4, Schedules.exponentialDecay(0.1, 10, 0.5));

        assertThat(schedule.at(0)).isZero();
        assertThat(schedule.at(1)).isEqualTo(0.025);
        assertThat(schedule.at(4)).isEqualTo(0.1);
        assertThat(schedule.at(14)).isEqualTo(0.05);
    }

    @Test
    void argumentsHaveTheirRanges() {
        assertThatThrownBy(() -> adam(-1)).hasMessage("adam needs a learning rate above 0, got -1.0");
        assertThatThrownBy(() -> rmsprop().rho(1)).hasMessage(
                "rmsprop needs a rho of 0 or more and less than 1, got 1.0");
        assertThatThrownBy(() -> sgd().clipnorm(0)).hasMessage("a norm is clipped above 0, got 0.0");
        assertThatThrownBy(() -> sgd().weightDecay(-1)).hasMessage("a weight decay is 0 or more, got -1.0");
        assertThatThrownBy(() -> Schedules.piecewiseConstantDecay(List.of(3L), List.of(0.1)))
                .hasMessage("piecewiseConstantDecay needs one value more than its 1 boundaries, got 1");
    }
}
