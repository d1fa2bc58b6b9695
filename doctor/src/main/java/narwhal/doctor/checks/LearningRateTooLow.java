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

/// The loss moves steadily, but hardly: less than one per cent over the whole run with a clear trend, away from any floor; or the
/// stated rate is next to nothing.
final class LearningRateTooLow implements Check {
    private static final double HARDLY = 0.01;
    private static final double SLOWLY = 0.1;

    @Override
    public Illness illness() {
        return Illness.LEARNING_RATE_TOO_LOW;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var loss = run.loss().isEmpty() ? run.rawValidationLoss() : run.loss();
        if (loss.size() < 4 || run.atFloor()) return Optional.empty();
        double fall = loss.first() == 0 ? 0 : (loss.first() - loss.last()) / Math.abs(loss.first());
        var trend = loss.trend();
        boolean none = run.learningRate().isPresent() && run.learningRate().getAsDouble() == 0;
        boolean tiny = run.learningRate().isPresent() && run.optimizer().isPresent()
                && run.learningRate().getAsDouble() < (Rates.adaptive(run) ? 1e-6 : 1e-5);
        boolean creeps = fall > 0 && fall < HARDLY && trend.falls(0.01) && loss.last() > 0;
        boolean slow = fall > -HARDLY && fall < SLOWLY;
        if (!creeps && !(slow && (tiny || none))) return Optional.empty();
        var suspicion = Suspicion.of(illness(), none ? Severity.ERROR : Severity.WARNING,
                none
                        ? "The learning rate is 0: nothing is trained"
                        : "The learning rate is too low: the loss moves steadily, but hardly")
                .sign(Grounds.SHAPE, creeps ? Math.min(5, -Math.log(Math.max(1e-9, trend.p())) - 1) : 1.5,
                        new Evidence.Computed(Say.format(
                                "training loss %s to %s: a fall of %s in %d epochs (trend p = %s)",
                                Say.value(loss.first()),
                                Say.value(loss.last()), Say.percent(Math.max(0, fall)), loss.size(),
                                Say.chance(trend.p()))));
        if (creeps) {
            suspicion = suspicion.sign(Grounds.LEVEL, monotone(loss), new Evidence.Computed(Say.format(
                    "at this pace the loss is halved after %.0f epochs", 0.5 * loss.size() / Math.max(1e-6, fall))));
        }
        if (tiny || none) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated(Rates.words(run)));
        } else if (run.learningRate().isPresent() && Rates.overDefault(run).orElse(1) >= 0.5) {
            suspicion = suspicion.sign(Grounds.STATED, -2, new Evidence.Stated(
                    Rates.words(run) + " is no low rate for this optimizer"));
        }
        return Optional.of(suspicion.consequence("the weights are nearly those of the start")
                .remedy("learning_rate * 100, then a range test: raise it until the loss falls fastest")
                .confirm("three epochs at ten times the rate: the loss must fall ten times as fast"));
    }

    /// A network that answers constantly wavers around its level; one that creeps goes down in nearly every step.
    private static double monotone(Curve loss) {
        int down = 0;
        for (int i = 1; i < loss.size(); i++) if (loss.value(i) < loss.value(i - 1)) down++;
        double share = (double) down / (loss.size() - 1);
        return share >= 0.9 ? Math.min(3, 0.5 * down) : 0;
    }
}
