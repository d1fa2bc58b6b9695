package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.IntToLongFunction;
import org.junit.jupiter.api.Test;

/// The oracle is [ScoringLoop]: right answers are drawn, divided by the images that a loop scores, and printed.
class AlternatingCountsTest {
    private static final ScoringLoop EIGHTEEN_OF_19 = new ScoringLoop.Rotating(new ValidationSet(589, 32), 18);

    @Test
    void twoNumbersInTurn() {
        var halves = new ScoringLoop.Rotating(new ValidationSet(539, 16), 17);
        var found = find(full(40, 1, halves::images)).orElseThrow();
        assertThat(found.images()).containsExactly(272L, 267L);
        assertThat(found.period()).contains(2);
    }

    @Test
    void theLastBatchIsLeftOutOnceInNineteenEpochs() {
        for (int seed = 0; seed < 20; seed++) {
            var found = find(full(45, seed, EIGHTEEN_OF_19::images)).orElseThrow();
            assertThat(found.period()).as("seed %d: %s", seed, found).contains(19);
            assertThat(found.images()).containsOnlyOnce(576L).containsOnly(576L, 557L);
            assertThat(found.images().getFirst()).isEqualTo(EIGHTEEN_OF_19.images(0));
            assertThat(found.words())
                    .isEqualTo("557 images, and of 576 in one epoch of 19 (18 of 19 batches of 32)");
        }
    }

    @Test
    void fourDecimalsSayItOfASmallSet() {
        var found = find(printed(60, 3, EIGHTEEN_OF_19::images)).orElseThrow();
        assertThat(found.gain()).isGreaterThan(12);
    }

    @Test
    void noFixedOrder() {
        var lots = new SplittableRandom(5);
        var with = new boolean[40];
        for (int e = 0; e < with.length; e++) with[e] = lots.nextInt(3) > 0;
        var found = find(full(40, 6, e -> with[e] ? 557 : 576)).orElseThrow();
        assertThat(found.images()).containsExactlyInAnyOrder(557L, 576L);
        assertThat(found.period()).isEmpty();
    }

    @Test
    void oneNumberForAllEpochs() {
        for (int seed = 0; seed < 4; seed++) {
            for (long images : new long[]{100, 589, 1000, 5003, 12_000}) {
                assertThat(find(full(60, seed, e -> images))).as("%d images, seed %d", images, seed).isEmpty();
                assertThat(find(printed(60, seed, e -> images))).as("%d images, seed %d", images, seed).isEmpty();
            }
        }
    }

    @Test
    void anotherSetFromSomeEpochOnIsNoWindow() {
        assertThat(find(full(40, 7, e -> e < 25 ? 557 : 576))).isEmpty();
    }

    @Test
    void meansOfBatchMeansAreNoShares() {
        var lots = new SplittableRandom(8);
        var values = new double[40];
        for (int e = 0; e < values.length; e++) {
            double sum = 0;
            for (int batch = 0; batch < 19; batch++) {
                int images = batch < 18 ? 32 : 13;
                int right = 0;
                for (int i = 0; i < images; i++) if (lots.nextDouble() < 0.9) right++;
                sum += (double) right / images;
            }
            values[e] = (float) (sum / 19);
        }
        assertThat(find(Digits.full(values))).isEmpty();
    }

    @Test
    void digitsOfNoCount() {
        for (int seed = 0; seed < 20; seed++) {
            var lots = new SplittableRandom(seed);
            var values = new double[60];
            for (int e = 0; e < values.length; e++) values[e] = (float) (0.8 + 0.15 * lots.nextDouble());
            assertThat(find(Digits.full(values))).as("seed %d", seed).isEmpty();
        }
    }

    private static Optional<AlternatingCounts> find(Digits digits) {
        return AlternatingCounts.find(digits, CountScan.of(digits));
    }

    private static Digits full(int epochs, int seed, IntToLongFunction images) {
        var values = accuracies(epochs, seed, images);
        for (int e = 0; e < epochs; e++) values[e] = (float) values[e];
        return Digits.full(values);
    }

    private static Digits printed(int epochs, int seed, IntToLongFunction images) {
        var values = accuracies(epochs, seed, images);
        for (int e = 0; e < epochs; e++) values[e] = Math.round(values[e] * 1e4) / 1e4;
        return Digits.of(4, values);
    }

    private static double[] accuracies(int epochs, int seed, IntToLongFunction images) {
        var lots = new SplittableRandom(seed);
        var values = new double[epochs];
        for (int e = 0; e < epochs; e++) {
            long scored = images.applyAsLong(e);
            double level = 0.95 - 0.3 * Math.exp(-e / 8.0);
            long right = 0;
            for (long i = 0; i < scored; i++) if (lots.nextDouble() < level) right++;
            values[e] = (double) right / scored;
        }
        return values;
    }
}
