package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.history.log.Metric;

/// A loss at rest at ln k, what answering without looking costs among k classes, where accuracies tell nothing.
final class CostOfNotKnowing {
    /// How near the loss alone has to be to the constant, and for how many epochs.
    private static final double EXACTLY = 0.002;
    private static final int FEWEST_EPOCHS = 6;
    private static final double WAVERS = 0.005;
    private static final double ABOUT = 0.03;
    /// Answers that are hardly ever right name a class that is not there.
    private static final double NOBODY = 0.01;
    private static final int AT_REST = 4;
    /// The logarithms of more classes lie too close together.
    private static final int MOST_CLASSES = 10;

    private CostOfNotKnowing() {
    }

    /// What shows it; empty where nothing does.
    static Optional<Sign> of(Case run) {
        return atRest(run).or(() -> closing(run));
    }

    /// Where no accuracy is printed, or none that is the share of a class, the loss has to be the constant itself, and to have come to
    /// rest there.
    private static Optional<Sign> atRest(Case run) {
        boolean nobody = !run.accuracy().isEmpty() && run.accuracy().late().most() < NOBODY;
        if (run.isClassification() && !nobody || run.loss().isEmpty()) return Optional.empty();
        var loss = run.loss();
        boolean known = run.entropy().isPresent();
        long classes = known
                ? run.classes().map(Known::value).orElse(0L)
                : Math.round(Math.exp(Math.min(loss.last(), Math.log(MOST_CLASSES))));
        double constant = run.entropy().orElse(Math.log(classes));
        if (classes < 2) return Optional.empty();
        int stands = 0;
        while (stands < loss.size() && Math.abs(loss.value(loss.size() - 1 - stands) / constant - 1) < EXACTLY)
            stands++;
        if (stands < AT_REST) return aroundTheConstant(loss, constant, classes);
        if (Course.of(loss.tail(stands)).straight()) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, known ? 7 : 5, new Evidence.Printed(Say.format(
                "training loss %s in the last %d epochs, within %s of %s, what not to know costs among %d classes",
                Say.value(loss.last()), stands, Say.percent(EXACTLY), Say.value(constant), classes))));
    }

    /// Values of single steps waver around the constant, without a direction, from the first to the last.
    private static Optional<Sign> aroundTheConstant(Curve loss, double constant, long classes) {
        boolean around = loss.size() >= FEWEST_EPOCHS && loss.most() < (1 + WAVERS) * constant
                && loss.least() > (1 - WAVERS) * constant && Math.abs(loss.mean() / constant - 1) < EXACTLY;
        if (!around || loss.trend().p() < 0.05) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format(
                "training loss %s to %s in all %d epochs, around %s, what not to know costs among %d classes",
                Say.value(loss.least()), Say.value(loss.most()), loss.size(), Say.value(constant), classes))));
    }

    /// The evaluation behind the last epoch costs ln k and is right in one of k, to three digits, and training has come to rest.
    private static Optional<Sign> closing(Case run) {
        var loss = run.tested(Metric.LOSS.name());
        var accuracy = run.tested(Metric.ACCURACY.name());
        if (loss.isEmpty() || accuracy.isEmpty() || accuracy.get() <= 0 || accuracy.get() > 0.55)
            return Optional.empty();
        long classes = Math.round(1 / accuracy.get());
        boolean guesses = Math.abs(accuracy.get() * classes - 1) < EXACTLY
                && Math.abs(loss.get() / Math.log(classes) - 1) < EXACTLY;
        boolean rests = run.loss().size() >= 3 && run.loss().from(1).relativeRange() < ABOUT;
        if (!guesses || !rests) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                "the evaluation at the end costs %s, which is ln %d, and is right in %.4f: not to know costs and gives just that",
                Say.value(loss.get()), classes, accuracy.get()))));
    }
}
