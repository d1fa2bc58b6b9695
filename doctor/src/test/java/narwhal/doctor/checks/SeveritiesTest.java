package narwhal.doctor.checks;

import static org.assertj.core.api.Assertions.assertThat;

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
}
