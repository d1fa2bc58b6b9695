package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import narwhal.doctor.statistics.Correlation;
import narwhal.doctor.statistics.Period;
import narwhal.doctor.statistics.Phases;
import narwhal.doctor.statistics.Robust;
import narwhal.doctor.statistics.TurningPoints;
import org.junit.jupiter.api.Test;

/// Oracle: the specification's figures for two public logs.
class RhythmTest {
    @Test
    void theSeedAlternates() {
        var validation = Logs.column("seed.txt", 3);
        var training = Logs.column("seed.txt", 1);
        assertThat(TurningPoints.of(validation).turns()).isEqualTo(37);
        assertThat(TurningPoints.of(Logs.column("seed.txt", 2)).turns()).isEqualTo(37);
        assertThat(TurningPoints.of(training).turns()).isEqualTo(18);
        assertThat(TurningPoints.of(validation).p()).isCloseTo(5.7e-8, within(0.05e-8));
        assertThat(Arrays.stream(Robust.differences(training)).min().orElseThrow()).isCloseTo(-0.0036, within(1e-9));
        assertThat(Correlation.ofResiduals(training, validation)).isCloseTo(-0.11, within(0.005));
        var phases = Phases.of(validation, 2);
        assertThat(phases.ofTrend()).isCloseTo(0.996, within(0.0005));
        assertThat(phases.ofAll()).isCloseTo(0.117, within(0.0005));
        assertThat(phases.share()).isCloseTo(0.88, within(0.005));
        var steps = Robust.differences(Arrays.copyOfRange(validation, 10, 39));
        assertThat(Arrays.stream(steps).map(Math::abs).average().orElseThrow()).isCloseTo(0.224, within(0.0005));
        assertThat(Period.strongest(validation)).get().satisfies(period -> {
            assertThat(period.length()).isEqualTo(2);
            assertThat(period.autocorrelation()).isGreaterThan(0.8);
            assertThat(period.p()).isLessThan(0.002);
        });
    }

    @Test
    void elevenEpochs() {
        var loss = Logs.column("pod.txt", 2);
        assertThat(Period.strongest(loss)).get().satisfies(period -> {
            assertThat(period.length()).isEqualTo(11);
            assertThat(period.autocorrelation()).isCloseTo(0.94, within(0.012));
            assertThat(period.twice()).isCloseTo(0.91, within(0.012));
        });
        var late = Arrays.copyOfRange(Logs.column("pod.txt", 3), 150, 300);
        assertThat(Phases.of(late, 11).share()).isCloseTo(0.96, within(0.005));
        assertThat(Phases.of(late, 11).swing()).isCloseTo(0.072, within(0.002));
    }

    @Test
    void trainingOfTheLogsHasNoRhythm() {
        for (var name : new String[]{"seed.txt", "pod.txt"}) {
            Period.strongest(Logs.column(name, 1)).ifPresent(
                    period -> assertThat(period.autocorrelation()).as(name).isLessThan(0.5));
        }
    }
}
