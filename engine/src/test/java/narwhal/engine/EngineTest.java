package narwhal.engine;

import static narwhal.engine.FiniteDifferences.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EngineTest {
    private static final Activation RELU = new Activation.Relu(0, Float.POSITIVE_INFINITY);

    /// Everything the fast engine has a version of its own for, on `n` elements and on rows of `channels`.
    private static List<float[]> everything(Engine engine, int rows, int channels) {
        int n = rows * channels;
        var results = new ArrayList<float[]>();
        try (var scope = engine.scope()) {
            var x = engine.of(Shape.of(rows, channels), random(1, n));
            var y = engine.of(Shape.of(rows, channels), random(2, n));
            var vector = engine.of(Shape.of(channels), random(3, channels));
            var squares = engine.multiply(vector, vector);
            var leaky = new Activation.Relu(0.3f, 0.6f);
            for (var result : List.of(engine.add(x, y), engine.multiply(x, y), engine.scale(x, 3, 1),
                    engine.addBias(x, vector),
                    engine.activate(leaky, x), engine.activateGradient(leaky, x, engine.activate(leaky, x), y),
                    engine.dropout(x, 0.3f, -77L), engine.sumToLast(x), engine.mean(x), engine.variance(x, vector),
                    engine.normalize(x, vector, squares, vector, vector, 1e-3f),
                    engine.normalizeGradient(x, vector, squares, vector, y, 1e-3f),
                    engine.normalizeGammaGradient(x, vector, squares, y, 1e-3f)))
                results.add(engine.read(result));
            var p = engine.of(Shape.of(n), random(4, n));
            var m = engine.zeros(Shape.of(n));
            var v = engine.zeros(Shape.of(n));
            var g = engine.of(Shape.of(n), random(5, n));
            for (int step = 0; step < 3; step++) engine.updateAdam(p, g, m, v, 0.01f, 0.9f, 0.999f, 1e-7f);
            engine.updateSgd(p, g, m, 0.1f, 0.9f, true);
            engine.updateSgd(p, g, m, 0.1f, 0.9f, false);
            results.add(engine.read(p));
            var picture = engine.of(Shape.of(1, rows, 1, channels), random(6, n));
            if (rows >= 2) {
                var window = Window.of(2, 1).strides(2, 1);
                var pooled = engine.maxPool(picture, window);
                results.add(engine.read(pooled));
                results.add(engine.read(engine.maxPoolGradient(picture, pooled, pooled, window)));
            }
        }
        // The two zeros are the same number, not the same bits.
        for (var result : results) for (int i = 0; i < result.length; i++) result[i] += 0f;
        return results;
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 8, 15, 16, 17, 31, 32, 33, 48, 64})
    void vectorsGiveTheSameBitsAsTheDefinition(int channels) {
        for (int rows : new int[]{1, 2, 5, 2049, 4100}) {
            try (var fast = Engine.cpu(2); var reference = Engine.reference()) {
                var expected = everything(reference, rows, channels);
                var actual = everything(fast, rows, channels);
                for (int i = 0; i < expected.size(); i++) {
                    assertThat(actual.get(i)).as("result %d of %d×%d", i, rows, channels)
                            .isEqualTo(expected.get(i));
                }
            }
        }
    }

    @Test
    void threadsDoNotChangeABit() {
        var expected = everything(Engine.cpu(1), 20_000, 16);
        for (int threads = 2; threads <= 4; threads++) {
            try (var engine = Engine.cpu(threads)) {
                var actual = everything(engine, 20_000, 16);
                for (int i = 0; i < expected.size(); i++) assertThat(actual.get(i)).isEqualTo(expected.get(i));
            }
        }
    }

    @Test
    void dropoutKeepsItsShareAndItsMean() {
        try (var engine = Engine.cpu(2); var scope = engine.scope()) {
            var kept = engine.read(engine.dropout(engine.filled(Shape.of(100_000), 1), 0.6f, 42));

            int survivors = 0;
            for (float v : kept) {
                assertThat(v).isIn(0f, 1 / (1 - 0.6f));
                if (v > 0) survivors++;
            }
            // Binomial with standard deviation 155.
            assertThat(survivors).isBetween(40_000 - 775, 40_000 + 775);
            assertThat(engine.read(engine.dropout(engine.filled(Shape.of(100_000), 1), 0.6f, 43))).isNotEqualTo(kept);
        }
    }

    /// Expected: keras-semantics §8.5, Keras 3.15.1, gradients 0.1, −0.2, 0.05 at rate 0.1.
    @Test
    void adamAndSgdStepLikeKeras() {
        try (var engine = Engine.cpu(1)) {
            var p = engine.of(Shape.of(1), 1);
            var m = engine.zeros(Shape.of(1));
            var v = engine.zeros(Shape.of(1));
            float[] gradients = {0.1f, -0.2f, 0.05f};
            float[] adam = {0.9000038f, 0.93661326f, 0.9502821f};
            for (int t = 1; t <= 3; t++) {
                float rate = (float) (0.1f * Math.sqrt(1 - Math.pow(0.999, t)) / (1 - Math.pow(0.9, t)));
                engine.updateAdam(p, engine.of(Shape.of(1), gradients[t - 1]), m, v, rate, 0.9f, 0.999f, 1e-7f);
                assertThat(engine.read(p)[0]).isCloseTo(adam[t - 1], within(1e-6f));
            }
            var q = engine.of(Shape.of(1), 1);
            var velocity = engine.zeros(Shape.of(1));
            float[] nesterov = {0.981f, 1.0109f, 1.01031f};
            for (int t = 0; t < 3; t++) {
                engine.updateSgd(q, engine.of(Shape.of(1), gradients[t]), velocity, 0.1f, 0.9f, true);
                assertThat(engine.read(q)[0]).isCloseTo(nesterov[t], within(1e-6f));
            }
        }
    }

    @Test
    void aSteadyStepAllocatesNextToNothing() {
        try (var engine = Engine.cpu(1)) {
            var x = engine.of(Shape.of(8, 16, 16, 16), random(1, 8 * 16 * 16 * 16));
            var bias = engine.of(Shape.of(16), random(2, 16));
            for (int warm = 0; warm < 3_000; warm++) step(engine, x, bias);

            long before = allocated();
            for (int i = 0; i < 10; i++) step(engine, x, bias);
            // One activation alone has 128 KiB; a boxed vector for each of its loads would be 256 KiB.
            assertThat((allocated() - before) / 10).isLessThan(16 << 10);
        }
    }

    private static void step(Engine engine, Tensor x, Tensor bias) {
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            tape.watch(bias);
            var y = tape.activate(RELU, tape.addBias(x, bias));
            tape.backward(tape.sum(tape.dropout(tape.maxPool(y, Window.of(2, 2).strides(2, 2)), 0.5f, 3)));
            engine.updateSgd(bias, tape.gradient(bias).orElseThrow(), null, 1e-6f, 0, false);
        }
    }

    private static long allocated() {
        return ((ThreadMXBean) ManagementFactory.getThreadMXBean()).getCurrentThreadAllocatedBytes();
    }

    @Test
    void shapesThatDoNotFitAreNamed() {
        try (var engine = Engine.cpu(1); var scope = engine.scope()) {
            var a = engine.zeros(Shape.of(2, 3));

            assertThatThrownBy(() -> engine.add(a, engine.zeros(Shape.of(3, 2))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("add: 2×3 and 3×2, expected equal shapes");
            assertThatThrownBy(() -> engine.matmul(a, false, a, false)).hasMessageContaining("inner extents differ");
        }
    }
}
