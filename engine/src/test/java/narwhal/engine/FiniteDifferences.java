package narwhal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import narwhal.engine.Randomness.Purpose;

/// [GradientCheck] on inputs drawn from a seed.
final class FiniteDifferences {
    private FiniteDifferences() {
    }

    /// A function of tensors, written with a tape as a layer writes it.
    interface Function {
        Tensor of(Tape tape, Tensor[] inputs);
    }

    static void check(Engine engine, Function function, List<float[]> values, Shape... shapes) {
        var inputs = IntStream.range(0, shapes.length).mapToObj(k -> engine.of(shapes[k], values.get(k)))
                .toArray(Tensor[]::new);
        assertThat(GradientCheck.differences(engine, tape -> function.of(tape, inputs), List.of(inputs))).isEmpty();
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
}
