package narwhal.doctor.forensics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

/// Oracles: the controls and the fraction named in the specification; values that are no shares; the same rule written plainly.
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

    /// The rule written down plainly: each number in turn, its share first.
    @Test
    void theOrderOfTheTestsDoesNotMatter() {
        var random = new Random(12);
        int explained = 0;
        for (int trial = 0; trial < 40; trial++) {
            long images = 50 + random.nextInt(3000);
            var values = random.longs(30, images / 2, images).mapToDouble(k -> Math.rint(1e4 * k / images) / 1e4)
                    .toArray();
            var digits = Digits.of(4, values);
            long trials = 0;
            long found = -1;
            double best = 0;
            for (long n = 10; n < digits.mute(); n++) {
                double share = digits.share(n);
                if (share >= 0.9) continue;
                trials++;
                double score = digits.news() * -Math.log(share);
                if (digits.misses(n) == 0 && score > best) {
                    best = score;
                    found = n;
                }
            }
            double corrected = Math.min(1, Math.exp(-best) * trials);
            var scan = CountScan.of(digits);
            assertThat(scan.isPresent()).isEqualTo(found > 0 && corrected < 1e-3);
            if (scan.isEmpty()) continue;
            explained++;
            assertThat(scan.get().corrected()).isEqualTo(corrected);
            assertThat(found).isBetween(scan.get().lowest(), scan.get().highest());
        }
        assertThat(explained).isGreaterThan(10);
    }
}
