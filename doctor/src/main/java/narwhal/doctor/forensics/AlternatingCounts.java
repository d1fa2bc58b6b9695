package narwhal.doctor.forensics;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Say;

/// Numbers of images that change from epoch to epoch, from the digits alone, where the size of the set is not known: a window that
/// moves over a set whose last batch is smaller scores one number of images when that batch is inside and another when it is not.
///
/// @param images scored in each epoch of the cycle, the first epoch first; the two numbers, the commoner first, where there is no cycle
/// @param regular whether there is a cycle
/// @param gain how much better the digits fit than with one number for all epochs, in nats, after correcting for the search
public record AlternatingCounts(List<Long> images, boolean regular, double gain) {
    private static final int LONGEST = 12;
    private static final int FEWEST = 5;
    static final long LARGEST = 20_000;
    private static final double MISS = Math.log(1000);
    /// A number that fits one half of the epochs by luck is often a divisor of the true one; that luck must be excluded.
    private static final double CLEAR = 12;

    public AlternatingCounts {
        images = List.copyOf(images);
    }

    /// The numbers that explain the digits far better than a single one does: the shortest cycle of them, or else two in any order;
    /// empty where none do. A value counts as evidence once, however often it was printed.
    ///
    /// Where the window drifts, the phases swap after a while: some values may not fit, and each of them counts against it.
    ///
    /// @param single what one number for all epochs explains
    public static Optional<AlternatingCounts> find(Digits digits, Optional<CountScan> single) {
        double one = single.map(scan -> gain(digits, List.of(scan.images()), LARGEST)).orElse(0.0);
        return Stream.of(shortCycle(digits, one), EitherCount.find(digits).map(either -> inAnyOrder(either, one)))
                .flatMap(Optional::stream).filter(found -> found.gain > CLEAR)
                .max(Comparator.comparingDouble(AlternatingCounts::gain));
    }

    /// The shortest cycle that is clearly better than one number, each of its epochs looked at by itself.
    private static Optional<AlternatingCounts> shortCycle(Digits digits, double one) {
        for (int period = 2; period <= Math.min(LONGEST, digits.size() / FEWEST); period++) {
            var images = new ArrayList<Long>();
            for (int phase = 0; phase < period && images.size() == phase; phase++) {
                var part = digits.every(period, phase);
                CountScan.of(part, LARGEST, 1 + part.size() / 6).ifPresent(scan -> images.add(scan.images()));
            }
            if (images.size() < period || images.stream().distinct().count() == 1) continue;
            double better = gain(digits, images, LARGEST) - Math.log(LONGEST) - one;
            if (better > CLEAR) return Optional.of(new AlternatingCounts(images, true, better));
        }
        return Optional.empty();
    }

    /// The cycle of which the rarer number is the mark, if it comes at equal distances.
    private static AlternatingCounts inAnyOrder(EitherCount found, double one) {
        double gain = found.gain() - one;
        var marks = found.rarerAt();
        int period = marks.length < 3 ? 0 : marks[1] - marks[0];
        for (int i = 1; i < marks.length; i++) if (marks[i] - marks[i - 1] != period) period = 0;
        if (period == 0) return new AlternatingCounts(List.of(found.commoner(), found.rarer()), false, gain);
        var images = new ArrayList<Long>();
        for (int e = 0; e < period; e++) images.add(e == marks[0] % period ? found.rarer() : found.commoner());
        return new AlternatingCounts(images, true, gain);
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

    /// How many epochs a cycle has, if there is one.
    public Optional<Integer> period() {
        return regular ? Optional.of(images.size()) : Optional.empty();
    }

    /// How a report writes them: `288, 275 images in turn`, `557 images, and of 576 in one epoch of 19 (18 of 19 batches of 32)` or
    /// `557 or 576 images, in no fixed order`.
    public String words() {
        if (!regular) return Say.format("%d or %d images, in no fixed order", images.get(0), images.get(1));
        long rare = images.stream().filter(n -> Collections.frequency(images, n) == 1).findFirst().orElse(-1L);
        if (images.size() > 4 && images.stream().distinct().count() == 2 && rare > 0) {
            long common = images.stream().filter(n -> n != rare).findFirst().orElseThrow();
            return Say.format("%d images, and of %d in one epoch of %d%s", common, rare, images.size(),
                    leavesOneOut(rare, common, images.size()));
        }
        return String.join(", ", images.stream().map(String::valueOf).limit(4).toList())
                + (images.size() > 4 ? ", …" : "") + " images in turn";
    }

    /// One epoch of n scores only whole batches where a window over n batches leaves one out: the last one in that epoch.
    private static String leavesOneOut(long whole, long withLast, int batches) {
        long batch = whole / (batches - 1);
        boolean fits = whole > withLast && whole == batch * (batches - 1) && whole - withLast < batch;
        return fits ? Say.format(" (%d of %d batches of %d)", batches - 1, batches, batch) : "";
    }
}
