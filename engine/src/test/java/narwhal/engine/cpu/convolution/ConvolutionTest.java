package narwhal.engine.cpu.convolution;

import static narwhal.engine.cpu.convolution.Numbers.difference;
import static narwhal.engine.cpu.convolution.Numbers.random;
import static narwhal.engine.cpu.convolution.Numbers.stale;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import narwhal.engine.Padding;
import narwhal.engine.cpu.Team;
import narwhal.engine.cpu.TestTeam;
import narwhal.engine.cpu.convolution.Convolution.Finish;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Every family against the definition in double precision, over awkward shapes, and against itself with other numbers of
/// threads.
class ConvolutionTest {
    /// A way to compute the convolutions it supports.
    private record Family(String name, Maker maker) {
        @Override
        public String toString() {
            return name;
        }
    }

    private interface Maker {
        /// @return `null` if the family does not compute such convolutions
        @Nullable
        Convolution of(Geometry geometry, Team team);
    }

    private static final List<Family> FAMILIES = List.of(new Family("im2col", Im2ColConvolution::new),
            new Family("cropped", (g, team) -> g.met().equals(g)
                    ? null
                    : new CroppedConvolution(g, new Im2ColConvolution(g.met(), team))),
            fft(8, 8), fft(12, 20), fft(16, 16), fft(24, 12), fft(32, 32), fft(36, 40), fft(48, 16));

    private static Family fft(int height, int width) {
        return new Family("fft " + height + "×" + width, (g, team) -> {
            boolean possible = FftConvolution.supports(g) && height >= g.kernelHeight() && width >= g.kernelWidth();
            return possible ? new FftConvolution(g, team, height, width) : null;
        });
    }

    private static List<Geometry> shapes() {
        var shapes = new ArrayList<Geometry>();
        for (var padding : Padding.values()) {
            for (int[] s : new int[][]{
                // batch, height, width, inputs, outputs, kernel height and width
                {1, 1, 1, 1, 1, 1, 1}, {2, 1, 1, 3, 5, 7, 7}, {1, 2, 2, 9, 17, 7, 7}, {3, 3, 2, 4, 3, 5, 5},
                {2, 4, 4, 16, 8, 7, 7}, {1, 7, 5, 3, 32, 3, 3}, {5, 8, 8, 7, 33, 7, 7}, {2, 13, 17, 5, 6, 5, 3},
                {1, 16, 16, 32, 16, 7, 7}, {3, 11, 29, 1, 2, 2, 6}, {1, 31, 37, 3, 9, 7, 7}, {4, 10, 10, 13, 11, 3, 3},
                {2, 32, 32, 8, 8, 7, 7}, {1, 41, 67, 6, 4, 9, 9}, {2, 9, 9, 24, 40, 1, 1}, {1, 64, 50, 3, 5, 11, 4}}) {
                if (padding == Padding.VALID && (s[1] < s[5] || s[2] < s[6])) continue;
                shapes.add(Geometry.of(s[0], s[1], s[2], s[3], s[4], s[5], s[6], padding));
            }
            shapes.add(new Geometry(2, 15, 14, 3, 9, 3, 3, 2, 2, 1, 1, padding));
            shapes.add(new Geometry(1, 15, 14, 5, 4, 3, 5, 1, 3, 2, 1, padding));
            shapes.add(new Geometry(1, 19, 23, 8, 8, 3, 3, 1, 1, 3, 2, padding));
            shapes.add(new Geometry(2, 12, 12, 4, 6, 1, 1, 2, 2, 1, 1, padding));
        }
        return shapes;
    }

