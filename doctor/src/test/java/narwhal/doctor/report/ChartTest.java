package narwhal.doctor.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.regex.Pattern;
import narwhal.doctor.Curve;
import org.junit.jupiter.api.Test;

/// Oracle: geometry. Equal steps of the scale are equal distances on the page.
class ChartTest {
    private static final Pattern HEIGHT = Pattern.compile("cy=\"([\\d.]+)\"");

    private static double[] heights(double... values) {
        var chart = new Chart(1, 3).line("validation", "validation", Curve.of(new int[]{1, 2, 3}, values), true);
        return HEIGHT.matcher(chart.svg("loss").toString()).results().mapToDouble(m -> Double.parseDouble(m.group(1)))
                .toArray();
    }

    @Test
    void anExplosionIsDrawnInPowersOfTen() {
        var y = heights(0.5, 5e4, 5e9);
        assertThat(y[0] - y[1]).isCloseTo(y[1] - y[2], within(0.15));
        var page = new Chart(1, 2)
                .line("training", "training", Curve.of(new int[]{1, 2}, new double[]{0.5, 5e9}), false)
                .svg("loss").toString();
        assertThat(page).contains(">1<", ">100<", ">1e4<", ">1e8<");
    }

    @Test
    void whatALinearScaleShowsStaysLinear() {
        var y = heights(1, 2, 3);
        assertThat(y[0] - y[1]).isCloseTo(y[1] - y[2], within(0.15));
        var negative = heights(-1, 0, 1e9);
        assertThat(negative[0] - negative[1]).isLessThan(1);
    }
}
