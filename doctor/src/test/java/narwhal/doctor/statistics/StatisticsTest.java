package narwhal.doctor.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Oracles: SciPy 1.x (`scipy.stats`) where named, enumeration of all orders, and the figures of the specification.
class StatisticsTest {
    @Test
    void zigzagNumbers() {
        assertThat(new TurningPoints(37, 37, TurningPoints.chance(39, 37)).p()).isCloseTo(5.7e-8, within(0.05e-8));
        // 2·A_5/5! with A_5 = 16, and the share of orders of 5 values with at least two turning points, by enumeration
        assertThat(TurningPoints.chance(5, 3)).isCloseTo(32 / 120.0, within(1e-12));
    }

    @Test
    void turningPointsOfAllOrders() {
        int n = 7;
        var counts = new int[n];
        permute(new double[]{1, 2, 3, 4, 5, 6, 7}, 0, order -> counts[TurningPoints.of(order).turns()]++);
        for (int turns = 0; turns <= n - 2; turns++) {
            int atLeast = 0;
            for (int t = turns; t < n; t++) atLeast += counts[t];
            assertThat(TurningPoints.chance(n, turns)).isCloseTo(atLeast / 5040.0, within(1e-12));
        }
    }

    private static void permute(double[] y, int from, java.util.function.Consumer<double[]> use) {
        if (from == y.length) {
            use.accept(y);
            return;
        }
        for (int i = from; i < y.length; i++) {
            swap(y, from, i);
            permute(y, from + 1, use);
            swap(y, from, i);
        }
    }

    private static void swap(double[] y, int i, int j) {
        double t = y[i];
        y[i] = y[j];
        y[j] = t;
    }

    @Test
    void mannKendallOfAllOrders() {
        // S of 1,3,2,4,6,5,8,7 is 22; the share of the 8! orders with |S| ≥ 22, by enumeration
        var counts = new int[2];
        var y = new double[]{1, 3, 2, 4, 6, 5, 8, 7};
        permute(y.clone(), 0, order -> counts[Math.abs(s(order)) >= Math.abs(s(y)) ? 1 : 0]++);
        assertThat(Trend.of(y).p()).isCloseTo(counts[1] / 40320.0, within(1e-12));
    }

    private static int s(double[] y) {
        int s = 0;
        for (int i = 0; i < y.length; i++) {
            for (int j = i + 1; j < y.length; j++) s += (int) Math.signum(y[j] - y[i]);
        }
        return s;
    }

    @Test
    void trendOfALineAndOfNoise() {
        assertThat(Trend.of(5, 4, 3, 2, 1, 0).slope()).isEqualTo(-1);
        assertThat(Trend.of(5, 4, 3, 2, 1, 0).falls(0.01)).isTrue();
        var random = new Random(3);
        int alarms = 0;
        for (int i = 0; i < 2000; i++) {
            if (Trend.of(random.doubles(20).toArray()).p() < 0.05) alarms++;
        }
        assertThat(alarms).isBetween(60, 140);
    }

    @Test
    void tailsOfTheNormalDistribution() {
        // scipy.stats.norm.sf
        assertThat(Normal.above(0)).isCloseTo(0.5, within(1e-15));
        assertThat(Normal.above(1.96)).isCloseTo(0.024997895148220435, within(1e-12));
        assertThat(Normal.above(5)).isCloseTo(2.866515718791933e-07, within(1e-15));
        assertThat(Normal.above(10) / 7.61985302416047e-24).isCloseTo(1, within(1e-9));
        assertThat(Normal.above(-1)).isCloseTo(0.8413447460685429, within(1e-12));
    }

    @Test
    void student() {
        // 2 * scipy.stats.t.sf
        assertThat(Normal.studentBothSides(2, 3)).isCloseTo(0.13932596855884313, within(1e-9));
        assertThat(Normal.studentBothSides(-5, 2)).isCloseTo(0.03774955135062573, within(1e-9));
        assertThat(Normal.studentBothSides(0.3, 5)).isCloseTo(0.7762490422632745, within(1e-9));
    }

    @Test
    void explained() {
        // scipy.stats.f.sf((share / levels) / ((1 - share) / freedom), levels, freedom)
        assertThat(Normal.explained(0.66, 1, 7)).isCloseTo(0.007795368062017799, within(1e-9));
        assertThat(Normal.explained(0.4, 2, 20)).isCloseTo(0.006046617600000006, within(1e-9));
        assertThat(Normal.explained(0.1, 9, 30)).isCloseTo(0.9402822002493036, within(1e-9));
    }

    @Test
    void noiseIgnoresTheTrend() {
        var random = new Random(5);
        var y = new double[4000];
        for (int i = 0; i < y.length; i++) y[i] = 0.01 * i + 0.3 * random.nextGaussian();
        assertThat(Robust.noise(y)).isCloseTo(0.3, within(0.015));
    }

    @Test
    void runs() {
        assertThat(Runs.score(1, 1, 1, 1, 2, 2, 2, 2)).isNegative();
        assertThat(Runs.score(1, 2, 1, 2, 1, 2, 1, 2)).isPositive();
        // four of each kind: mean 5, variance 12/7, two runs
        assertThat(Runs.score(1, 1, 1, 1, 2, 2, 2, 2)).isCloseTo(-3 / Math.sqrt(12 / 7.0), within(1e-12));
    }
}
