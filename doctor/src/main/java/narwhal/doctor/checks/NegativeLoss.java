package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.LogFormat;
import narwhal.history.log.Metric;

/// A loss below zero that no label within its bounds can make.
final class NegativeLoss {
    /// A loss that is negative by its definition stays of the size of its margin.
    private static final double SMALL = -20;

    private NegativeLoss() {
    }

    static Optional<Suspicion> of(Case run) {
        var loss = run.loss();
        boolean crossEntropy = neverNegative(run, run.isClassification());
        if (!loss.isEmpty() && loss.least() < -1e-6 && crossEntropy && !meetsItsLabels(run)
                && !SquashedOutputs.areProbabilities(run)) {
            long negative = Arrays.stream(loss.values()).filter(v -> v < 0).count();
            return Optional.of(LabelEncoding.finish(Suspicion.of(Illness.LABEL_ENCODING, Severity.ERROR,
                    "The loss is negative: the labels are not between 0 and 1")
                    .sign(Grounds.LEVEL, 6 + Math.min(4, negative), new Evidence.Printed(Say.format(
                            "training loss down to %s; cross-entropy cannot be negative", Say.value(loss.least()))))));
        }
        if (crossEntropy || !fallsWithoutEnd(run)) return Optional.empty();
        return Optional.of(LabelEncoding.finish(Suspicion.of(Illness.LABEL_ENCODING, Severity.ERROR,
                "The loss falls below zero without end: the targets are not what it takes")
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "training loss %s in the first epoch, %s in the last; binary cross-entropy does that where targets"
                                + " are not between 0 and 1",
                        Say.value(loss.first()), Say.value(loss.last()))))));
    }

    /// Labels that no answer can meet are not met: a network that gets better and better has another loss.
    private static boolean meetsItsLabels(Case run) {
        var accuracy = run.accuracy();
        return !accuracy.isEmpty() && accuracy.late().median() > 0.8
                && accuracy.late().median() > accuracy.first() + 0.3
                && (run.format().kind() == LogFormat.Kind.PRINTED || run.loss().least() > SMALL)
                && run.statesCrossEntropy().isEmpty();
    }

    /// Validation alone falls below zero, under a stated cross-entropy.
    static Optional<Suspicion> ofValidation(Case run) {
        var loss = run.rawValidationLoss();
        if (loss.size() < 2 || loss.least() > -1e-6 || !neverNegative(run, false)) return Optional.empty();
        return Optional.of(LabelEncoding.finish(Suspicion.of(Illness.LABEL_ENCODING, Severity.ERROR,
                "The loss is negative: the labels are not between 0 and 1")
                .sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                        "validation loss %s in epoch %d; cross-entropy cannot be negative", Say.value(loss.least()),
                        loss.epoch(loss.lowest()))))));
    }

    /// Whether the loss is a cross-entropy that only labels outside of 0 and 1 make negative. NLLLoss of raw outputs is negative with any.
    ///
    /// @param unsaid what holds where nobody states the loss
    private static boolean neverNegative(Case run, boolean unsaid) {
        return run.statesCrossEntropy().orElse(unsaid)
                && run.facts().value(FactKey.LOSS).filter("nll_loss"::equals).isEmpty()
                && !InputsNotNormalised.areTargets(run);
    }

    /// Negative, twenty times as far from zero as it began, and on its way.
    private static boolean fallsWithoutEnd(Case run) {
        var loss = run.loss();
        // What ends in no number at all had another fault as well, or only that one.
        boolean finite = run.run().series(Metric.LOSS).finite();
        if (loss.size() < 5 || run.facts().has(FactKey.LOSS) || !finite) return false;
        boolean far = loss.last() < -1e4 && loss.last() < -20 * Math.abs(loss.first());
        return far && loss.trend().falls(0.01) && loss.last() == loss.least();
    }
}
