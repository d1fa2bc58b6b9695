package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Expected: what `Progbar` of Keras 2.2.4 printed under a clock that was set.
class ProgressLineTest {
    private static final Map<String, Double> TWO = metrics("loss", 0.6105, "acc", 0.6161);

    private static Map<String, Double> metrics(Object... namesAndValues) {
        var metrics = new LinkedHashMap<String, Double>();
        for (int i = 0; i < namesAndValues.length; i += 2)
            metrics.put((String) namesAndValues[i], (Double) namesAndValues[i + 1]);
        return metrics;
    }

    private static ProgressLine line(int step, int steps, double seconds, Map<String, Double> metrics) {
        return new ProgressLine(step, steps, seconds, seconds / step, metrics);
    }

    @Test
    void runsAsKeras() {
        double perStep = 530.0 / 910;
        assertThat(new ProgressLine(1, 910, perStep, perStep, TWO).running(120))
                .isEqualTo("  1/910 [..............................] - ETA: 8:49 - loss: 0.6105 - acc: 0.6161");
        assertThat(line(455, 910, 265, TWO).running(120))
                .isEqualTo("455/910 [==============>...............] - ETA: 4:25 - loss: 0.6105 - acc: 0.6161");
        assertThat(line(909, 910, 909 * perStep, TWO).running(120))
                .isEqualTo("909/910 [============================>.] - ETA: 0s - loss: 0.6105 - acc: 0.6161");
        assertThat(line(1, 10, 500, metrics("loss", 5e-4)).running(120))
                .isEqualTo(" 1/10 [==>...........................] - ETA: 1:15:00 - loss: 5.0000e-04");
    }

    @Test
    void endsAsKeras() {
        assertThat(line(910, 910, 530, metrics("loss", 0.6105, "acc", 0.6161, "val_loss", 0.2298, "val_acc", 0.9548))
                .finished()).isEqualTo(
                        "910/910 [==============================] - 530s 582ms/step - loss: 0.6105 - acc: 0.6161 - val_loss: 0.2298 - val_acc: 0.9548");
        assertThat(line(10, 10, 5000, metrics("loss", 5e-4)).finished())
                .isEqualTo("10/10 [==============================] - 5000s 500s/step - loss: 5.0000e-04");
        assertThat(line(10, 10, 0.004, metrics("loss", 0.00104)).finished())
                .isEqualTo("10/10 [==============================] - 0s 400us/step - loss: 0.0010");
    }

    /// Python: `'%.4f' % v if abs(v) > 1e-3 else '%.4e' % v`.
    @ParameterizedTest
    @CsvSource({"0.001, 1.0000e-03", "0.0010001, 0.0010", "-0.5, -0.5000", "-0.0002, -2.0000e-04", "0, 0.0000e+00",
        "NaN, nan", "Infinity, inf", "1234.56789, 1234.5679", "0.00095, 9.5000e-04"})
    void showsValuesAsKeras(double value, String expected) {
        assertThat(ProgressLine.value(value)).isEqualTo(expected);
    }

    @Test
    void neverWiderThanTheTerminal() {
        var line = line(455, 910, 265, metrics("loss", 0.6105, "accuracy", 0.6161, "precision", 0.25));
        for (int width = 5; width < 120; width++) assertThat(line.running(width).length()).isLessThanOrEqualTo(width);
        assertThat(line.running(79)).hasSize(79)
                .isEqualTo("455/910 [==========>............] - ETA: 4:25 - loss: 0.6105 - accuracy: 0.6161");
        assertThat(line.running(50)).isEqualTo("455/910 [=====>.......] - ETA: 4:25 - loss: 0.6105");
        assertThat(line.running(40)).isEqualTo("455/910 [========>.........] - ETA: 4:25");
        assertThat(line.running(10)).isEqualTo("455/910 [=");
    }

    @Test
    void theClockMayJump() {
        assertThat(new ProgressLine(1, 10, 0, -3, Map.of()).running(80)).contains(" - ETA: 0s");
    }
}
