package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.CrossEntropy;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// Training and accuracy disagree about the labels: the loss is content with answers that are counted as wrong, or the other way round.
final class OtherLabels {
    private static final double ALL = 0.99995;

    private OtherLabels() {
    }

    static Optional<Suspicion> of(Case run) {
        return otherLabels(run).or(() -> sameLabels(run));
    }

    static Optional<Suspicion> zeroTargets(Case run) {
        if (!hasZeroTargets(run)) return Optional.empty();
        return Optional.of(LabelEncoding.finish(Suspicion
                .of(Illness.LABEL_ENCODING, Severity.ERROR, "All targets are zero: no class is the right one")
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "the loss is 0 with accuracy %.4f: categorical cross-entropy sums over the right classes, and there are none",
                        run.accuracy().last())))));
    }

    /// Training costs nothing, though accuracy counts most of its answers as wrong, and validation costs what sure wrong answers cost:
    /// what is trained are other labels.
    private static Optional<Suspicion> otherLabels(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (loss.size() < 3 || run.accuracy().isEmpty() || validation.isEmpty()) return Optional.empty();
        double least = CrossEntropy.least(run.accuracy().late().most());
        if (run.accuracy().late().most() > 0.9 || loss.last() < 0 || loss.last() > 0.05 * least
                || validation.last() < 10) {
            return Optional.empty();
        }
        return Optional.of(LabelEncoding.finish(Suspicion.of(Illness.LABEL_ENCODING, Severity.ERROR,
                "The labels in training are not the classes: the loss is content with answers that accuracy counts as wrong")
                .sign(Grounds.LEVEL, 9, new Evidence.Computed(Say.format(
                        "training loss %s with accuracy %.4f, where so many wrong answers cost %s at least; validation loss %s",
                        Say.value(loss.last()), run.accuracy().last(), Say.value(least),
                        Say.value(validation.last()))))));
    }

    /// Everything is right from the first epoch on, though the loss says that nothing is known yet: there is nothing to be wrong about.
    static Optional<Suspicion> oneClass(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.size() < 3 || validation.size() < 3 || run.loss().isEmpty() || run.rawValidationLoss().isEmpty())
            return Optional.empty();
        boolean right = training.least() > ALL && validation.least() > ALL;
        if (!right || run.loss().first() < Math.log(2) || run.rawValidationLoss().first() < 0.5 * Math.log(2))
            return Optional.empty();
        return Optional.of(LabelEncoding.finish(Suspicion
                .of(Illness.LABEL_ENCODING, Severity.ERROR, "All labels are the same class")
                .sign(Grounds.LEVEL, 9, new Evidence.Printed(Say.format(
                        "every answer is right in every epoch, on both sides, at a training loss of %s in the first: where classes"
                                + " differ, so little is not known without mistakes",
                        Say.value(run.loss().first()))))
                .consequence("images may be as empty as labels (constant-input): look at one batch")));
    }

    /// Training found something to learn, and after an epoch it costs nothing: all targets are one class. Accuracy, which compares with
    /// other labels, stays at the share of that class.
    private static Optional<Suspicion> sameLabels(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (!hasSameLabels(run)) return Optional.empty();
        return Optional.of(LabelEncoding.finish(Suspicion.of(Illness.LABEL_ENCODING, Severity.ERROR,
                "The labels in training are all the same: the loss is content, and accuracy counts most answers as wrong")
                .sign(Grounds.LEVEL, 9, new Evidence.Computed(Say.format(
                        "training loss %s in the first epoch and %s in the last, with accuracy %.4f throughout: so many wrong"
                                + " answers cost %s at least",
                        Say.value(loss.first()), Say.value(loss.last()), accuracy.last(),
                        Say.value(CrossEntropy.least(accuracy.last())))))
                .consequence("integer labels that were divided, as images are, all become 0")));
    }

    static boolean hasSameLabels(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < 3 || accuracy.size() != loss.size() || !run.rawValidationLoss().isEmpty()) return false;
        // What is the same for all images is learned at once.
        boolean nothing = loss.first() > 0 && loss.last() >= 0 && loss.last() < 0.01 * loss.first()
                && loss.value(2) < 0.2 * loss.first();
        boolean wrong = accuracy.most() < 0.9 && accuracy.least() > 0.02 && accuracy.frozenAtEnd() >= 3;
        return nothing && wrong && run.statesCrossEntropy().orElse(true)
                && loss.last() < 1e-3 * CrossEntropy.least(accuracy.last());
    }

    /// No loss at all for wrong answers of a network with several outputs.
    static boolean hasZeroTargets(Case run) {
        if (run.loss().isEmpty() || run.accuracy().isEmpty() || run.loss().most() > 0 || run.loss().least() < 0)
            return false;
        boolean several = run.run().printedAs(Metric.ACCURACY).contains("categorical_accuracy")
                || run.facts().value(FactKey.OUTPUT_UNITS).filter(units -> units > 1).isPresent();
        return several && run.accuracy().most() < 0.99;
    }
}
