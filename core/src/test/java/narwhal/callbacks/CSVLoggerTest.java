package narwhal.callbacks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Expected: what Keras 3.15.1 writes, printed by `csv_logger.py` in the test resources.
class CSVLoggerTest {
    private static final String HEADER = "epoch,accuracy,learning_rate,loss,val_accuracy,val_loss\r\n";
    private static final String FIRST = "0,0.6161,2.9999999242136255e-05,0.6105,0.9548,0.2298\r\n";
    private static final List<Map<String, Double>> ROWS = List.of(row(0.6105, 0.6161, 0.2298, 0.9548),
            row(1e-5, 1, Double.NaN, 0), row(1e16, 1e-4, Double.POSITIVE_INFINITY, 1 / 3d),
            row(123456789.125, 0.1 + 0.2, -0.0, 2.5e-310));

    @TempDir
    Path folder;

    private static Map<String, Double> row(double loss, double accuracy, double valLoss, double valAccuracy) {
        var row = new LinkedHashMap<String, Double>();
        row.put("loss", loss);
        row.put("accuracy", accuracy);
        row.put("val_loss", valLoss);
        row.put("val_accuracy", valAccuracy);
        return row;
    }

    private Path file() {
        return folder.resolve("log.csv");
    }

    private String written(CSVLogger logger, List<Map<String, Double>> rows) throws IOException {
        var reduce = ReduceLROnPlateau.on(Monitor.LOSS).patience(1).minDelta(0);
        var training = new FakeTraining(3e-5, reduce, logger).begin();
        for (int i = 0; i < rows.size(); i++) training.epoch(i + 1, rows.get(i));
        training.end();
        return Files.readString(file());
    }

    @Test
    void writesKerasBytes() throws IOException {
        Files.writeString(file(), "an older log");
        assertThat(written(CSVLogger.to(file()), ROWS)).isEqualTo(HEADER + FIRST
                + "1,1.0,2.9999999242136255e-05,1e-05,0.0,nan\r\n"
                + "2,0.0001,2.9999999242136255e-05,1e+16,0.3333333333333333,inf\r\n"
                + "3,0.30000000000000004,2.9999998787388904e-06,123456789.125,2.5e-310,-0.0\r\n");
    }

    @Test
    void anotherSeparator() throws IOException {
        assertThat(written(CSVLogger.to(file()).separator(';'), ROWS.subList(0, 1)))
                .isEqualTo((HEADER + FIRST).replace(',', ';'));
    }

    @Test
    void appendsBehindAHeader() throws IOException {
        Files.writeString(file(), "epoch,loss\r\n0,1.0\r\n");
        assertThat(written(CSVLogger.to(file()).append(true), ROWS.subList(0, 1)))
                .isEqualTo("epoch,loss\r\n0,1.0\r\n" + FIRST);
    }

    @Test
    void appendsToAnEmptyFileWithAHeader() throws IOException {
        Files.writeString(file(), "");
        assertThat(written(CSVLogger.to(file()).append(true), ROWS.subList(0, 1))).isEqualTo(HEADER + FIRST);
    }

    /// Keras without a callback that logs the rate writes the same without that column.
    @Test
    void quotesAndForeseesAValidation() throws IOException {
        assertThat(written(CSVLogger.to(file()), List.of(Map.of("loss", 0.5, "my,metric", 2.0)))).isEqualTo(
                "epoch,learning_rate,loss,\"my,metric\",val_loss,\"val_my,metric\"\r\n"
                        + "0,2.9999999242136255e-05,0.5,2.0,NA,NA\r\n");
    }

    @Test
    void aMissingMetricIsNA() throws IOException {
        assertThat(written(CSVLogger.to(file()), List.of(ROWS.getFirst(), Map.of("loss", 1.0))))
                .endsWith("1,NA,2.9999999242136255e-05,1.0,NA,NA\r\n");
    }

    /// A run killed after any epoch and resumed from any checkpoint before ends with the lines of one never stopped.
    @Test
    void noEpochTwiceAndNoneMissingAfterAResume() throws IOException {
        for (boolean append : List.of(false, true)) {
            Files.writeString(file(), "epoch,loss\r\n");
            var whole = written(CSVLogger.to(file()).append(append), ROWS);
            for (int killed = 0; killed <= ROWS.size(); killed++) {
                for (int checkpoint = 0; checkpoint <= killed; checkpoint++) {
                    Files.writeString(file(), "epoch,loss\r\n");
                    var reduce = ReduceLROnPlateau.on(Monitor.LOSS).patience(1).minDelta(0);
                    var training = new FakeTraining(3e-5, reduce, CSVLogger.to(file()).append(append)).begin();
                    var states = training.states();
                    double rate = training.learningRate();
                    for (int i = 0; i < killed; i++) {
                        training.epoch(i + 1, ROWS.get(i));
                        if (i + 1 == checkpoint) {
                            states = training.states();
                            rate = training.learningRate();
                        }
                    }
                    var resumed = new FakeTraining(3e-5, ReduceLROnPlateau.on(Monitor.LOSS).patience(1).minDelta(0),
                            CSVLogger.to(file()).append(append)).resume(states, rate);
                    for (int i = checkpoint; i < ROWS.size(); i++) resumed.epoch(i + 1, ROWS.get(i));
                    resumed.end();
                    assertThat(Files.readString(file())).as("killed after %d, resumed at %d", killed, checkpoint)
                            .isEqualTo(whole);
                }
            }
        }
    }

    @Test
    void aFileThatSomebodyChangedIsKeptAndSaid() throws IOException {
        var training = new FakeTraining(3e-5, CSVLogger.to(file())).begin();
        training.epoch(1, ROWS.getFirst());
        Files.writeString(file(), "my notes\n");
        var resumed = new FakeTraining(3e-5, CSVLogger.to(file())).resume(training.states(), 3e-5);
        resumed.epoch(2, ROWS.getFirst());
        resumed.end();
        assertThat(Files.readString(file())).isEqualTo("my notes\n" + FIRST.replaceFirst("0", "1"));
        assertThat(resumed.said).singleElement().asString().endsWith("go on behind what is there.");
    }
}
