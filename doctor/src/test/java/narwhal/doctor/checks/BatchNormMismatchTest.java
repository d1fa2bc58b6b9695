package narwhal.doctor.checks;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import narwhal.doctor.Doctor;
import narwhal.history.facts.FactsReader;
import narwhal.history.readers.Logs;
import org.junit.jupiter.api.Test;

class BatchNormMismatchTest {
    /// Validation that has arrived at 1 stays there: that is no deafness.
    @Test
    void perfectValidationIsNoIllness() {
        var log = new StringBuilder("epoch,accuracy,loss,val_accuracy,val_loss\n");
        double[] training = {0.93, 0.985, 0.992, 0.995, 0.996, 0.997, 0.998, 0.9985, 0.999, 0.9992};
        for (int i = 0; i < training.length; i++) {
            log.append(i).append(',').append(training[i]).append(',').append((float) (0.3 * Math.pow(0.7, i)))
                    .append(i == 0 ? ",0.985," : ",1.0,").append((float) (0.08 * Math.pow(0.75, i))).append('\n');
        }
        var facts = FactsReader.read("the network has batch normalization\n500 validation images\n");

        var diagnosis = Doctor.standard()
                .examine(Logs.read(log.toString().getBytes(StandardCharsets.UTF_8), "log.csv"), facts);

        assertThat(diagnosis.raised()).isEmpty();
    }
}
