package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Oracles: the controls and the fraction named in the specification; values that are no shares.
class CountScanTest {
    @Test
    void controls() {
        assertThat(CountScan.of(Digits.of(4, Logs.column("cats.txt", 3)))).get()
                .satisfies(scan -> assertThat(scan.images()).isEqualTo(1000));
        assertThat(CountScan.of(Digits.of(4, Logs.column("fashion.txt", 3)))).get().satisfies(scan -> {
            assertThat(scan.lowest()).isEqualTo(4999);
            assertThat(scan.highest()).isEqualTo(5001);
            assertThat(scan.images()).isEqualTo(5000);
        });
    }

    @Test
    void allDigitsOfAFloat() {
        var lines = Logs.text("ln10.csv").lines().skip(1).map(line -> line.split(",")).toList();
        var validation = lines.stream().mapToDouble(cells -> Double.parseDouble(cells[1])).toArray();
        var training = lines.stream().mapToDouble(cells -> Double.parseDouble(cells[3])).toArray();
        assertThat(CountScan.of(Digits.full(validation))).get()
                .satisfies(scan -> assertThat(scan.images()).isEqualTo(10_000));
        assertThat(CountScan.of(Digits.full(training))).get()
                .satisfies(scan -> assertThat(scan.images()).isEqualTo(60_000));
    }

    @Test
    void meansThatAreNoSharesAreGivenUp() {
        var random = new Random(11);
        for (int trial = 0; trial < 50; trial++) {
            assertThat(CountScan.of(Digits.full(random.doubles(20).toArray()))).isEmpty();
            var rounded = random.doubles(20).map(v -> Math.rint(v * 1e4) / 1e4).toArray();
            assertThat(CountScan.of(Digits.of(4, rounded))).isEmpty();
        }
    }

    @Test
    void valuesThatNeverChangeSayLittle() {
        var constant = new double[50];
        java.util.Arrays.fill(constant, 0.3541);
        assertThat(CountScan.of(Digits.of(4, constant))).isEmpty();
    }
}