    private static Stream<Object[]> familiesAndShapes() {
        return FAMILIES.stream().flatMap(family -> shapes().stream().map(shape -> new Object[]{family, shape}));
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("familiesAndShapes")
    void equalsTheDefinition(Family family, Geometry g) {
        try (var team = new TestTeam(2)) {
            var convolution = family.maker.of(g, team);
            assumeTrue(convolution != null, "not computed by this family");
            var data = new Data(g);
            var reference = new ReferenceConvolution(g);

            // Twice: what the first call leaves in the scratch memory must not reach the second.
            for (int call = 0; call < 2; call++) {
                var expected = data.results(reference);
                var actual = data.results(convolution);

                assertThat(difference(actual.y, expected.y)).as("forward").isLessThanOrEqualTo(1e-6);
                assertThat(difference(actual.relu, expected.relu)).as("forward, relu").isLessThanOrEqualTo(1e-6);
                assertThat(difference(actual.dx, expected.dx)).as("input gradient").isLessThanOrEqualTo(1e-5);
                assertThat(difference(actual.dkernel, expected.dkernel)).as("kernel gradient")
                        .isLessThanOrEqualTo(1e-5);
                assertThat(difference(actual.dxToo, expected.dx)).as("both: input").isLessThanOrEqualTo(1e-5);
                assertThat(difference(actual.dkernelToo, expected.dkernel)).as("both: kernel")
                        .isLessThanOrEqualTo(1e-5);
            }
        }
    }

    @ParameterizedTest(name = "{0} {1}")
    @MethodSource("familiesAndShapes")
    void hasTheSameBitsForAnyNumberOfThreads(Family family, Geometry g) {
        var data = new Data(g);
        Results first = null;
        for (int threads = 1; threads <= 4; threads++) {
            try (var team = new TestTeam(threads)) {
                var convolution = family.maker.of(g, team);
                assumeTrue(convolution != null, "not computed by this family");
                var results = data.results(convolution);
                if (first == null) first = results;
                else
                    assertThat(results).as(threads + " threads").usingRecursiveComparison().isEqualTo(first);
            }
        }
    }

    /// A spectrum is used again for an equal kernel, and for no other: not after a change in place, not for a third one.
    @Test
    void everyKernelHasItsOwnSpectrum() {
        var g = Geometry.of(2, 9, 8, 3, 5, 3, 3, Padding.SAME);
        try (var team = new TestTeam(1)) {
            var one = new FftConvolution(g, team, 12, 12);
            var data = new Data(g);
            for (int i = 0; i < 12; i++) {
                if (i % 3 == 1) data.kernel[g.kernelSize() - 1] += 1;
                if (i % 3 == 2) data.kernel[0] = -data.kernel[0];
                if (i == 7) one.inputGradient(data.dy, data.kernel, new float[g.inputSize()]);
                for (int again = 0; again < 2; again++) {
                    var y = new float[g.outputSize()];
                    one.forward(data.x, data.kernel, null, y);
                    var expected = new float[g.outputSize()];
                    new FftConvolution(g, team, 12, 12).forward(data.x, data.kernel, null, expected);
                    assertThat(y).as("call %d", i).isEqualTo(expected);
                }
            }
        }
    }

    private record Results(float[] y, float[] relu, float[] dx, float[] dkernel, float[] dxToo, float[] dkernelToo) {}

    /// Random input in arrays that are longer than needed, as the engine's are.
    private static final class Data {
        private final Geometry g;
        private final float[] x;
        private final float[] kernel;
        private final float[] bias;
        private final float[] dy;

        Data(Geometry g) {
            this.g = g;
            var random = new SplittableRandom(g.toString().hashCode());
            x = random(random, g.inputSize() + 5);
            kernel = random(random, g.kernelSize() + 3);
            bias = random(random, g.outputs() + 2);
            dy = random(random, g.outputSize() + 7);
        }

        Results results(Convolution convolution) {
            var y = stale(g.outputSize());
            var relu = stale(g.outputSize());
            var dx = stale(g.inputSize());
            var dkernel = stale(g.kernelSize());
            var dxToo = stale(g.inputSize());
            var dkernelToo = stale(g.kernelSize());
            convolution.forward(x, kernel, null, y);
            convolution.forward(x, kernel, bias, Finish.RELU, relu);
            convolution.inputGradient(dy, kernel, dx);
            convolution.kernelGradient(x, dy, dkernel);
            convolution.gradients(x, dy, kernel, dxToo, dkernelToo);
            return new Results(y, relu, dx, dkernel, dxToo, dkernelToo);
        }
    }
}
