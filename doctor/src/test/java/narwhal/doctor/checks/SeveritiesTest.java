package narwhal.doctor.checks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import narwhal.doctor.Doctor;
import narwhal.doctor.Finding;
import narwhal.doctor.Severity;
import narwhal.history.facts.FactsReader;
import narwhal.history.readers.Logs;
import org.junit.jupiter.api.Test;

/// Findings that are information in most runs and a warning in some. Oracle: the catalogue of the specification.
class SeveritiesTest {
    private static final int LUCKY = 11;

    private static Severity severity(String id, String log, String facts) {
        var diagnosis = Doctor.standard().examine(Logs.read(log.getBytes(StandardCharsets.UTF_8), "train.log"),
                FactsReader.read(facts));
        return diagnosis.findings().stream().filter(finding -> finding.id().equals(id)).map(Finding::severity)
                .findFirst().orElseThrow();
    }

    /// Epoch 11 stands out by 9 points of a set of 400; others differ by half a point.
    private static String lucky(int saved) {
        var text = new StringBuilder(
                "Found 6400 images belonging to 2 classes.\nFound 400 images belonging to 2 classes.\n");
        for (int e = 1; e <= 20; e++) {
            double accuracy = e == LUCKY ? 0.89 : 0.8 + 0.005 * (e % 3 - 1);
            text.append("Epoch ").append(e).append("/20\n100/100 - 3s - loss: ").append(0.5 - 0.004 * e)
                    .append(" - accuracy: 0.81 - val_loss: 0.45 - val_accuracy: ").append(accuracy).append('\n');
            if (e == saved) {
                text.append("Epoch 000").append(e).append(
                        ": val_accuracy improved from 0.80500 to 0.89000, saving model to best.h5\n");
            }
        }
        return text.toString();
    }

    @Test
    void luckInAFileIsAWarning() {
        assertThat(severity("lucky-best-epoch", lucky(LUCKY), "")).isEqualTo(Severity.WARNING);
        assertThat(severity("lucky-best-epoch", lucky(0), "")).isEqualTo(Severity.INFO);
    }

    @Test
    void aNetworkTooWeakByItsMakeIsAWarning() {
        var log = IntStream.rangeClosed(1, 24).mapToObj(e -> "Epoch " + e + "/24\n100/100 - 3s - loss: "
                + (1.6 + 0.002 * (e % 2)) + " - accuracy: 0.42" + e % 3 + " - val_loss: 1.61 - val_accuracy: 0.42"
                + e * 7 % 5 + "\n").collect(Collectors.joining());
        var data = "10 classes\n5000 validation images\n";
        var linear = """
                model = Sequential()
                model.add(Flatten(input_shape=(28, 28)))
                model.add(Dense(10, activation='softmax'))
                """;
        assertThat(severity("underfitting", log, data)).isEqualTo(Severity.INFO);
        assertThat(severity("underfitting", log, data + linear)).isEqualTo(Severity.WARNING);
    }

    private static String summary(int size, int pooled, long weights) {
        return """
                Model: "sequential"
                _________________________________________________________________
                Layer (type)                 Output Shape              Param #
                =================================================================
                conv2d (Conv2D)              (None, %1$d, %1$d, 32)        896
                max_pooling2d (MaxPooling2D) (None, %2$d, %2$d, 32)        0
                conv2d_1 (Conv2D)            (None, %2$d, %2$d, 64)        %3$d
                =================================================================
                Total params: 20,042
                _________________________________________________________________
                Epoch 1/2
                100/100 - 3s - loss: 0.9000 - accuracy: 0.6000
                Epoch 2/2
                100/100 - 3s - loss: 0.8000 - accuracy: 0.6500
                """.formatted(size, pooled, weights);
    }

    /// 64 kernels of 3 x 3 over 32 channels with a bias have 18,496 weights, those of 1 x 1 have 2,112, without a bias 2,048.
    @Test
    void kernelsThatSeeOnlyPaddingAreAWarning() {
        assertThat(severity("collapsed-feature-map", summary(2, 1, 18_496), "")).isEqualTo(Severity.WARNING);
        assertThat(severity("collapsed-feature-map", summary(2, 1, 2_112), "")).isEqualTo(Severity.INFO);
        assertThat(severity("collapsed-feature-map", summary(2, 1, 2_048), "")).isEqualTo(Severity.INFO);
        assertThat(severity("collapsed-feature-map", summary(7, 3, 18_496), "")).isEqualTo(Severity.INFO);
        assertThatThrownBy(() -> severity("collapsed-feature-map", summary(8, 4, 18_496), ""))
                .isInstanceOf(java.util.NoSuchElementException.class);
    }
}
