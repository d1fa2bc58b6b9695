package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.history.facts.FactKey;

/// A loss of squares at rest at the variance of continuous targets: the answer is their mean, whatever the input.
final class MeanOfTargets {
    private static final int AT_REST = 5;
    /// A part of the targets has about the variance of all of them.
    private static final double NEAR = 0.03;
    private static final double WAVERS = 0.03;
    private static final double WIDELY = 0.2;
    private static final int LONG = 15;

    private MeanOfTargets() {
    }

    /// What shows it; empty where the variance is not known or something else is.
    static Optional<Sign> of(Case run) {
        var variance = run.facts().value(FactKey.TARGET_VARIANCE);
        if (variance.isEmpty() || run.isClassification() || run.statesCrossEntropy().orElse(false))
            return Optional.empty();
        var loss = run.loss();
        var about = wavers(loss, variance.get());
        if (about.isPresent()) return about;
        int stands = 0;
        while (stands < loss.size() && isNear(loss.value(loss.size() - 1 - stands), variance.get())) stands++;
        if (stands < AT_REST) return Optional.empty();
        Curve rest = loss.tail(stands);
        if (rest.relativeRange() > WAVERS || Course.of(rest).straight()) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, Math.min(8, 3 + 0.5 * stands), new Evidence.Printed(Say.format(
                "training loss %s in the last %d epochs, and the targets have a variance of %s: their mean answers as well",
                Say.value(loss.last()), stands, Say.value(variance.get())))));
    }

    /// Long steps waver around it: all late epochs lie about the variance, on average on it, and go nowhere.
    private static Optional<Sign> wavers(Curve loss, double variance) {
        int half = loss.size() / 2;
        if (half < LONG || loss.from(half).relativeRange() < WAVERS) return Optional.empty();
        var late = loss.from(half);
        boolean about = late.least() > (1 - WIDELY) * variance && late.most() < (1 + WIDELY) * variance
                && Math.abs(late.mean() / variance - 1) < WIDELY / 2 && late.trend().p() > 0.05;
        return about
                ? Optional.of(new Sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format(
                        "training loss %s to %s in the second half of the run, %s on average, and the targets have a variance of %s",
                        Say.value(late.least()), Say.value(late.most()), Say.value(late.mean()), Say.value(variance)))))
                : Optional.empty();
    }

    private static boolean isNear(double loss, double variance) {
        return Math.abs(loss / variance - 1) < NEAR;
    }
}
