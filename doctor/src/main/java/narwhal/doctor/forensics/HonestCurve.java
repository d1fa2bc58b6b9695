package narwhal.doctor.forensics;

import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;

/// The curve that whole passes would have shown, from windows that moved: as many neighbouring epochs as cover the set once,
/// weighted so that every batch counts once. It mixes the weights of as many epochs.
public final class HonestCurve {
    private static final double NEARLY_WHOLE = 0.9;
    private static final double FITS = 0.05;
    private static final int LONGEST_GROUP = 60;

    private final int width;
    private final List<Point> points;

    private HonestCurve(int width, List<Point> points) {
        this.width = width;
        this.points = List.copyOf(points);
    }

    /// One point.
    ///
    /// @param first epoch that went in, as an index into the series
    /// @param last epoch that went in
    /// @param accuracy over the whole set
    /// @param loss over the whole set; empty where no loss is printed
    public record Point(int first, int last, double accuracy, OptionalDouble loss) {}

    /// The curve of a loop that moves.
    ///
    /// @param digits printed accuracies
    /// @param losses of the same evaluations; empty where there are none
    /// @param evaluations how many evaluations went before each
    /// @param loop that the digits demand
    public static HonestCurve of(Digits digits, double[] losses, int[] evaluations, ScoringLoop loop) {
        int width = width(loop, digits.size());
        var points = new ArrayList<Point>();
        for (int first = 0; first + width <= digits.size(); first++) {
            points.add(point(digits, losses, evaluations, loop, first, width));
        }
        return new HonestCurve(width, points);
    }

    /// The plain mean over one period, where a rhythm shows that the window moves but not how.
    public static HonestCurve averaging(Digits digits, double[] losses, int period) {
        var points = new ArrayList<Point>();
        for (int first = 0; first + period <= digits.size(); first++) {
            double accuracy = 0;
            double loss = 0;
            for (int e = first; e < first + period; e++) {
                accuracy += digits.value(e) / period;
                if (losses.length > 0) loss += losses[e] / period;
            }
            points.add(new Point(first, first + period - 1, accuracy,
                    losses.length > 0 ? OptionalDouble.of(loss) : OptionalDouble.empty()));
        }
        return new HonestCurve(period, points);
    }

    private static int width(ScoringLoop loop, int epochs) {
        double covered = (double) loop.steps() / loop.set().batches();
        if (covered >= NEARLY_WHOLE) {
            return Math.max(1, Math.min(Math.min(period(loop), LONGEST_GROUP), epochs / 2));
        }
        int near = (int) Math.round(1 / covered);
        int width = Math.abs(near * covered - 1) < FITS ? near : (int) Math.ceil(1 / covered);
        return Math.max(1, Math.min(width, epochs));
    }

    /// Evaluations after which a loop meets the same batches again.
    public static int period(ScoringLoop loop) {
        int n = loop.set().batches();
        return switch (loop) {
            case ScoringLoop.FullPass full -> 1;
            case ScoringLoop.Restarting restarting -> 1;
            case ScoringLoop.Rotating rotating -> n / gcd(n, (rotating.steps() + rotating.lost()) % n);
            case ScoringLoop.CutAtEnd cut -> (n + cut.steps() - 1) / cut.steps();
        };
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    private static Point point(Digits digits, double[] losses, int[] evaluations, ScoringLoop loop, int first,
            int width) {
        var windows = new ScoringLoop.Window[width];
        for (int i = 0; i < width; i++) windows[i] = loop.window(evaluations[first + i]);
        var weights = weights(windows, loop.set());
        double right = 0;
        double loss = 0;
        double images = 0;
        for (int i = 0; i < width; i++) {
            long scored = loop.images(evaluations[first + i]);
            right += weights[i] * digits.right(first + i, scored);
            images += weights[i] * scored;
            if (losses.length > 0) loss += weights[i] * scored * losses[first + i];
        }
        return new Point(first, first + width - 1, right / images,
                losses.length > 0 ? OptionalDouble.of(loss / images) : OptionalDouble.empty());
    }

    /// Weights of windows with which every batch counts as nearly once as can be: least squares over the batches.
    private static double[] weights(ScoringLoop.Window[] windows, ValidationSet set) {
        int m = windows.length;
        var normal = new double[m][m + 1];
        for (int batch = 0; batch < set.batches(); batch++) {
            for (int i = 0; i < m; i++) {
                int times = windows[i].times(batch, set);
                if (times == 0) continue;
                normal[i][m] += times * set.imagesIn(batch);
                for (int j = 0; j < m; j++) normal[i][j] += times * windows[j].times(batch, set) * set.imagesIn(batch);
            }
        }
        for (int i = 0; i < m; i++) normal[i][i] *= 1 + 1e-9;
        return LeastSquares.solve(normal);
    }

    /// How many neighbouring epochs make one point.
    public int width() {
        return width;
    }

    /// The points; neighbours share all epochs but two.
    public List<Point> points() {
        return points;
    }

    /// Points that share no epoch, from the first epoch on.
    public List<Point> separate() {
        var separate = new ArrayList<Point>();
        for (int i = 0; i < points.size(); i += width) separate.add(points.get(i));
        return separate;
    }

    /// The late points that share no epoch: the last max(5, a quarter).
    public List<Point> late() {
        var separate = separate();
        int count = Math.min(separate.size(), Math.max(5, (separate.size() + 3) / 4));
        return separate.subList(separate.size() - count, separate.size());
    }

    /// Accuracy of each batch, or run of neighbouring batches, late in the run: least squares over the last windows, drawn
    /// towards their mean where they do not tell. At most `chunks` runs.
    public static double[] chunks(Digits digits, int[] evaluations, ScoringLoop loop, int chunks) {
        var set = loop.set();
        int n = set.batches();
        int parts = Math.min(chunks, n);
        int from = Math.max(0, digits.size() - Math.max(parts, Math.min(digits.size(), 2 * period(loop))));
        double mean = 0;
        for (int e = from; e < digits.size(); e++) mean += digits.value(e) / (digits.size() - from);
        var normal = new double[parts][parts + 1];
        for (int e = from; e < digits.size(); e++) {
            var share = new double[parts];
            double images = loop.images(evaluations[e]);
            var window = loop.window(evaluations[e]);
            for (int batch = 0; batch < n; batch++) {
                int part = (int) ((long) batch * parts / n);
                share[part] += window.times(batch, set) * set.imagesIn(batch) / images;
            }
            for (int i = 0; i < parts; i++) {
                normal[i][parts] += share[i] * (digits.value(e) - mean);
                for (int j = 0; j < parts; j++) normal[i][j] += share[i] * share[j];
            }
        }
        for (int i = 0; i < parts; i++) normal[i][i] += 1e-3 / parts;
        var accuracy = LeastSquares.solve(normal);
        for (int i = 0; i < parts; i++) accuracy[i] = Math.clamp(accuracy[i] + mean, 0, 1);
        return accuracy;
    }
}
