package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Reading;

/// The loss stands as high as in the first epoch for as long as the rate stands, and falls at once when the rate is cut.
final class CutOfTheRate {
    private CutOfTheRate() {
    }

    static Optional<Suspicion> of(Case run) {
        var epochs = run.run().completeEpochs();
        var loss = run.loss();
        if (loss.size() != epochs.size() || loss.size() < 4) return Optional.empty();
        int cut = 1;
        while (cut < epochs.size() && rateOf(epochs.get(cut)) > 0.6 * rateOf(epochs.getFirst())) cut++;
        if (cut < 2 || cut >= epochs.size() || Double.isNaN(rateOf(epochs.get(cut)))) return Optional.empty();
        double before = loss.slice(0, cut).least();
        double after = loss.value(Math.min(cut + 1, loss.size() - 1));
        if (before < 0.9 * loss.first() || 1 - after / before < 0.3 || loss.least() <= 0) return Optional.empty();
        var suspicion = Suspicion.of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR, Say.format(
                "The learning rate is too high: nothing is learned before it is cut in epoch %d", loss.epoch(cut)))
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s to %s at a rate of %s, and %s as soon as it is %s", Say.value(loss.first()),
                        Say.value(loss.value(cut - 1)), Say.value(rateOf(epochs.getFirst())),
                        Say.value(after), Say.value(rateOf(epochs.get(cut))))));
        if (loss.value(cut) < 0.7 * before) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Computed(Say.format(
                    "it is %s in that very epoch: no other cause waits for the cut", Say.value(loss.value(cut)))));
        }
        return Optional.of(LearningRateTooHigh.finish(suspicion));
    }

    private static double rateOf(LoggedEpoch epoch) {
        return epoch.learningRate().map(Reading::value).orElse(Double.NaN);
    }
}
