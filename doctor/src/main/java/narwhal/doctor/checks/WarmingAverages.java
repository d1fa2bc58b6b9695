package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;

/// Averages that start far off and catch up with the weights: evaluation is bad for many epochs and comes back, which images that are
/// new do not make.
final class WarmingAverages {
    private static final double BY_HEART = 0.97;

    private WarmingAverages() {
    }

    /// What shows it where accuracies are printed; empty where nothing does.
    static Optional<Sign> of(Case run) {
        return comesDown(run).or(() -> catchesUp(run));
    }

    /// Evaluation begins at absurd losses, a hundred times those of training, and comes down over many epochs by as much: averages that
    /// start far off do that, images that are new do not.
    private static Optional<Sign> comesDown(Case run) {
        var training = run.loss();
        var validation = run.rawValidationLoss();
        if (training.size() < 6 || validation.size() != training.size() || training.first() <= 0)
            return Optional.empty();
        int absurd = 0;
        while (absurd < validation.size() && validation.value(absurd) > 10 * training.value(absurd)) absurd++;
        boolean far = validation.first() > 100 * Math.max(1, training.first());
        boolean down = absurd >= 3 && validation.value(absurd - 1) < 0.1 * validation.first();
        if (!far || !down || training.last() > 0.8 * training.first()) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                "validation loss %s beside training loss %s in the first epoch, and still more than ten times as much in epoch %d:"
                        + " averages that start far off come down like that",
                Say.value(validation.first()), Say.value(training.first()), validation.epoch(absurd - 1)))));
    }

    /// For eight epochs and more, validation is right half as often as training or less, and at the end it is nearly as good: the
    /// averages catch up as the weights come to rest. What was learned by heart is no help for that.
    private static Optional<Sign> catchesUp(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (validation.size() != training.size() || run.rawValidationLoss().size() != training.size())
            return Optional.empty();
        long apart = IntStream.range(0, validation.size()).filter(i -> training.value(i) > 0.5
                && training.value(i) < BY_HEART && validation.value(i) < 0.5 * training.value(i)).count();
        boolean caughtUp = validation.tail(3).median() > 0.8 * training.tail(3).median();
        var loss = run.rawValidationLoss();
        if (apart < 8 || !caughtUp || loss.tail(3).median() > 0.5 * loss.slice(0, Math.min(8, loss.size())).median())
            return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                "in %d epochs validation is right half as often as training or less, and at the end %.3f beside %.3f: averages catch"
                        + " up like that as weights come to rest",
                apart, validation.last(), training.last()))));
    }

    /// Without accuracies: validation loss climbs far above its own start and comes back nearly as far, while training falls all the
    /// time. Learning by heart does not come back.
    static Optional<Sign> withoutAccuracies(Case run) {
        var validation = run.rawValidationLoss();
        var training = run.loss();
        if (validation.size() < 8 || training.size() != validation.size() || training.last() > 0.7 * training.first()) {
            return Optional.empty();
        }
        int most = validation.highest();
        if (most < 2 || most > validation.size() - 4 || !training.trend().falls(0.01)) return Optional.empty();
        double peak = validation.most();
        double back = validation.from(most).least();
        boolean smooth = validation.noise() < 0.1 * peak;
        if (peak < 1.5 * validation.first() || back > 0.6 * peak || !smooth) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                "validation loss climbs from %s to %s in epoch %d and comes back to %s, while training falls from %s to"
                        + " %s throughout: averages that warm up do that, learning by heart does not",
                Say.value(validation.first()), Say.value(peak), validation.epoch(most), Say.value(back),
                Say.value(training.first()), Say.value(training.last())))));
    }
}
