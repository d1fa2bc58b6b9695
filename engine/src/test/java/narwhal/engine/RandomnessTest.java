package narwhal.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import narwhal.engine.Randomness.Purpose;
import org.junit.jupiter.api.Test;

class RandomnessTest {
    /// The oracle is the JDK's own SplitMix: absorbing v is drawing its v-th number.
    @Test
    void isFourNestedDrawsOfSplittableRandom() {
        for (long seed : new long[]{0, 1, -7, Long.MIN_VALUE, 20_261_124}) {
            for (var purpose : Purpose.values()) {
                long expected = draw(draw(draw(draw(seed, 0), purpose.number), 3), 12);

                assertThat(new Randomness(seed).bits(purpose, 3, 12)).isEqualTo(expected);
            }
        }
    }

    private static long draw(long seed, int v) {
        var random = new SplittableRandom(seed);
        for (int i = 0; i < v; i++) random.nextLong();
        return random.nextLong();
    }

    @Test
    void uniformNumbersFillTheUnitInterval() {
        var random = new Randomness(1);
        var tenths = new int[10];
        for (int i = 0; i < 100_000; i++) tenths[(int) (10 * random.uniform(Purpose.AUGMENTATION, 0, i))]++;

        // Each count is binomial with standard deviation 95; five of them leave room for a fixed seed.
        assertThat(Arrays.stream(tenths)).allSatisfy(count -> assertThat(count).isBetween(9_525, 10_475));
    }

    @Test
    void permutationHoldsEveryNumberOnceAndDiffersByEpoch() {
        var random = new Randomness(5);

        assertThat(random.permutation(0, 1_000)).containsExactlyInAnyOrder(IntStream.range(0, 1_000).toArray())
                .isEqualTo(random.permutation(0, 1_000)).isNotEqualTo(random.permutation(1, 1_000));
        assertThat(random.permutation(0, 0)).isEmpty();
    }

    @Test
    void everyOrderOfThreeIsAboutAsFrequent() {
        var random = new Randomness(9);
        var counts = new int[27];
        for (int epoch = 0; epoch < 60_000; epoch++) {
            var p = random.permutation(epoch, 3);
            counts[9 * p[0] + 3 * p[1] + p[2]]++;
        }

        assertThat(Arrays.stream(counts).filter(count -> count > 0).boxed()).hasSize(6)
                .allSatisfy(count -> assertThat(count).isBetween(9_540, 10_460));
    }
}
