package narwhal.doctor.checks;

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

/// Training went well for at least ten epochs and then fell apart, and nothing shows which of rate, clipping or a bad batch did it.
final class Divergence implements Check {
    /// After so many good epochs nobody knows whether it was the rate.
    static final int CALM = 10;
    private static final double KEPT = 0.02;

    @Override
    public Illness illness() {
        return Illness.DIVERGENCE;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var loss = run.loss();
        if (loss.size() < 12 || loss.least() <= 0) return Optional.empty();
        int least = loss.lowest();
        double rise = loss.last() / loss.least();
        int calm = calm(loss);
        if (rise <= 2 || calm < CALM || loss.last() - loss.least() < 6 * loss.noise()) return Optional.empty();
        if (loss.last() < 0.05 * loss.first() || keepsItsAnswers(run.accuracy())) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR, Say.format(
                "After %d good epochs training fell apart; the last good epoch is %d", calm, loss.epoch(least)))
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format("training loss %s in epoch %d, %s at the end",
                        Say.value(loss.least()), loss.epoch(least), Say.value(loss.last()))))
                .sign(Grounds.LEVEL, Math.min(6, 2 * Math.log(rise)), new Evidence.Computed(
                        Say.format("%.1f times its minimum, after %d epochs of calm", rise, calm)));
        if (Rates.rises(run)) {
            suspicion = suspicion.sign(Grounds.STATED, -Grounds.STATED.cap(),
                    new Evidence.Stated("a schedule that raises the rate from epoch to epoch, until it is too high"))
                    .sign(Grounds.LEVEL, -6, new Evidence.Computed("and calm lasted as long as it was not"));
        }
        double rate = Rates.tooHigh(run);
        if (rate > 0) {
            suspicion = suspicion.sign(Grounds.STATED, -rate,
                    new Evidence.Stated("a rate above the default makes the rate itself the likelier cause"));
        }
        return Optional.of(suspicion
                .remedy(Say.format(
                        "go back to the weights of epoch %d; lower the rate, clipnorm=1.0, look at the batch",
                        loss.epoch(least)))
                .confirm("train on from the last good epoch with a tenth of the rate"));
    }

    /// Answers are as often right as ever: a loss near nothing doubles soon.
    private static boolean keepsItsAnswers(Curve accuracy) {
        return !accuracy.isEmpty() && accuracy.last() > accuracy.most() - KEPT;
    }

    /// Epochs before the first that is half above the smallest loss so far.
    private static int calm(Curve loss) {
        double least = loss.first();
        for (int i = 1; i < loss.size(); i++) {
            if (loss.value(i) > 1.5 * least && loss.value(i) - least > 4 * loss.noise()) return i;
            least = Math.min(least, loss.value(i));
        }
        return loss.size();
    }
}
