package narwhal.doctor.forensics;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;

/// Numbers of images that change in turn, from the digits alone, where the size of the set is not known: a window that moves over a
/// set whose last batch is smaller scores one number of images when that batch is inside and another when it is not.
///
/// @param images scored in each epoch of the cycle, the first epoch first
/// @param gain how much better the digits fit than with one number for all epochs, in nats, after correcting for the search
public record AlternatingCounts(List<Long> images, double gain) {
    private static final int LONGEST = 12;
    private static final int FEWEST = 5;
    private static final long LARGEST = 20_000;
    private static final double MISS = Math.log(1000);
    /// A number that fits one half of the epochs by luck is often a divisor of the true one; that luck must be excluded.
    private static final double CLEAR = 12;

    public AlternatingCounts {
        images = List.copyOf(images);
    }

    /// Where the window drifts, the phases swap after a while: some values may not fit, and each of them counts against it.
    ///
    /// The shortest cycle that explains the digits far better than a single number does; empty where none does. A value counts as
    /// evidence once, however often it was printed.
    ///
    /// @param single what one number for all epochs explains
    public static Optional<AlternatingCounts> find(Digits digits, Optional<CountScan> single) {
        double one = single.map(scan -> gain(digits, List.of(scan.images()), LARGEST)).orElse(0.0);
        for (int period = 2; period <= Math.min(LONGEST, digits.size() / FEWEST); period++) {
            var images = new ArrayList<Long>();
            for (int phase = 0; phase < period && images.size() == phase; phase++) {
                var part = digits.every(period, phase);
                CountScan.of(part, LARGEST, 1 + part.size() / 6).ifPresent(scan -> images.add(scan.images()));
            }
            if (images.size() < period || images.stream().distinct().count() == 1) continue;
            double better = gain(digits, images, LARGEST) - Math.log(LONGEST) - one;
            if (better > CLEAR) return Optional.of(new AlternatingCounts(images, better));
        }
        return Optional.empty();
    }

    /// What the digits gain by these numbers of images in turn, less what trying `tried` numbers for each of them costs.
    private static double gain(Digits digits, List<Long> images, long tried) {
        double gain = -images.size() * Math.log(tried);
        var seen = new HashSet<Double>();
        for (int e = 0; e < digits.size(); e++) {
            long number = images.get(e % images.size());
            double value = digits.value(e);
            if (!digits.attainable(e, number)) gain -= MISS;
            else if (value != 0 && value != 1 && seen.add(value)) gain -= Math.log(digits.share(number));
        }
        return gain;
    }

    /// How many epochs a cycle has.
    public int period() {
        return images.size();
    }
}
