package narwhal.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import narwhal.engine.Randomness.Purpose;

/// The oracle of every gradient: the slope of the loss between two points beside the one in question.
final class FiniteDifferences {
    private FiniteDifferences() {
    }

    /// A function of tensors, written with a tape as a layer writes it.
    interface Function {
        Tensor of(Tape tape, Tensor[] inputs);
    }

    /// Compares every element's gradient of Σ w·f(inputs), for random weights w, with a central difference.
    static void check(Engine engine, Function function, List<float[]> values, Shape... shapes) {
        var analytic = gradients(engine, function, values, shapes);
        for (int k = 0; k < shapes.length; k++) {
            for (int i = 0; i < shapes[k].size(); i++) {
                float step = 1e-2f;
                float at = values.get(k)[i];
                values.get(k)[i] = at + step;
                double above = loss(engine, function, values, shapes);
                values.get(k)[i] = at - step;
                double below = loss(engine, function, values, shapes);
                values.get(k)[i] = at;
                assertThat((double) analytic.get(k)[i]).as("input %d, element %d", k, i).isCloseTo(
                        (above - below) / (2 * step),
                        within(2e-3 + 2e-3 * Math.abs(analytic.get(k)[i])));
            }
        }
    }

    static void check(Engine engine, Function function, Shape... shapes) {
        check(engine, function, IntStream.range(0, shapes.length).mapToObj(k -> random(k, shapes[k].size())).toList(),
                shapes);
    }

    /// Numbers between −1 and 1, none nearer to 0 than 0.05: the kink of relu must not lie between the two points.
    static float[] random(int stream, int size) {
        var values = new float[size];
        for (int i = 0; i < size; i++) {
            double u = 2 * new Randomness(7).uniform(Purpose.INITIALISATION, stream, i) - 1;
            values[i] = (float) (u + Math.copySign(0.05, u));
        }
        return values;
    }

    private static List<float[]> gradients(Engine engine, Function function, List<float[]> values, Shape... shapes) {
        try (var scope = engine.scope()) {
            var tape = Tape.recording(engine);
            var inputs = IntStream.range(0, shapes.length)
                    .mapToObj(k -> tape.watch(engine.of(shapes[k], values.get(k))))
                    .toArray(Tensor[]::new);
            tape.backward(weighted(tape, function.of(tape, inputs)));
            return IntStream.range(0, shapes.length).mapToObj(k -> engine.read(tape.gradient(inputs[k]).orElseThrow()))
                    .toList();
        }
    }

    private static double loss(Engine engine, Function function, List<float[]> values, Shape... shapes) {
        try (var scope = engine.scope()) {
            var tape = Tape.silent(engine);
            var inputs = IntStream.range(0, shapes.length).mapToObj(k -> engine.of(shapes[k], values.get(k)))
                    .toArray(Tensor[]::new);
            var y = function.of(tape, inputs);
            var weights = random(99, y.shape().size());
            double sum = 0;
            float[] read = engine.read(y);
            for (int i = 0; i < read.length; i++) sum += (double) read[i] * weights[i];
            return sum;
        }
    }

    private static Tensor weighted(Tape tape, Tensor y) {
        return tape.sum(tape.multiply(y, tape.engine().of(y.shape(), random(99, y.shape().size()))));
    }
}
