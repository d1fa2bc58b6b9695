package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;

import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ReadingsTest {
    @ParameterizedTest
    @CsvSource({"0.9548, 0.9548, 5e-5", "2.5000e-04, 2.5e-4, 5e-9", "0.0000e+00, 0, 5e-5", "1.2e-05, 1.2e-5, 5e-7",
        "12, 12, 0.5", "-3.5, -3.5, 0.05",
        ".5, 0.5, 0.05", "8159520618.2209, 8159520618.2209, 5e-5"})
    void halfTheLastDigit(String text, double value, double half) {
        assertThat(Readings.end(text, 0)).isEqualTo(text.length());
        var reading = Readings.fixed(text);
        assertThat(reading.value()).isEqualTo(value);
        assertThat(reading.half()).isCloseTo(half, org.assertj.core.data.Percentage.withPercentage(1e-9));
        assertThat(reading.full()).isFalse();
    }

    @Test
    void percentIsAFractionWithTheSameDigits() {
        var reading = Readings.percent("95.48");
        assertThat(reading.value()).isEqualTo(0.9548);
        assertThat(reading.half()).isEqualTo(5e-5);
    }

    @Test
    void allDigitsOfAFloat() {
        var reading = Readings.of("0.11349999904632568");
        assertThat(reading.full()).isTrue();
        assertThat(reading.half()).isEqualTo(Reading.FLOAT_ROUNDING * 0.11349999904632568);
        assertThat(Readings.of("0.95480").full()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"nan, NaN", "NaN, NaN", "inf, Infinity", "-inf, -Infinity", "Infinity, Infinity"})
    void notFinite(String text, double value) {
        assertThat(Readings.end(text, 0)).isEqualTo(text.length());
        assertThat(Double.compare(Readings.of(text).value(), value)).isZero();
        assertThat(Readings.of(text).half()).isZero();
    }

    @ParameterizedTest
    @CsvSource({"0.95Epoch, 4", "5.0000e, 6", "5.0000e-, 6", "12s, 2", "0.5., 3", "1e-05x, 5", "nano, -1", "info, -1",
        "-, -1", "e5, -1"})
    void whereANumberEnds(String text, int end) {
        assertThat(Readings.end(text, 0)).isEqualTo(end);
    }

    @Test
    void aCountOfHitsIsExact() {
        assertThat(Readings.fraction(9832, 10000, "9832/10000").value()).isEqualTo(0.9832);
        assertThat(Readings.fraction(9832, 10000, "9832/10000").full()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"val_acc, VALIDATION, accuracy", "Valid Acc, VALIDATION, accuracy",
        "validation/accuracy, VALIDATION, accuracy", "dev_loss, VALIDATION, loss",
        "eval_loss, VALIDATION, loss", "Average loss on the validation set, VALIDATION, loss",
        "test_acc1, TEST, accuracy", "Train Loss, TRAINING, loss",
        "tr_loss, TRAINING, loss", "loss_train, TRAINING, loss", "train_loss_epoch, TRAINING, loss",
        "trainAcc, TRAINING, accuracy",
        "main/loss, , loss", "Cost, , loss", "cross entropy, , loss", "acc., , accuracy", "Prec@1, , accuracy",
        "top1, , accuracy",
        "binary_accuracy, , accuracy", "sparse_categorical_accuracy, , accuracy", "loss_rpn_cls, , loss_rpn_cls",
        "top5, , top5", "Val. Loss, VALIDATION, loss"})
    void names(String original, Role role, String name) {
        var parsed = Names.free(original);
        assertThat(parsed.name()).isEqualTo(name);
        assertThat(parsed.role().orElse(null)).isEqualTo(role);
        assertThat(parsed.known()).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"lr", "time", "batch_time", "n_parameters", "eta", "gpu_mem", "step"})
    void namesAboutTheRun(String name) {
        assertThat(Names.isBookkeeping(name)).isTrue();
    }
}
