package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Event;

/// The best of many epochs is better than the model is.
final class LuckyBestEpoch implements Check {
    /// Half a point of accuracy.
    private static final double NOTABLE = 0.005;

    @Override
    public Illness illness() {
        return Illness.LUCKY_BEST_EPOCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var curve = run.validationAccuracy();
        if (curve.size() < 8 || curve.most() == curve.least()) return Optional.empty();
        int best = curve.highest();
        double error = run.standardError(Math.min(0.999, curve.value(best))).orElse(curve.noise());
        if (error <= 0) return Optional.empty();
        double least = curve.value(best) - 2 * error;
        long near = Arrays.stream(curve.values()).filter(v -> v >= least).count();
        double excess = error * Math.sqrt(2 * Math.log(Math.max(2, near)));
        double neighbours = neighbours(curve, best);
        // A curve that rises is best at its end.
        boolean sticksOut = best < curve.size() - 1
                && curve.value(best) - neighbours > Math.max(NOTABLE, 3 * Math.max(error, curve.noise()));
        if (excess < NOTABLE && !sticksOut) return Optional.empty();
        return Optional.of(Suspicion.of(illness(),
                sticksOut && kept(run, curve.epoch(best)) ? Severity.WARNING : Severity.INFO,
                Say.format("The best epoch (%d, %.4f) is partly luck: expect about %.3f", curve.epoch(best),
                        curve.value(best), Math.max(0, curve.value(best) - excess)))
                .sign(Grounds.COUNTS, 5, new Evidence.Computed(Say.format(
                        "best of %d epochs within two standard errors (%.4f): expected excess %s", near, error,
                        Say.points(excess))))
                .share(0.2).remedy("report a test set, or the mean of neighbouring epochs")
                .confirm("evaluate the kept weights on images that chose nothing"));
    }

    /// Whether a checkpoint was written in that epoch and in none after it: then the luck is in a file.
    private static boolean kept(Case run, int epoch) {
        int last = run.run().events(Event.Checkpoint.class).stream().filter(Event.Checkpoint::saved)
                .mapToInt(checkpoint -> checkpoint.epoch().orElse(-1)).max().orElse(-1);
        return last == epoch;
    }

    private static double neighbours(Curve curve, int best) {
        double sum = 0;
        int count = 0;
        for (int i = Math.max(0, best - 2); i <= Math.min(curve.size() - 1, best + 2); i++) {
            if (i == best) continue;
            sum += curve.value(i);
            count++;
        }
        return count == 0 ? curve.value(best) : sum / count;
    }
}
