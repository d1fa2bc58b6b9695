package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Oracles: the table of φ in the specification, and counting all printable values one by one.
class DigitsTest {
    private static final Digits ALL = Digits.of(4, 0.0, 0.9999);

    @ParameterizedTest
    @CsvSource({"1000,0.100", "2000,0.200", "4000,0.600", "5185,0.519", "5200,0.520", "8000,1.000", "10000,1",
        "123456,1"})
    void theShareOfAttainableValuesIsNotTheNaiveOne(long images, double share) {
        assertThat(ALL.share(images)).isCloseTo(share, within(0.000501));
    }

    @Test
    void shareCountsEveryPrintableValue() {
        var random = new Random(7);
        for (int trial = 0; trial < 300; trial++) {
            int decimals = 2 + random.nextInt(4);
            int grain = (int) Math.pow(10, decimals);
            int low = random.nextInt(grain);
            int high = low + random.nextInt(grain - low + 1);
            long images = 1 + random.nextInt(2 * grain);
            int hits = 0;
            for (int j = low; j <= high; j++) {
                if (roundsTo(j, grain, images)) hits++;
            }
            var digits = Digits.of(decimals, (double) low / grain, (double) high / grain);
            assertThat(digits.share(images)).as("%d images, %d decimals, %d to %d", images, decimals, low, high)
                    .isEqualTo((double) hits / (high - low + 1));
        }
    }

    /// Whether j/grain is the rounding, ties either way, of some k/images.
    private static boolean roundsTo(long j, long grain, long images) {
        long k = Math.round((double) j * images / grain);
        for (long near = k - 1; near <= k + 1; near++) {
            if (2 * Math.abs(near * grain - j * images) <= images * (1 + 1e-4)) return true;
        }
        return false;
    }

    @Test
    void everyRoundedShareIsAttainable() {
        for (int images : new int[]{7, 333, 1000, 5185, 9999}) {
            for (int k = 0; k <= images; k += 1 + images / 50) {
                double printed = Math.rint(1e4 * k / images) / 1e4;
                assertThat(Digits.of(4, printed).attainable(0, images)).as("%d/%d", k, images).isTrue();
                assertThat(Digits.full((float) k / images).attainable(0, images)).isTrue();
            }
        }
    }

    @Test
    void neighboursOfARoundNumberLookAlike() {
        var fashion = Digits.of(4, Logs.column("fashion.txt", 3));
        assertThat(java.util.stream.LongStream.range(10, 6000)
                .filter(n -> fashion.misses(n) == 0 && fashion.share(n) < 0.9))
                .containsExactly(4999L, 5000L, 5001L);
    }

    @Test
    void thousandIsTheSmallestNumberThatFitsCatsAndDogs() {
        var cats = Digits.of(4, Logs.column("cats.txt", 3));
        assertThat(java.util.stream.LongStream.range(10, 1001).filter(n -> cats.misses(n) == 0)).containsExactly(1000L);
    }

    @Test
    void misprintsOfTheSeed() {
        var seed = Digits.of(4, Logs.column("seed.txt", 3));
        assertThat(seed.misses(5185)).isEqualTo(7);
        assertThat(java.util.stream.IntStream.range(0, 39).filter(e -> !seed.attainable(e, 5200)).map(e -> e + 1))
                .containsExactly(5, 7, 11, 15, 17, 19, 27, 29, 31, 33, 39);
    }
}
