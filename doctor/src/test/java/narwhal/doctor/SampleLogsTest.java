package narwhal.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import narwhal.doctor.report.Consultation;
import narwhal.history.facts.Facts;
import narwhal.history.facts.FactsReader;
import narwhal.history.readers.Logs;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Oracle: nine public logs whose cause is known. Skipped where they are not at hand.
class SampleLogsTest {
    private static final Path LOGS = Path.of("../../shared/logs");

    @ParameterizedTest
    @CsvSource({"seed-orca-zigzag.log,rotating-validation,error", "pod-20class-period-11.log,rotating-validation,error",
        "cats-dogs-2000-images.log,overfitting,warning", "fashion-mnist-dense.log,healthy,info",
        "housing-sgd-blowup.log,learning-rate-too-high,error", "mnist-ln10.csv,constant-predictor,error",
        "cifar10-adam.log,healthy,info", "timedistributed-batchnorm.log,batch-norm-mismatch,warning",
        "mnist-lenet5-torch.log,healthy,info"})
    void theTopFindingIsTheKnownCause(String name, String id, String severity) throws IOException {
        var file = LOGS.resolve(name);
        assumeTrue(Files.exists(file), "the sample logs are not here");
        var stated = FactsReader.read(Files.readString(LOGS.resolve(name.replaceAll("\\.\\w+$", ".facts"))));
        for (var facts : new Facts[]{Facts.NONE, stated}) {
            var diagnosis = Doctor.standard().examine(Logs.read(file), facts);
            var top = diagnosis.findings().getFirst();
            assertThat(top.id()).isEqualTo(id);
            assertThat(Severity.valueOf(severity.toUpperCase(java.util.Locale.ROOT))).satisfies(least -> assertThat(
                    top.severity().atLeast(least)).isTrue());
            if (id.equals("healthy")) assertThat(diagnosis.raised()).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"seed-orca-zigzag.log", "pod-20class-period-11.log", "cats-dogs-2000-images.log",
        "housing-sgd-blowup.log",
        "mnist-ln10.csv", "mnist-lenet5-torch.log"})
    void theTextFitsOneScreen(String name) throws IOException {
        var file = LOGS.resolve(name);
        assumeTrue(Files.exists(file), "the sample logs are not here");
        for (var facts : new String[]{"", Files.readString(LOGS.resolve(name.replaceAll("\\.\\w+$", ".facts")))}) {
            var text = Consultation.standard().answer(Files.readAllBytes(file), name, facts).text();
            assertThat(text.lines().count()).isLessThanOrEqualTo(40);
            assertThat(text.lines()).allSatisfy(line -> assertThat(line.length()).isLessThanOrEqualTo(100));
        }
    }
}
