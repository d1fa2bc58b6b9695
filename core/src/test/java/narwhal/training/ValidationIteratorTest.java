package narwhal.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import narwhal.data.Batches;
import org.junit.jupiter.api.Test;

/// The validation of the script about orca calls: 10401 pictures in batches of 16, 325 steps of 651 batches.
class ValidationIteratorTest {
    private static final int PICTURES = 10_401;
    private static final int BATCH = 16;
    private static final int STEPS = 325;
    private static final int BATCHES = Math.ceilDiv(PICTURES, BATCH);

    /// `val_acc` of its 39 epochs as printed.
    private static final double[] ACCURACIES = {0.9548, 0.6604, 0.9558, 0.8385, 0.9745, 0.8060, 0.9695, 0.7660, 0.9850,
        0.8033, 0.9834, 0.7792,
        0.9796, 0.7306, 0.9761, 0.7060, 0.9853, 0.7435, 0.9778, 0.7665, 0.9873, 0.7817, 0.9877, 0.8023,
        0.9844, 0.7046, 0.9855, 0.6762, 0.9859, 0.7298, 0.9857, 0.8479, 0.9859, 0.8056, 0.9873, 0.7121,
        0.9869, 0.8646, 0.9861};

    private static int pictures(ValidationIterator.Read read) {
        return IntStream.range(0, read.length()).map(i -> (int) ((read.first() + i) % BATCHES))
                .map(batch -> Math.min(BATCH, PICTURES - batch * BATCH)).sum();
    }

    private static int first(ValidationIterator.Read read) {
        return (int) (read.first() % BATCHES);
    }

    @Test
    void keras224WalksThroughTheSet() {
        var firsts = new ArrayList<Integer>();
        var pictures = new ArrayList<Integer>();
        for (int epoch = 0; epoch < 6; epoch++) {
            var read = ValidationIterator.KERAS_2_2_4.read(epoch, STEPS, BATCHES);
            assertThat(read.length()).isEqualTo(STEPS);
            firsts.add(first(read));
            pictures.add(pictures(read));
        }
        assertThat(firsts).containsExactly(0, 325, 650, 324, 649, 323);
        assertThat(pictures).containsExactly(5200, 5200, 5185, 5200, 5185, 5200);
    }

    /// Each printed accuracy is the rounding of right pictures by scored ones, if this many were scored.
    private static boolean fits(double printed, int scored) {
        long right = Math.round(printed * scored);
        return IntStream.rangeClosed(-1, 1).anyMatch(d -> Math.round((double) (right + d) / scored * 1e4) == Math.round(
                printed * 1e4));
    }

    @Test
    void theNumbersOfTheScriptAreThoseOfKeras224() {
        assertThat(ACCURACIES).hasSize(39);
        var fresh = new ArrayList<Integer>();
        for (int epoch = 0; epoch < ACCURACIES.length; epoch++) {
            var read = ValidationIterator.KERAS_2_2_4.read(epoch, STEPS, BATCHES);
            assertThat(fits(ACCURACIES[epoch], pictures(read))).as("epoch %d", epoch + 1).isTrue();
            if (!fits(ACCURACIES[epoch], pictures(ValidationIterator.FRESH.read(epoch, STEPS, BATCHES)))) {
                fresh.add(epoch + 1);
            }
        }
        assertThat(fresh).as("epochs that an iterator which starts anew cannot have printed").hasSize(11)
                .startsWith(5);
    }

    /// Seen in Keras 3.3.3 and 3.6.0: 7 batches, 3 steps.
    @Test
    void keras30StopsAtTheEndAndStartsAgain() {
        var windows = IntStream.range(0, 6).mapToObj(e -> ValidationIterator.KERAS_3_0.read(e, 3, 7))
                .map(read -> List.of((int) read.first(), read.length())).toList();
        assertThat(windows).containsExactly(List.of(0, 3), List.of(3, 3), List.of(6, 1), List.of(0, 3), List.of(3, 3),
                List.of(6, 1));
        assertThat(ValidationIterator.KERAS_3_0.read(1, 3, 6)).isEqualTo(new ValidationIterator.Read(3, 3));
        assertThat(ValidationIterator.KERAS_3_0.read(2, 3, 6)).isEqualTo(new ValidationIterator.Read(0, 3));
        assertThat(ValidationIterator.KERAS_3_0.read(4, 9, 7)).isEqualTo(new ValidationIterator.Read(0, 7));
    }

    @Test
    void oursStartsAtTheFirstPicture() {
        for (int epoch = 0; epoch < 9; epoch++) {
            assertThat(ValidationIterator.FRESH.read(epoch, STEPS, BATCHES))
                    .isEqualTo(new ValidationIterator.Read(0, STEPS));
        }
        assertThat(Fit.epochs(1).validationIterator()).isEqualTo(ValidationIterator.FRESH);
    }

    @Test
    void anEmulationIsSaidBeforeTheFirstEpoch() {
        var fit = Fit.epochs(1).validation(Batches.of(new Shapes(40, 8, 2, true), 4)).validationSteps(5);
        assertThat(Coverage.of(fit)).hasValueSatisfying(said -> assertThat(said).startsWith("Validation will not"));
        assertThat(Coverage.of(fit.validationIterator(ValidationIterator.KERAS_2_2_4)))
                .hasValueSatisfying(said -> assertThat(said).startsWith("As in Keras 2.2.4, on purpose"));
        assertThat(Coverage.of(fit.validationIterator(ValidationIterator.KERAS_3_0)))
                .hasValueSatisfying(said -> assertThat(said).startsWith("As in Keras 3.0, on purpose"));
    }
}
