package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.CrossEntropy;

/// Steps blew the weights up within the first epoch, whose mean lies far above all that follows, or by the end.
final class BlownUp {
    private static final double BURST = 30;
    private static final double SAME = 1e-6;
    private static final double HUGE = 100;
    /// The cross-entropy of a thousand equal classes.
    private static final double ALL_CLASSES = Math.log(1_000);

    private BlownUp() {
    }

    static Optional<Suspicion> of(Case run) {
        return burst(run).or(() -> blownUp(run)).or(() -> beforeTheEnd(run));
    }

    /// The mean over the first epoch lies far above what follows, and what follows is the same to a millionth: steps blew up before
    /// the first value was printed, and left a network that no longer learns. One that has learned all there is goes on to waver.
    private static Optional<Suspicion> burst(Case run) {
        var loss = run.loss();
        if (loss.size() < 4 || loss.last() <= 0) return Optional.empty();
        double factor = loss.first() / loss.last();
        boolean stated = factor > 5 && Rates.tooHigh(run) >= 2;
        // Wrong answers cost something: a loss next to nothing is no level of a network that knows nothing.
        if (run.isClassification() && loss.last() < 0.5 * CrossEntropy.least(Math.max(0, run.accuracy().last())))
            return Optional.empty();
        int later = Math.max(3, loss.size() / 2);
        boolean dead = loss.tail(later).relativeRange() <= SAME
                || stated && Levels.of(run).filter(level -> level.epochs() >= loss.size() - 1).isPresent();
        if (factor < BURST && !stated || !dead || run.learning().isAtFloor() || converges(loss))
            return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion.of(
                Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                "The learning rate is too high: the training loss explodes within the first epoch and never recovers")
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s as a mean over epoch %d, and %s in each of the last %d epochs",
                        Say.value(loss.first()), loss.epoch(0), Say.value(loss.last()), later)))
                .sign(Grounds.LEVEL, 4, new Evidence.Computed(Say.format(
                        "%s times the level after it, that of a constant answer: the units are dead",
                        Say.value(factor))))
                .consequence(
                        "it rests there at the level of a constant answer: dead units (dead-relu), if the network uses"
                                + " ReLU")));
    }

    /// The loss falls in two steps or more and never rises: it comes to its place.
    static boolean converges(Curve loss) {
        int falls = 0;
        for (int i = 1; i < loss.size(); i++) {
            double step = loss.value(i - 1) - loss.value(i);
            if (step < -SAME * loss.value(i)) return false;
            if (step > SAME * loss.value(i)) falls++;
        }
        return falls >= 2;
    }

    /// Behind the last epoch that has numbers, validation costs hundreds of times what training cost on average, and then nothing is a number
    /// any more: weights blew up within that epoch.
    private static Optional<Suspicion> beforeTheEnd(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        boolean ends = NotANumber.where(run).isPresent() && !NotANumber.isOfTheData(run);
        if (!ends || loss.isEmpty() || validation.size() != loss.size() || loss.last() <= 0
                || validation.last() < HUGE * loss.last())
            return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                        "The learning rate is too high: the weights blew up, and then nothing is a number")
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "validation loss %s behind epoch %d, where training cost %s on average; the epoch after it has no number",
                        Say.value(validation.last()), validation.epoch(validation.size() - 1),
                        Say.value(loss.last()))))));
    }

    /// At the end training costs more than not knowing, and validation hundreds of times more: no input and no average does both, only
    /// weights that blew up.
    private static Optional<Suspicion> blownUp(Case run) {
        if (run.loss().isEmpty() || run.rawValidationLoss().isEmpty()) return Optional.empty();
        double loss = run.loss().last();
        double validation = run.rawValidationLoss().last();
        double ignorant = run.entropy().orElse(ALL_CLASSES);
        // Without accuracies nobody knows what not to know costs, and only the absurd counts.
        if (!run.isClassification() && validation < HUGE * HUGE * HUGE * loss) return Optional.empty();
        if (loss < 1.5 * ignorant || validation < HUGE * loss || validation < HUGE * ignorant) return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                        "The learning rate is too high: the weights blew up")
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s, validation loss %s: not to know would cost %s at most", Say.value(loss),
                        Say.value(validation), Say.value(ignorant))))));
    }
}
