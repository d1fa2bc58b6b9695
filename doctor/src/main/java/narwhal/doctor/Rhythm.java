package narwhal.doctor;

import java.util.Optional;
import narwhal.doctor.statistics.Correlation;
import narwhal.doctor.statistics.Normal;
import narwhal.doctor.statistics.Period;
import narwhal.doctor.statistics.Phases;
import narwhal.doctor.statistics.Robust;
import narwhal.doctor.statistics.TurningPoints;

/// A strict rhythm of validation in which training has no part.
///
/// @param metric in which it shows best, as printed
/// @param period in epochs
/// @param turns how often validation turns
/// @param autocorrelation at one period
/// @param training correlation of the residuals of training and validation; 0 where training is not printed
/// @param trainingTurns how often training turns
/// @param phases what the phase explains
/// @param p chance of such a rhythm among exchangeable values, corrected for the metrics and periods looked at
public record Rhythm(String metric, int period, TurningPoints turns, double autocorrelation, double training,
        TurningPoints trainingTurns, Phases phases, double p) {
    private static final double STRICT = 0.8;
    private static final double STRICT_TWICE = 0.6;
    private static final double RARE = 1e-3;
    private static final double APART = 0.3;
    private static final double TRAINING_RHYTHM = 0.5;
    private static final int METRICS = 2;

    /// The clearest rhythm of a validation metric; empty where there is none that chance would not make, or training dances
    /// along.
    static Optional<Rhythm> find(String metric, Curve validation, Curve training) {
        var y = validation.values();
        if (y.length < 8) return Optional.empty();
        var found = Optional.<Rhythm>empty();
        var turns = TurningPoints.of(y);
        double alternation = Math.min(1, METRICS * turns.p());
        if (alternation < RARE && y.length >= 3) {
            double ac = Period.autocorrelation(Robust.detrended(y, 2), 2);
            if (ac > 0) found = apart(metric, y, training.on(validation).values(), 2, ac, turns, alternation);
        }
        if (found.isPresent()) return found;
        var period = Period.strongest(y);
        if (period.isEmpty() || period.get().autocorrelation() < STRICT) return Optional.empty();
        var strongest = period.get();
        if (!Double.isNaN(strongest.twice()) && strongest.twice() < STRICT_TWICE) return Optional.empty();
        double p = Math.min(1, METRICS * sharper(strongest, y.length));
        if (p >= RARE * METRICS) return Optional.empty();
        return apart(metric, y, training.on(validation).values(), strongest.length(), strongest.autocorrelation(),
                turns, p);
    }

    /// A thousand orders cannot show a chance below a thousandth; beyond, the normal law of an autocorrelation, with all
    /// periods counted as trials.
    private static double sharper(Period period, int epochs) {
        if (period.p() > 0.0015) return period.p();
        double z = period.autocorrelation() * Math.sqrt(epochs);
        return Math.min(period.p(), 50 * Normal.above(z));
    }

    private static Optional<Rhythm> apart(String metric, double[] y, double[] training, int period, double ac,
            TurningPoints turns, double p) {
        double together = 0;
        if (training.length == y.length) {
            together = Correlation.ofResiduals(training, y);
            double limit = Math.max(APART, 2 / Math.sqrt(y.length));
            double own = Period.autocorrelation(Robust.detrended(training, period), period);
            double detrended = Correlation.of(Robust.detrended(training, period), Robust.detrended(y, period));
            if (Math.abs(detrended) > limit && Math.abs(together) > limit || own >= TRAINING_RHYTHM) {
                return Optional.empty();
            }
        }
        return Optional.of(new Rhythm(metric, period, turns, ac, together, TurningPoints.of(training),
                Phases.of(y, period), p));
    }

    /// How much more likely it is under a window that moves than under noise, in nats.
    public double nats() {
        return Math.min(Grounds.PERIOD.cap(), -Math.log(p));
    }
}
