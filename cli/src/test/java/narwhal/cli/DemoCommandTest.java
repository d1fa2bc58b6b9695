package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/// Oracle: which pictures a window of 22 of 45 batches holds. Both trainings have the same weights after each epoch, so what differs
/// is only what was scored.
class DemoCommandTest {
    @Test
    void theZigzagIsExplainedAndRepaired() {
        var outcome = Outcome.of("demo", "zigzag", "--epochs", "6", "--steps-per-epoch", "2", "--threads", "2");
        assertThat(outcome.code()).isZero();
        assertThat(outcome.out()).contains("Found 705 images belonging to 2 classes.", "Epoch 6/6",
                "rotating-validation", "352 of 705 images per epoch", "the whole set");
        var epochs = outcome.out().lines().filter(line -> line.contains(" - val_accuracy: ")).toList();
        assertThat(epochs).hasSize(12);
        assertThat(training(epochs.subList(0, 6))).isEqualTo(training(epochs.subList(6, 12)));
    }

    private static List<String> training(List<String> lines) {
        return lines.stream().map(line -> line.replaceAll(".* - loss: (\\S+) - accuracy: (\\S+) .*", "$1 $2")).toList();
    }

    @Test
    void anUnknownDemoIsSaid() {
        var outcome = Outcome.of("demo", "zigzap");
        assertThat(outcome.code()).isEqualTo(2);
        assertThat(outcome.errors()).hasSize(1);
        assertThat(outcome.errors().getFirst()).contains("zigzag");
    }
}
