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
import narwhal.doctor.statistics.CrossEntropy;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Event;
import narwhal.history.log.Metric;

/// Training figures are the same to the last digit, epoch after epoch: the weights do not change.
final class FrozenWeights implements Check {
    private static final int SURE = 6;
    private static final double WAVERS = 0.002;
    private static final double WAVERS_MUCH = 0.3;
    private static final double AWAY = 1e-3;
    private static final double WAVERS_LITTLE = 0.006;
    private static final double ROUNDING = 1e-4;
    private static final int LONG = 8;

    @Override
    public Illness illness() {
        return Illness.FROZEN_WEIGHTS;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var stopped = Stopped.of(run);
        if (stopped.isPresent()) return Optional.of(stopped(stopped.get()));
        var without = notUpdated(run).or(() -> withoutGradients(run)).or(() -> sameScores(run)).or(() -> sameHits(run))
                .or(() -> untouched(run))
                .or(() -> neverMoves(run));
        if (without.isPresent()) return without;
        var loss = run.loss();
        int same = loss.frozenAtEnd();
        boolean none = run.run().data().model().filter(model -> model.trainable().isPresent()
                && model.trainable().getAsLong() == 0).isPresent();
        if (same < 3 && !none || loss.isEmpty() || run.learning().isAtFloor() || loss.last() == 0)
            return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "The weights do not change: every epoch prints the same figures");
        if (same >= 3) {
            suspicion = suspicion.sign(Grounds.LEVEL, Math.min(8, 1.5 * same), new Evidence.Printed(Say.format(
                    "training loss %s in each of the last %d epochs, to the last digit", Say.value(loss.last()),
                    same)));
            int accuracy = run.accuracy().frozenAtEnd();
            if (loss.moved()) {
                suspicion = suspicion.sign(Grounds.LEVEL, -6, new Evidence.Printed(Say.format(
                        "it was %s in epoch %d, so weights do change, or did", Say.value(loss.first()),
                        loss.epoch(0))));
            } else if (!run.accuracy().isEmpty() && accuracy < run.accuracy().size()) {
                suspicion = suspicion.sign(Grounds.LEVEL, -6, new Evidence.Printed(
                        "training accuracy moved before, so weights do: they have only stopped to matter"));
            } else if (run.rawValidationAccuracy().size() >= 4 && run.rawValidationAccuracy().trend().rises(0.05)) {
                suspicion = suspicion.sign(Grounds.LEVEL, -8, new Evidence.Computed(
                        "validation accuracy rises, so weights change: the loss is printed with few digits"));
            } else if (accuracy >= 3) {
                suspicion = suspicion.sign(Grounds.LEVEL, 2, new Evidence.Printed(Say.format(
                        "training accuracy %.4f as well", run.accuracy().last())));
            }
        }
        if (none) {
            suspicion = suspicion.sign(Grounds.LEVEL, 6,
                    new Evidence.Printed("the summary counts 0 trainable parameters"));
        }
        return Optional.of(finish(suspicion));
    }

    /// The loop as stated computes gradients and takes no step.
    private Optional<Suspicion> notUpdated(Case run) {
        if (run.facts().value(FactKey.UPDATES_WEIGHTS).orElse(true) || run.loss().size() < 3
                || run.learning().lossFall() > 0.1)
            return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The weights do not change: the loop never lets the optimizer take a step")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(
                        "loss.backward() and no optimizer.step() behind it"))
                .sign(Grounds.SHAPE, 3, course(run))));
    }

    /// Of thousands of training images the same number is right in every epoch to the end, which no constant answer has, and the loss
    /// moves by its rounding.
    private Optional<Suspicion> sameHits(Case run) {
        if (!isSameHits(run)) return Optional.empty();
        var accuracy = run.accuracy();
        int same = Math.min(accuracy.frozenAtEnd(), run.loss().size());
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The weights do not change: the same images are right in every epoch")
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "training accuracy %.6f in the last %d epochs to the last digit, where a constant answer has %.3f; the loss"
                                + " moves by %s",
                        accuracy.last(), same, 1.0 / run.classes().orElseThrow().value(),
                        Say.percent(run.loss().tail(same).relativeRange()))))));
    }

    /// From the first epoch to the last the loss only moves by its rounding, away from what a constant answer costs, and no accuracy moves
    /// by one image.
    private Optional<Suspicion> untouched(Case run) {
        if (!isUntouched(run)) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The weights do not change: nothing is learned from the first epoch on")
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "training accuracy %.4f to the last digit in all %d epochs, and the training loss %.6f to %.6f, the first like"
                                + " the others",
                        run.accuracy().last(), run.loss().size(), run.loss().least(), run.loss().most())))));
    }

    static boolean isUntouched(Case run) {
        var loss = run.loss();
        var hits = run.accuracy();
        // A loss that is printed too coarsely to waver says nothing.
        boolean still = loss.size() >= SURE && hits.size() == loss.size() && hits.frozenAtEnd() == hits.size()
                && loss.relativeRange() < ROUNDING && loss.frozenAtEnd() < 3 && loss.last() > 0;
        if (!still || run.rawValidationAccuracy().frozenAtEnd() < run.rawValidationAccuracy().size()) return false;
        boolean known = run.entropy().isPresent() && Math.abs(loss.last() / run.entropy().getAsDouble() - 1) < AWAY;
        return !known && Math.abs(loss.last() / CrossEntropy.nearest(loss.last()) - 1) > AWAY;
    }

    static boolean isSameHits(Case run) {
        var accuracy = run.accuracy();
        int same = Math.min(accuracy.frozenAtEnd(), run.loss().size());
        boolean fine = run.run().series(Metric.ACCURACY).precise() && run.rawValidationAccuracy().frozenAtEnd() >= same;
        if (same < 4 || !fine || run.learning().isAtFloor() || accuracy.last() <= 0) return false;
        boolean wavers = run.loss().tail(same).relativeRange() < ROUNDING;
        boolean share = run.classes().isEmpty()
                || Math.abs(accuracy.last() * run.classes().get().value() - 1) < 0.1;
        return wavers && !share;
    }

    /// Without accuracies: from the first epoch to the last both losses only waver, by six in a thousand at most, and the first is
    /// like the others. Whatever is trained leaves its start.
    private Optional<Suspicion> neverMoves(Case run) {
        var loss = run.loss();
        var held = run.rawValidationLoss();
        boolean silent = run.accuracy().isEmpty() && run.rawValidationAccuracy().isEmpty();
        if (!silent || loss.size() < LONG || held.size() != loss.size() || run.isOfFewBatches() || loss.epoch(0) > 1)
            return Optional.empty();
        boolean still = loss.relativeRange() < WAVERS_LITTLE && held.relativeRange() < WAVERS_LITTLE
                && loss.frozenAtEnd() < 3;
        boolean aimless = loss.trend().p() > 0.05 && held.trend().p() > 0.05;
        double equal = CrossEntropy.nearest(Math.min(8, loss.last()));
        if (!still || !aimless || loss.last() < 0.1 || Math.abs(loss.last() / equal - 1) < 0.01)
            return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The weights do not change: nothing is learned from the first epoch on")
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "training loss %s to %s and validation loss %s to %s in all %d epochs, without a direction, the first like"
                                + " the others",
                        Say.value(loss.least()), Say.value(loss.most()), Say.value(held.least()),
                        Say.value(held.most()), loss.size())))));
    }

    /// TensorFlow names weights that the loss does not depend on, and training gets nowhere.
    private Optional<Suspicion> withoutGradients(Case run) {
        if (run.loss().size() < 3 || run.learning().gotAnywhere() || run.learning().lossFall() > 0.1)
            return Optional.empty();
        return run.run().events(Event.Warning.class).stream().map(Event.Warning::text)
                .filter(text -> text.contains("Gradients do not exist for variables")).findFirst()
                .map(text -> finish(Suspicion.of(illness(), Severity.ERROR,
                        "Weights do not change: the loss does not depend on them")
                        .sign(Grounds.MESSAGE, 8, new Evidence.Printed(
                                "\"" + text.substring(text.indexOf("Gradients"), Math.min(text.length(),
                                        text.indexOf("Gradients") + 100)) + "\""))
                        .sign(Grounds.SHAPE, 2, course(run))));
    }

    /// Validation scores the same to the last digit from the first epoch to the last, and only the chance of dropout or augmentation
    /// moves the training loss.
    private Optional<Suspicion> sameScores(Case run) {
        if (!scoresNeverMove(run) || FrozenAnswers.isUnreached(run)) return Optional.empty();
        var loss = run.rawValidationLoss();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The weights do not change: validation scores the same in every epoch")
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "validation loss %s in all %d epochs, to the last digit", Say.value(loss.last()), loss.size())))
                .note(new Evidence.Computed(Say.format(
                        "the training loss wavers between %s and %s without a direction, as dropout alone makes it",
                        Say.value(run.loss().least()), Say.value(run.loss().most()))))));
    }

    /// Whether validation shows the same weights in every epoch, away from the loss of the best constant answer, where training would
    /// have brought them.
    static boolean scoresNeverMove(Case run) {
        var loss = run.rawValidationLoss();
        var accuracy = run.rawValidationAccuracy();
        // Seven digits and more are not the same by chance.
        boolean precise = run.run().evaluation(Metric.LOSS.name()).precise();
        boolean same = loss.size() >= (precise ? 3 : SURE) && loss.frozenAtEnd() == loss.size()
                && accuracy.frozenAtEnd() == accuracy.size();
        double wavers = precise ? 0 : WAVERS;
        if (!same || run.loss().relativeRange() <= wavers || run.loss().relativeRange() > WAVERS_MUCH) return false;
        double equal = CrossEntropy.nearest(loss.last());
        boolean away = Math.abs(loss.last() / equal - 1) > AWAY
                && (accuracy.isEmpty() || Math.abs(loss.last() / CrossEntropy.ofTwo(accuracy.last()) - 1) > AWAY);
        return away && !run.loss().trend().falls(0.01);
    }

    private static Evidence course(Case run) {
        return new Evidence.Printed(Say.format("training loss %s to %s in %d epochs", Say.value(run.loss().first()),
                Say.value(run.loss().last()), run.loss().size()));
    }

    private Suspicion stopped(Stopped stop) {
        return finish(Suspicion.of(illness(), Severity.ERROR,
                Say.format("The weights no longer change from epoch %d on", stop.epoch()))
                .sign(Grounds.LEVEL, Math.min(8, 1.5 * stop.epochs()), new Evidence.Printed(Say.format(
                        "the loss is %s in each of the last %d epochs, to the last digit, and no constant answer has that",
                        Say.value(stop.loss()), stop.epochs()))));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion
                .consequence("a rate so low that it moves no printed digit looks the same (learning-rate-too-low)")
                .remedy("layer.trainable = True, then compile again; check that the optimizer holds these weights, and its rate")
                .confirm(
                        "compare model.get_weights() before and after one epoch: equal to the last bit, or nearly equal?");
    }

    /// Whether no curve moves from its first value to its last.
    static boolean isStill(Curve... curves) {
        return Arrays.stream(curves).allMatch(curve -> curve.frozenAtEnd() == curve.size());
    }

    /// Whether not even the first epochs differ: weights that do not change never did.
    static boolean fromTheStart(Case run) {
        return run.loss().size() >= 4 && isStill(run.loss(), run.accuracy());
    }
}
