package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.doctor.statistics.CrossEntropy;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// Accuracies that never move by one image while the losses say that this is no knowledge: one answer, always the same.
final class FrozenAnswers {
    private static final double ABOUT = 0.03;
    private static final double NEAR = 0.01;
    private static final int FEWEST_EPOCHS = 5;
    private static final int MANY_EPOCHS = 8;
    private static final int MANY_IMAGES = 500;
    /// Training that is right so often does not answer all images alike.
    private static final double KNOWN = 0.9;
    private static final double STANDS = 0.002;
    private static final double FEW_RIGHT = 0.25;
    private static final double KNOWS_SHARES = 0.85;

    private FrozenAnswers() {
    }

    /// What shows it; empty where nothing does.
    static Optional<Sign> of(Case run) {
        if (FrozenWeights.isUntouched(run)) return Optional.empty();
        return oneOfEqualClasses(run).or(() -> sameFromTheStart(run)).or(() -> sameOnBothSides(run))
                .or(() -> againAndAgain(run)).or(() -> heldOutOnly(run)).or(() -> unreached(run));
    }

    /// Single steps waver too much for a level, but validation answers one of k equal classes, and both losses stay about ln k.
    private static Optional<Sign> oneOfEqualClasses(Case run) {
        var accuracy = run.rawValidationAccuracy();
        int frozen = accuracy.frozenAtEnd();
        if (frozen < 4 || accuracy.last() <= 0 || run.loss().size() < frozen) return Optional.empty();
        long classes = Math.round(1 / accuracy.last());
        double constant = Math.log(classes);
        boolean share = classes >= 3 && Math.abs(accuracy.last() * classes - 1) < 1e-3;
        boolean about = isNear(run.loss().tail(frozen), constant, ABOUT)
                && isNear(run.rawValidationLoss().tail(frozen), constant, ABOUT);
        if (!share || !about) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                "validation accuracy is 1/%d in the last %d epochs to the last digit, and both losses stay about ln %d = %.4f",
                classes, frozen, classes, constant))));
    }

    /// Validation accuracy never moves by one image, and each image costs at least as much as that share of right answers does without
    /// looking: the entropy of the share, or more where there are more than two classes.
    private static Optional<Sign> sameFromTheStart(Case run) {
        var accuracy = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        double share = accuracy.isEmpty() ? 0 : accuracy.last();
        boolean same = accuracy.size() >= FEWEST_EPOCHS && accuracy.frozenAtEnd() == accuracy.size() && share > 0.05
                && share < 0.98 && loss.size() == accuracy.size();
        if (!same || loss.relativeRange() > ABOUT || FrozenWeights.scoresNeverMove(run)) return Optional.empty();
        double entropy = CrossEntropy.ofTwo(share);
        boolean exact = isNear(loss, entropy, NEAR);
        boolean learns = run.loss().size() >= 3 && run.learning().lossFall() > 0.1 && run.loss().trend().falls(0.05)
                || !run.accuracy().isEmpty() && run.accuracy().late().median() > Math.max(KNOWN, share + 0.2);
        if (learns || loss.least() < (1 - NEAR) * entropy || !exact && accuracy.size() < MANY_EPOCHS)
            return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, exact ? 7 : 6, new Evidence.Printed(Say.format(
                "validation accuracy is %.4f in all %d epochs to the last digit, and validation loss %s, %s the %s that this share costs"
                        + " without looking",
                share, accuracy.size(), Say.value(loss.last()), exact ? "as good as" : "above", Say.value(entropy)))));
    }

    /// Neither accuracy moves by one image, and the training loss hardly: where nothing but the answer to all images is left to learn.
    private static Optional<Sign> sameOnBothSides(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        int frozen = Math.min(training.frozenAtEnd(), validation.frozenAtEnd());
        if (frozen < 3 || training.last() <= 0 || training.last() > 0.98) return Optional.empty();
        var loss = run.loss().tail(Math.min(frozen, run.loss().size()));
        // In few epochs both may stand still by chance, but not at what the share of one class costs without looking.
        boolean sure = frozen >= MANY_EPOCHS || training.last() < 0.9 && !loss.isEmpty() && isManyImages(run)
                && loss.least() > CrossEntropy.ofTwo(Math.max(0.5, training.last()));
        if (!sure || FrozenWeights.isSameHits(run)) return Optional.empty();
        boolean oneOfMany = Math.abs(validation.last() * Math.rint(1 / validation.last()) - 1) < 1e-3;
        boolean rests = loss.isEmpty()
                ? oneOfMany
                : loss.relativeRange() < ABOUT && loss.frozenAtEnd() < 3
                        && loss.least() > CrossEntropy.least(training.last());
        if (!rests) return Optional.empty();
        double nats = Math.min(7, 2 + frozen);
        return Optional.of(new Sign(Grounds.LEVEL, nats, new Evidence.Printed(Say.format(
                "training accuracy %.4f and validation accuracy %.4f in the last %d epochs, to the last digit",
                training.last(), validation.last(), frozen))));
    }

    /// Training accuracy comes back to the same images, to the last digit, in half of the epochs, and the losses have come to rest:
    /// whenever one answer stands throughout an epoch its accuracy is the share of that class.
    private static Optional<Sign> againAndAgain(Case run) {
        var accuracy = run.accuracy();
        var loss = run.loss();
        if (accuracy.size() < MANY_EPOCHS || loss.size() != accuracy.size() || run.isOfFewBatches()
                || !run.run().series(Metric.ACCURACY).precise())
            return Optional.empty();
        double share = Arrays.stream(accuracy.values()).boxed()
                .max(Comparator.comparingLong(accuracy::times)).orElseThrow();
        long times = accuracy.times(share);
        var half = loss.from(loss.size() / 2);
        boolean rests = half.relativeRange() < STANDS && half.least() > CrossEntropy.least(share)
                && accuracy.most() - share < ABOUT;
        if (times < accuracy.size() / 2.0 || share <= 0 || share > KNOWN || !rests) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                "training accuracy is %.6f, to the last digit, in %d of %d epochs, and the training loss rests at %s: the share of the"
                        + " class that is answered",
                share, times, accuracy.size(), Say.value(loss.last())))));
    }

    /// Where nothing is printed of training: validation has come to rest a little below what not to know costs among the known classes, as
    /// the shares of unequal classes do, and its accuracy with it.
    private static Optional<Sign> heldOutOnly(Case run) {
        var loss = run.rawValidationLoss();
        var accuracy = run.rawValidationAccuracy();
        boolean alone = run.loss().isEmpty() && run.accuracy().isEmpty() && run.classes().isPresent();
        if (!alone || loss.size() < FEWEST_EPOCHS + 1 || accuracy.size() != loss.size()) return Optional.empty();
        double guessing = Math.log(run.classes().get().value());
        var rest = loss.tail(FEWEST_EPOCHS);
        var hits = accuracy.tail(FEWEST_EPOCHS);
        boolean rests = rest.relativeRange() < ABOUT && hits.most() - hits.least() < STANDS && hits.most() < FEW_RIGHT;
        boolean knowsShares = rest.least() > KNOWS_SHARES * guessing && rest.most() < (1 + ABOUT) * guessing;
        if (!rests || !knowsShares) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                "validation loss rests at %s and accuracy at %.3f in the last %d epochs; guessing among %d classes costs %s",
                Say.value(rest.last()), hits.last(), FEWEST_EPOCHS, run.classes().get().value(),
                Say.value(guessing)))));
    }

    /// Keras' optimizers take their steps by themselves. Where validation costs the same to the last digit all the same, and nobody froze
    /// anything, no weight reaches the output: units are dead, and all answers are the last bias.
    private static Optional<Sign> unreached(Case run) {
        if (!isUnreached(run)) return Optional.empty();
        var loss = run.rawValidationLoss();
        return Optional.of(new Sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                "validation loss %s in all %d epochs, to the last digit, although Keras' optimizer steps: no weight reaches the output",
                Say.value(loss.last()), loss.size()))));
    }

    /// Whether a regression of Keras scores the same in every epoch.
    static boolean isUnreached(Case run) {
        boolean frozen = run.facts().value(FactKey.FROZEN).orElse(false);
        return run.isKeras() && !run.isClassification() && !frozen && FrozenWeights.scoresNeverMove(run);
    }

    /// Whether the accuracy of training has so many images that it moves by one of them whenever weights do.
    private static boolean isManyImages(Case run) {
        return run.sizes().trainingImages().filter(images -> images.value() >= MANY_IMAGES).isPresent();
    }

    private static boolean isNear(Curve loss, double constant, double near) {
        return Math.abs(loss.median() / constant - 1) < near;
    }
}
