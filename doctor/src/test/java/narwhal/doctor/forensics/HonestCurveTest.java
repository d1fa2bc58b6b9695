package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Oracles: the specification's figures for two logs, and simulated sets whose accuracy is known.
class HonestCurveTest {
    private static final ScoringLoop SEED_LOOP = new ScoringLoop.Rotating(new ValidationSet(10401, 16), 325);
    private static final HonestCurve SEED = HonestCurve.of(Digits.of(4, Logs.column("seed.txt", 3)),
            Logs.column("seed.txt", 2), Logs.upTo(39), SEED_LOOP);

    @Test
    void countsOfTheSeed() {
        var digits = Digits.of(4, Logs.column("seed.txt", 3));
        var counts = new long[39];
        for (int e = 0; e < 39; e++) counts[e] = digits.right(e, SEED_LOOP.images(e));
        assertThat(counts).startsWith(4965, 3434, 4956, 4360, 5053, 4191).endsWith(5117, 4496, 5113);
    }

    @ParameterizedTest
    @CsvSource({"1,0.808,0.532", "3,0.897,0.303", "4,0.906,0.281", "9,0.894,0.303", "15,0.841,0.480", "23,0.895,0.350",
        "27,0.831,0.499", "29,0.858,0.429", "31,0.917,0.275", "33,0.896,0.327", "35,0.849,0.457",
        "37,0.926,0.249", "8,0.875,0.342"})
    void pairsOfTheSeed(int epoch, double accuracy, double loss) {
        var point = SEED.points().get(epoch - 1);
        assertThat(point.first()).isEqualTo(epoch - 1);
        assertThat(point.last()).isEqualTo(epoch);
        assertThat(point.accuracy()).isCloseTo(accuracy, within(0.0006));
        assertThat(point.loss().orElseThrow()).isCloseTo(loss, within(0.0006));
    }

    @Test
    void theSeedIsAboutEightyNinePerCent() {
        var late = SEED.late();
        assertThat(late.getFirst().first()).isEqualTo(28);
        assertThat(late.getLast().last()).isEqualTo(37);
        assertThat(late.stream().mapToDouble(HonestCurve.Point::accuracy).average().orElseThrow())
                .isCloseTo(0.889, within(0.0005));
    }

    @Test
    void callbacksOfTheSeed() {
        var losses = Logs.column("seed.txt", 2);
        assertThat(Replay.kept(losses)).containsExactly(0, 2, 4, 8);
        assertThat(Replay.cuts(20, losses)).containsExactly(28);
        var honest = SEED.points().stream().mapToDouble(point -> point.loss().orElseThrow()).toArray();
        assertThat(Replay.kept(honest).getLast()).isEqualTo(36);
    }

    @Test
    void elevenEpochsMakeOnePoint() {
        var loop = new ScoringLoop.Rotating(new ValidationSet(1298, 128), 10);
        var losses = Logs.column("pod.txt", 2);
        var curve = HonestCurve.of(Digits.of(4, Logs.column("pod.txt", 3)), losses, Logs.upTo(300), loop);
        assertThat(curve.width()).isEqualTo(11);
        assertThat(Replay.kept(losses).getLast()).isEqualTo(258);
        var around = curve.points().get(258 - 5);
        assertThat(around.accuracy()).isCloseTo(0.588, within(0.002));
        assertThat(around.loss().orElseThrow()).isCloseTo(1.263, within(0.01));
        double least = Arrays.stream(losses).min().orElseThrow();
        assertThat(losses[299] / least - 1).isCloseTo(0.20, within(0.01));
        var honest = curve.points().stream().mapToDouble(point -> point.loss().orElseThrow()).toArray();
        double leastHonest = Arrays.stream(honest).min().orElseThrow();
        assertThat(honest[honest.length - 1] / leastHonest - 1).isCloseTo(0.01, within(0.005));
    }

    @ParameterizedTest
    @CsvSource({"1000,32,10", "1000,32,16", "2000,50,13", "777,16,40", "1298,128,10", "999,10,60"})
    void sortedSetsGiveTheirTrueAccuracy(int images, int batch, int steps) {
        var set = new ValidationSet(images, batch);
        var loop = new ScoringLoop.Rotating(set, steps);
        var right = new boolean[images];
        var random = new Random(images);
        for (int i = 0; i < images; i++) right[i] = random.nextDouble() < (i < images / 2 ? 0.95 : 0.6);
        double truth = 0;
        for (boolean r : right) truth += r ? 1.0 / images : 0;
        var values = new double[40];
        for (int e = 0; e < 40; e++) {
            var window = loop.window(e);
            double hits = 0;
            for (int i = 0; i < images; i++) if (right[i]) hits += window.times(i / batch, set);
            values[e] = Math.rint(1e4 * hits / loop.images(e)) / 1e4;
        }
        var curve = HonestCurve.of(Digits.of(4, values), new double[0], Logs.upTo(40), loop);
        for (var point : curve.points()) assertThat(point.accuracy()).isCloseTo(truth, within(0.05));
        var chunks = HonestCurve.chunks(Digits.of(4, values), Logs.upTo(40), loop, 2);
        assertThat(chunks[0]).isGreaterThan(chunks[1] + 0.2);
    }
}
