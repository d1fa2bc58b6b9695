package narwhal.engine;

import static narwhal.engine.FiniteDifferences.random;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import org.junit.jupiter.api.Test;

class EngineTest {
    private static final Activation RELU = new Activation.Relu(0, Float.POSITIVE_INFINITY);

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

    /// Channels that fill two vectors on every machine: the widest kernels, on which the compiler gives up first.
    @Test
    void aSteadyStepOfAConvolutionAllocatesNextToNothing() {
        try (var engine = Engine.cpu(1)) {
            var x = engine.of(Shape.of(4, 20, 20, 32), random(3, 4 * 20 * 20 * 32));
            var kernel = engine.of(Shape.of(7, 7, 32, 32), random(4, 7 * 7 * 32 * 32));
            var bias = engine.of(Shape.of(32), random(5, 32));
            for (int warm = 0; warm < 1_000; warm++) convolve(engine, x, kernel, bias);

            long before = allocated();
            for (int i = 0; i < 10; i++) convolve(engine, x, kernel, bias);
            // The picture alone has 200 KiB; boxing the sums of the kernel's gradient took megabytes.
            assertThat((allocated() - before) / 10).isLessThan(16 << 10);
        }
    }

    private static void convolve(Engine engine, Tensor x, Tensor kernel, Tensor bias) {
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            tape.watch(x);
            tape.watch(kernel);
            tape.watch(bias);
            var window = Window.of(7, 7).padding(Padding.SAME);
            tape.backward(tape.sum(tape.conv2d(x, kernel, bias, window)));
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
