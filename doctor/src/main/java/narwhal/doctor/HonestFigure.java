package narwhal.doctor;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import narwhal.doctor.forensics.HonestCurve;
import narwhal.doctor.statistics.Robust;

/// The figure to believe: what validation would have shown over the whole set, with its band.
///
/// @param metric `accuracy` or `loss`
/// @param value late in the run
/// @param low lower end of the band
/// @param high upper end of the band
/// @param firstEpoch that went into it
/// @param lastEpoch that went into it
/// @param mended whether the printed figures were replaced, since they were measured on parts of the set
/// @param sampled whether the band is what a sample of that size leaves open; otherwise it is the scatter of the printed curve alone
/// @param curve points of the mended curve; empty where nothing had to be mended
public record HonestFigure(String metric, double value, double low, double high, int firstEpoch, int lastEpoch,
        boolean mended, boolean sampled, List<Point> curve) {
    public HonestFigure {
        curve = List.copyOf(curve);
    }

    /// A point of the mended curve.
    ///
    /// @param firstEpoch that went into it
    /// @param lastEpoch that went into it
    /// @param accuracy over the whole set
    /// @param loss over the whole set, where printed
    public record Point(int firstEpoch, int lastEpoch, double accuracy, OptionalDouble loss) {}

    /// The band in words; empty where nothing scatters.
    public String band() {
        if (low == high) return "";
        return Say.format(mended || sampled ? "%s to %s" : "neighbouring epochs scatter from %s to %s", Say.value(low),
                Say.value(high));
    }

    static Optional<HonestFigure> of(Case run) {
        var mended = run.scoring().honest();
        if (mended.isPresent() && !mended.get().points().isEmpty()) return Optional.of(mended(run, mended.get()));
        var accuracy = run.rawValidationAccuracy();
        if (!accuracy.isEmpty()) return Optional.of(printed("accuracy", accuracy, run));
        var loss = run.rawValidationLoss();
        return loss.isEmpty() ? Optional.empty() : Optional.of(printed("loss", loss, run));
    }

    private static HonestFigure mended(Case run, HonestCurve curve) {
        var points = new ArrayList<Point>();
        for (var point : curve.points()) {
            var epochs = run.scoring().epochsOf(point);
            points.add(new Point(epochs[0], epochs[1], point.accuracy(), point.loss()));
        }
        var late = curve.late();
        var values = late.stream().mapToDouble(HonestCurve.Point::accuracy).toArray();
        double value = java.util.Arrays.stream(values).average().orElse(Double.NaN);
        return new HonestFigure("accuracy", value, java.util.Arrays.stream(values).min().orElse(value),
                java.util.Arrays.stream(values).max().orElse(value),
                run.scoring().epochsOf(late.getFirst())[0], run.scoring().epochsOf(late.getLast())[1], true, false,
                points);
    }

    /// The last value; its band is the chance of sampling where the size of the set is known, otherwise the noise of the
    /// curve.
    private static HonestFigure printed(String metric, Curve curve, Case run) {
        double value = curve.last();
        var sampled = metric.equals("accuracy") ? run.standardError(value) : OptionalDouble.empty();
        double error = sampled.orElseGet(() -> Robust.noise(curve.late().values()));
        double low = value - 1.96 * error;
        double high = value + 1.96 * error;
        if (metric.equals("accuracy")) {
            low = Math.max(0, low);
            high = Math.min(1, high);
        }
        int epoch = curve.epoch(curve.size() - 1);
        return new HonestFigure(metric, value, low, high, epoch, epoch, false, sampled.isPresent(), List.of());
    }
}
