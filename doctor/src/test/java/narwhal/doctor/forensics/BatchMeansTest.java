package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Oracle: simulated loops that average batch means, and the weighted average of the same batches.
class BatchMeansTest {
    private static final ValidationSet SET = new ValidationSet(100, 16);

    private static double[] means(Random random, boolean weighted) {
        var values = new double[30];
        for (int e = 0; e < values.length; e++) {
            double level = 0.6 + 0.3 * random.nextDouble();
            double sum = 0;
            for (int batch = 0; batch < SET.batches(); batch++) {
                int right = 0;
                for (int i = 0; i < SET.imagesIn(batch); i++) if (random.nextDouble() < level) right++;
                sum += weighted ? right / 100.0 : (double) right / SET.imagesIn(batch) / SET.batches();
            }
            values[e] = Math.rint(1e4 * sum) / 1e4;
        }
        return values;
    }

    @Test
    void meansWithoutWeightsAreFound() {
        for (int seed = 0; seed < 20; seed++) {
            var found = BatchMeans.find(4, means(new Random(seed), false), 100);
            assertThat(found).as("seed %d", seed).isPresent();
            assertThat(found.get().set()).isEqualTo(SET);
            assertThat(found.get().chance()).isLessThan(1e-3);
            assertThat(found.get().misses()).isZero();
        }
    }

    @Test
    void weightedMeansAreNotSuspected() {
        for (int seed = 0; seed < 20; seed++) {
            assertThat(BatchMeans.find(4, means(new Random(seed), true), 100)).isEmpty();
        }
    }

    @Test
    void biasIsBoundedByTheLastBatch() {
        // seven batches, the last of 4 images: it counts 1/7 instead of 4/100
        assertThat(SET.lastBatch()).isEqualTo(4);
        assertThat(new BatchMeans(SET, 0, 0, 0).bias(1)).isEqualTo(1.0 / 7 - 0.04);
    }
}
