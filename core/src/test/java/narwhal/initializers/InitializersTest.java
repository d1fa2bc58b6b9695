package narwhal.initializers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.Stream;
import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;
import narwhal.engine.Shape;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class InitializersTest {
    private static final Shape KERNEL = Shape.of(3, 3, 40, 80);
    /// 3 · 3 · 40 inputs, 3 · 3 · 80 outputs.
    private static final double IN = 360;
    private static final double OUT = 720;

    private static float[] values(Initializer initializer, Shape shape) {
        var random = new Randomness(11);
        long[] drawn = {0};
        return initializer.values(shape, () -> random.uniform(Purpose.INITIALISATION, 0, drawn[0]++));
    }

    /// Mean, standard deviation and largest distance from the mean, by the formulas of keras-semantics §1.6.
    static Stream<Arguments> distributions() {
        double cut = 2 / 0.87962566103423978;
        return Stream.of(Arguments.of(Initializers.randomUniform(), 0, 0.05 / Math.sqrt(3), 0.05),
                Arguments.of(Initializers.randomUniform(1, 3), 2, 1 / Math.sqrt(3), 1),
                Arguments.of(Initializers.randomNormal(), 0, 0.05, 0.3),
                Arguments.of(Initializers.randomNormal(2, 0.5), 2, 0.5, 3),
                Arguments.of(Initializers.truncatedNormal(), 0, 0.05 * 0.87962566103423978, 0.1),
                Arguments.of(Initializers.varianceScaling(), 0, Math.sqrt(1 / IN), cut * Math.sqrt(1 / IN)),
                Arguments.of(Initializers.glorotUniform(), 0, Math.sqrt(2 / (IN + OUT)), Math.sqrt(6 / (IN + OUT))),
                Arguments.of(Initializers.glorotNormal(), 0, Math.sqrt(2 / (IN + OUT)),
                        cut * Math.sqrt(2 / (IN + OUT))),
                Arguments.of(Initializers.heUniform(), 0, Math.sqrt(2 / IN), Math.sqrt(6 / IN)),
                Arguments.of(Initializers.heNormal(), 0, Math.sqrt(2 / IN), cut * Math.sqrt(2 / IN)),
                Arguments.of(Initializers.lecunUniform(), 0, Math.sqrt(1 / IN), Math.sqrt(3 / IN)),
                Arguments.of(Initializers.lecunNormal(), 0, Math.sqrt(1 / IN), cut * Math.sqrt(1 / IN)),
                Arguments.of(new VarianceScaling(3, VarianceScaling.Mode.FAN_OUT,
                        VarianceScaling.Distribution.UNTRUNCATED_NORMAL), 0, Math.sqrt(3 / OUT),
                        6 * Math.sqrt(3 / OUT)));
    }

    /// 28,800 numbers: mean and deviation have relative standard errors below 0.006.
    @ParameterizedTest
    @MethodSource("distributions")
    void hasItsDistribution(Initializer initializer, double mean, double deviation, double reach) {
        var values = values(initializer, KERNEL);
        double sum = 0;
        double squares = 0;
        double largest = 0;
        for (float v : values) {
            sum += v - mean;
            squares += (v - mean) * (v - mean);
            largest = Math.max(largest, Math.abs(v - mean));
        }
        assertThat(sum / values.length).isCloseTo(0, within(0.02 * deviation));
        assertThat(Math.sqrt(squares / values.length)).isCloseTo(deviation, within(0.02 * deviation));
        assertThat(largest).isLessThanOrEqualTo(reach * (1 + 1e-6)).isGreaterThan(0.6 * reach);
    }

    /// The limits of the seed's network, keras-semantics §1.7.
    @ParameterizedTest
    @CsvSource({"7, 3, 32, 0.05914847651505893", "7, 32, 32, 0.043740888263985325", "7, 32, 64, 0.03571428571428571",
        "7, 64, 64, 0.030929478706587094", "7, 64, 128, 0.025253813613805267", "1, 128, 512, 0.09682458365518543",
        "1, 512, 512, 0.07654655446197431", "1, 512, 1, 0.10814761408717502"})
    void glorotHasKerasLimit(int side, int inputs, int outputs, double limit) {
        var shape = side == 1 ? Shape.of(inputs, outputs) : Shape.of(side, side, inputs, outputs);

        assertThat(Initializers.glorotUniform().values(shape, () -> 0)[0]).isEqualTo((float) -limit);
    }
}
