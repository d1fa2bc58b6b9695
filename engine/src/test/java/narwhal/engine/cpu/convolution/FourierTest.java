package narwhal.engine.cpu.convolution;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class FourierTest {
    private static List<Integer> lengths() {
        return Fourier.LENGTHS;
    }

    /// The oracle is the defining sum in double precision.
    @ParameterizedTest
    @MethodSource("lengths")
    void equalsTheDefiningSum(int n) {
        int count = 2 * Butterflies.LANES;
        int stride = count + 1;
        var random = new SplittableRandom(n);
        var re = random(random, Complex.START + 5 + n * stride);
        var im = random(random, Complex.START + 9 + n * stride);
        var outRe = new float[Complex.START + 7 + n * count];
        var outIm = new float[Complex.START + 7 + n * count];

        Fourier.of(n).transform(re, 5, im, 9, stride, outRe, outIm, 7, count, count,
                new float[Complex.START + n * count],
                new float[Complex.START + n * count]);

        for (int j = 0; j < count; j++) {
            for (int k = 0; k < n; k++) {
                double sumRe = 0;
                double sumIm = 0;
                for (int p = 0; p < n; p++) {
                    double angle = -2 * Math.PI * p * k / n;
                    double a = re[Complex.START + 5 + p * stride + j];
                    double b = im[Complex.START + 9 + p * stride + j];
                    sumRe += a * Math.cos(angle) - b * Math.sin(angle);
                    sumIm += a * Math.sin(angle) + b * Math.cos(angle);
                }
                assertThat((double) outRe[Complex.START + 7 + k * count + j]).as("real part of " + k).isCloseTo(sumRe,
                        within(1e-5));
                assertThat((double) outIm[Complex.START + 7 + k * count + j]).as("imaginary part of " + k)
                        .isCloseTo(sumIm, within(1e-5));
            }
        }
    }

    private static float[] random(SplittableRandom random, int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) values[i] = (float) random.nextDouble(-1, 1);
        return values;
    }
}
