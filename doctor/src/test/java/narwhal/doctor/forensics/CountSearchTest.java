package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Oracles: the worked examples of the specification, recomputed there from the logs, and simulated evaluations whose loop
/// is known.
class CountSearchTest {
    private static final Digits SEED = Digits.of(4, Logs.column("seed.txt", 3));
    private static final int[] SEED_EPOCHS = Logs.upTo(39);

    @ParameterizedTest
    @CsvSource({"16,32,325,651,0", "8,16,650,1301,7", "4,8,1300,2601,10", "128,256,40,82,17", "8,32,325,1301,21",
        "32,64,162,326,28", "64,128,81,163,28", "32,32,325,326,0", "20,40,260,521,3", "13,26,400,801,3"})
    void missesOfTheSeedsCandidates(int batch, int divisor, int steps, int batches, int misses) {
        var set = new ValidationSet(10401, batch);
        assertThat(set.batches()).isEqualTo(batches);
        assertThat(10401 / divisor).isEqualTo(steps);
        assertThat(SEED.misses(new ScoringLoop.Rotating(set, steps).images(SEED_EPOCHS))).isEqualTo(misses);
    }

    @Test
    void windowsOfTheSeed() {
        var loop = new ScoringLoop.Rotating(new ValidationSet(10401, 16), 325);
        assertThat(java.util.stream.IntStream.range(0, 6).mapToObj(loop::window)).containsExactly(
                new ScoringLoop.Window(0, 325), new ScoringLoop.Window(325, 325), new ScoringLoop.Window(650, 325),
                new ScoringLoop.Window(324, 325), new ScoringLoop.Window(649, 325), new ScoringLoop.Window(323, 325));
        assertThat(loop.images(SEED_EPOCHS)).startsWith(5200, 5200, 5185, 5200, 5185, 5200);
        assertThat(loop.window(2).times(650, loop.set())).isOne();
        assertThat(loop.window(2).times(324, loop.set())).isZero();
    }

    @Test
    void theSeedIsProved() {
        var known = KnownLoop.NOTHING.images(10401).trainingSteps(29124, 910).rhythm(2, 12);
        assertThat(known.divisors()).containsExactly(32);
        var verdict = CountSearch.search(SEED, SEED_EPOCHS, known);
        assertThat(verdict.best().loop()).isEqualTo(new ScoringLoop.Rotating(new ValidationSet(10401, 16), 325));
        assertThat(verdict.resolved()).isTrue();
        assertThat(verdict.best().misses()).isZero();
        assertThat(verdict.best().chance()).isCloseTo(8.0e-12, within(0.05e-12));
        assertThat(-Math.log(verdict.best().chance())).isCloseTo(25.5, within(0.05));
        assertThat(verdict.trials()).isEqualTo(22_333);
        assertThat(verdict.corrected()).isCloseTo(1.8e-7, within(0.05e-7));
        assertThat(verdict.rivalMisses()).isEqualTo(3);
        assertThat(PowersOfTwo.nextBest(SEED, SEED_EPOCHS, verdict.best().loop()))
                .contains(new PowersOfTwo(8, 16, 7));
    }

    @Test
    void theSeedIsProvedEvenAgainstTheStatedBatch() {
        var known = KnownLoop.NOTHING.images(10401).trainingSteps(29124, 910).batch(32).steps(325);
        var verdict = CountSearch.search(SEED, SEED_EPOCHS, known);
        assertThat(verdict.best().loop()).isEqualTo(new ScoringLoop.Rotating(new ValidationSet(10401, 16), 325));
        assertThat(verdict.resolved()).isTrue();
    }

    @Test
    void oneBatchLeftOut() {
        var pod = Digits.of(4, Logs.column("pod.txt", 3));
        var verdict = CountSearch.search(pod, Logs.upTo(300), KnownLoop.NOTHING.images(1298).trainingSteps(4413, 34));
        var loop = new ScoringLoop.Rotating(new ValidationSet(1298, 128), 10);
        assertThat(verdict.best().loop()).isEqualTo(loop);
        assertThat(verdict.resolved()).isTrue();
        assertThat(verdict.best().misses()).isZero();
        assertThat(Math.log10(verdict.best().chance())).isCloseTo(-278, within(1.0));
        assertThat(loop.images(Logs.upTo(300))).satisfies(n -> {
            assertThat(java.util.Arrays.stream(n).filter(images -> images == 1280).count()).isEqualTo(28);
            assertThat(java.util.Arrays.stream(n).filter(images -> images == 1170).count()).isEqualTo(272);
        });
        assertThat(pod.misses(1280)).isEqualTo(255);
        assertThat(pod.misses(1170)).isEqualTo(26);
        assertThat(pod.misses(1298)).isEqualTo(238);
    }

    @Test
    void wholePassesStayUnsuspected() {
        var cats = Digits.of(4, Logs.column("cats.txt", 3));
        var fashion = Digits.of(4, Logs.column("fashion.txt", 3));
        assertThat(CountSearch.search(cats, Logs.upTo(30), KnownLoop.NOTHING.images(1000)).best().coverage())
                .isEqualTo(Explanation.Coverage.FULL);
        assertThat(CountSearch.search(fashion, Logs.upTo(30), KnownLoop.NOTHING.images(5000)).resolved()).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"1", "2", "3", "4", "5", "6"})
    void simulatedLoopsAreFound(int seed) {
        var random = new Random(seed);
        var set = new ValidationSet(1500 + random.nextInt(1500), 32);
        int steps = set.batches() * (4 + random.nextInt(5)) / 10;
        steps = (int) set.images() / ((int) set.images() / steps);
        for (var loop : new ScoringLoop[]{new ScoringLoop.Rotating(set, steps), new ScoringLoop.Restarting(set, steps),
            new ScoringLoop.FullPass(set)}) {
            var verdict = CountSearch.search(accuracies(loop, 40, random), Logs.upTo(40),
                    KnownLoop.NOTHING.images(set.images()));
            var expected = new Explanation(loop, 0, 1, 0, 0).coverage();
            assertThat(verdict.best().coverage()).as(loop + ": " + verdict).isEqualTo(expected);
            assertThat(verdict.partial()).as(verdict.toString()).isEqualTo(expected != Explanation.Coverage.FULL);
            // a window that stands still and one that never meets the short last batch give the same counts
            if (expected == Explanation.Coverage.MOVING) assertThat(verdict.resolved()).as(verdict.toString()).isTrue();
        }
    }

    private static Digits accuracies(ScoringLoop loop, int epochs, Random random) {
        var values = new double[epochs];
        for (int e = 0; e < epochs; e++) {
            long n = loop.images(e);
            long right = Math.round(n * (0.7 + 0.1 * random.nextDouble()));
            values[e] = Math.rint(1e4 * right / n) / 1e4;
        }
        return Digits.of(4, values);
    }
}
