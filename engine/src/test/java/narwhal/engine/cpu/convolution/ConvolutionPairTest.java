package narwhal.engine.cpu.convolution;

import static narwhal.engine.cpu.convolution.Numbers.difference;
import static narwhal.engine.cpu.convolution.Numbers.random;
import static narwhal.engine.cpu.convolution.Numbers.stale;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import java.util.stream.Stream;
import narwhal.engine.Padding;
import narwhal.engine.cpu.TestTeam;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Two convolutions as one against the definition of the two in double precision, and against itself with other numbers of
/// threads.
class ConvolutionPairTest {
    /// Pictures as small as the composed kernel and of several tiles; kernels of one tap.
    static Stream<PairGeometry> pairs() {
        return Stream.of(
                // batch, height, width, inputs, between, outputs, kernels' heights and widths
                new int[]{2, 40, 33, 3, 8, 8, 7, 7, 7, 7}, new int[]{1, 13, 70, 1, 5, 3, 7, 7, 7, 7},
                new int[]{3, 13, 13, 3, 4, 6, 7, 7, 7, 7}, new int[]{1, 15, 14, 9, 16, 20, 9, 9, 5, 5},
                new int[]{9, 12, 14, 3, 17, 33, 3, 3, 5, 5}, new int[]{2, 20, 21, 4, 6, 5, 5, 3, 1, 7},
                new int[]{2, 16, 16, 3, 8, 8, 1, 1, 3, 3}, new int[]{2, 16, 16, 3, 8, 8, 3, 3, 1, 1},
                new int[]{1, 1, 1, 1, 1, 1, 1, 1, 1, 1})
                .map(s -> new PairGeometry(Geometry.of(s[0], s[1], s[2], s[3], s[4], s[6], s[7], Padding.SAME),
                        Geometry.of(s[0], s[1], s[2], s[4], s[5], s[8], s[9], Padding.SAME)));
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void equalsTheDefinition(PairGeometry pair) {
        try (var team = new TestTeam(2)) {
            var together = new ConvolutionPair(pair, team);
            var data = new Data(pair);
            // Twice: what the first call leaves in the scratch memory must not reach the second.
            for (int call = 0; call < 2; call++) {
                for (var bias : new float @Nullable [][]{data.bias1, null}) {
                    var expected = data.apart(bias);
                    var actual = data.together(together, bias);

                    assertThat(difference(actual.y, expected.y)).as("forward").isLessThanOrEqualTo(1e-6);
                    assertThat(difference(actual.dkernel1, expected.dkernel1)).as("first kernel")
                            .isLessThanOrEqualTo(1e-5);
                    assertThat(difference(actual.dbias1, expected.dbias1)).as("first bias").isLessThanOrEqualTo(1e-5);
                    assertThat(difference(actual.dkernel2, expected.dkernel2)).as("second kernel")
                            .isLessThanOrEqualTo(1e-5);
                    assertThat(data.together(together, bias)).as("again").usingRecursiveComparison()
                            .isEqualTo(actual);
                }
                data.kernel1[1] += 0.5f;
                data.kernel2[pair.second().kernelSize() - 1] -= 0.5f;
            }
        }
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void hasTheSameBitsForAnyNumberOfThreads(PairGeometry pair) {
        var data = new Data(pair);
        Results first = null;
        for (int threads = 1; threads <= 4; threads++) {
            try (var team = new TestTeam(threads)) {
                var results = data.together(new ConvolutionPair(pair, team), data.bias1);
                if (first == null) first = results;
                assertThat(results).as(threads + " threads").usingRecursiveComparison().isEqualTo(first);
            }
        }
    }

    private record Results(float[] y, float[] dkernel1, float[] dbias1, float[] dkernel2) {}

    /// Random input in arrays that are longer than needed, as the engine's are.
    private static final class Data {
        private final Geometry first;
        private final Geometry second;
        private final float[] x;
        private final float[] kernel1;
        private final float[] bias1;
        private final float[] kernel2;
        private final float[] bias2;
        private final float[] dy;

        Data(PairGeometry pair) {
            first = pair.first();
            second = pair.second();
            var random = new SplittableRandom(pair.toString().hashCode());
            x = random(random, first.inputSize() + 5);
            kernel1 = random(random, first.kernelSize() + 3);
            bias1 = random(random, first.outputs() + 2);
            kernel2 = random(random, second.kernelSize() + 3);
            bias2 = random(random, second.outputs() + 2);
            dy = random(random, second.outputSize() + 7);
        }

        Results together(ConvolutionPair pair, float @Nullable [] bias) {
            var y = stale(second.outputSize());
            var dkernel1 = stale(first.kernelSize());
            var dbias1 = stale(first.outputs());
            var dkernel2 = stale(second.kernelSize());
            pair.forward(x, kernel1, bias, kernel2, bias2, y);
            pair.gradients(x, dy, sums(dy, second), kernel1, bias, kernel2, dkernel1, dbias1, dkernel2);
            return new Results(y, dkernel1, dbias1, dkernel2);
        }

        Results apart(float @Nullable [] bias) {
            var one = new ReferenceConvolution(first);
            var two = new ReferenceConvolution(second);
            var between = stale(first.outputSize());
            var y = stale(second.outputSize());
            var dbetween = stale(first.outputSize());
            var dkernel1 = stale(first.kernelSize());
            var dkernel2 = stale(second.kernelSize());
            one.forward(x, kernel1, bias, between);
            two.forward(between, kernel2, bias2, y);
            two.gradients(between, dy, kernel2, dbetween, dkernel2);
            one.kernelGradient(x, dbetween, dkernel1);
            return new Results(y, dkernel1, sums(dbetween, first), dkernel2);
        }

        private static float[] sums(float[] dy, Geometry g) {
            var sums = new double[g.outputs()];
            for (int i = 0; i < g.outputSize(); i++) sums[i % sums.length] += dy[i];
            var rounded = new float[sums.length];
            for (int i = 0; i < sums.length; i++) rounded[i] = (float) sums[i];
            return rounded;
        }
    }
}
