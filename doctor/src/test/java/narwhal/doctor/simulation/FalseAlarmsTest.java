package narwhal.doctor.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// Oracle: simulated healthy runs. A false alarm costs more than a miss.
class FalseAlarmsTest {
    @Test
    void healthyRunsStayQuiet() {
        var confusion = Confusion.of(200);
        assertThat(confusion.alarms()).as(confusion.toString()).isLessThanOrEqualTo(0.02);
    }

    @Test
    @Tag("slow")
    void tenThousandHealthyRunsStayQuiet() {
        var confusion = Confusion.of(10_000);
        assertThat(confusion.alarms()).as(confusion.toString()).isLessThanOrEqualTo(0.01);
    }
}
