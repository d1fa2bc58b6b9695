package narwhal.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import narwhal.history.facts.Facts;
import narwhal.history.readers.Logs;
import org.junit.jupiter.api.Test;

/// A file may hold thousands of runs, as when all of a search wrote to one.
class ManyRunsTest {
    @Test
    void ofVeryManyRunsTheLongestAreExaminedAndTheOthersNamed() {
        var short1 = run(3, "loss: 0.5000 - val_loss: 0.5000");
        var text = IntStream.range(0, 30).mapToObj(i -> short1).collect(Collectors.joining())
                + run(9, "loss: nan - val_loss: nan");

        var diagnosis = Doctor.standard().examine(Logs.read(text.getBytes(StandardCharsets.UTF_8), "train.log"),
                Facts.NONE);

        assertThat(diagnosis.findings().getFirst().illness()).isEqualTo(Illness.NOT_A_NUMBER);
        assertThat(diagnosis.subject().runs()).isEqualTo(31);
        assertThat(diagnosis.subject().notExamined()).contains("the 11 shortest of 31 runs");
        assertThat(diagnosis.cases()).hasSize(20);
    }

    private static String run(int epochs, String metrics) {
        return IntStream.rangeClosed(1, epochs)
                .mapToObj(
                        i -> "Epoch " + i + "/" + epochs + "\n10/10 [==============================] - 1s - " + metrics
                                + "\n")
                .collect(Collectors.joining());
    }
}
