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

    private MeanOfTargets() {
    }

    /// What shows it; empty where the variance is not known or something else is.
    static Optional<Sign> of(Case run) {
        var variance = run.facts().value(FactKey.TARGET_VARIANCE);
        if (variance.isEmpty() || run.isClassification() || run.statesCrossEntropy().orElse(false))
            return Optional.empty();
        var loss = run.loss();
        int stands = 0;
        while (stands < loss.size() && isNear(loss.value(loss.size() - 1 - stands), variance.get())) stands++;
        if (stands < AT_REST) return Optional.empty();
        Curve rest = loss.tail(stands);
        if (rest.relativeRange() > WAVERS || Course.of(rest).straight()) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, Math.min(8, 3 + 0.5 * stands), new Evidence.Printed(Say.format(
                "training loss %s in the last %d epochs, and the targets have a variance of %s: their mean answers as well",
                Say.value(loss.last()), stands, Say.value(variance.get())))));
    }

    private static boolean isNear(double loss, double variance) {
        return Math.abs(loss / variance - 1) < NEAR;
    }
}
