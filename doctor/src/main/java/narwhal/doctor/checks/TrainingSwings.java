package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// Training goes up and down from epoch to epoch, which the mean over an epoch does not do by chance.
final class TrainingSwings {
    private static final double OSCILLATION = 0.03;
    private static final double OFTEN = 0.2;
    /// A loss that comes down to this share of its first value makes progress, however it swings.
    private static final double PROGRESS = 0.2;

    private TrainingSwings() {
    }

    static Stream<Suspicion> of(Case run) {
        return Stream.of(oscillation(run), lossSwings(run)).flatMap(Optional::stream);
    }

    private static Optional<Suspicion> oscillation(Case run) {
        var accuracy = run.accuracy();
        // Around chance accuracy goes up and down by itself.
        if (accuracy.size() < 10 || !run.learning().gotAnywhere() || run.isOfFewBatches()) return Optional.empty();
        int drops = 0;
        // An accuracy that falls while the loss does is one of a few images.
        var loss = run.loss();
        double noise = run.sizes().trainingImages().map(n -> 3 * Math.sqrt(2 * 0.25 / n.value())).orElse(0.0);
        double least = Math.max(OSCILLATION, noise);
        for (int i = 1; i + 1 < accuracy.size(); i++) {
            if (accuracy.value(i) <= accuracy.value(i - 1) || accuracy.value(i) <= accuracy.value(i + 1)) continue;
            int next = i + 1;
            while (next + 1 < accuracy.size() && accuracy.value(next + 1) < accuracy.value(next)) next++;
            boolean dearer = loss.size() != accuracy.size() || loss.value(next) > loss.value(i);
            if (dearer && accuracy.value(i) - accuracy.value(next) >= least) drops++;
        }
        double share = (double) drops / accuracy.size();
        if (share < OFTEN || drops < 3) return Optional.empty();
        var suspicion = Suspicion.of(Illness.LEARNING_RATE_TOO_HIGH, Severity.WARNING,
                "Training goes up and down from epoch to epoch: the learning rate is too high")
                .sign(Grounds.SHAPE, Math.min(5, 2 + 10 * (share - OFTEN) + (accuracy.noise() > 0.03 ? 1.5 : 0)),
                        new Evidence.Computed(Say.format(
                                "training accuracy falls by %s or more after a maximum %d times in %d epochs",
                                Say.points(least), drops, accuracy.size())));
        return Optional.of(LearningRateTooHigh.told(run, suspicion));
    }

    /// The training loss itself jumps up again and again, where no accuracy is printed: a mean over a whole epoch does not do that
    /// by chance.
    private static Optional<Suspicion> lossSwings(Case run) {
        var loss = run.loss();
        if (!run.accuracy().isEmpty() || loss.size() < 8 || loss.least() <= 0 || run.isOfFewBatches())
            return Optional.empty();
        if (loss.late().median() < PROGRESS * loss.first()) return Optional.empty();
        int rises = 0;
        for (int i = 1; i < loss.size(); i++) if (loss.value(i) > 1.12 * loss.value(i - 1)) rises++;
        double share = (double) rises / loss.size();
        if (share < OFTEN) return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.WARNING,
                        "The training loss goes up and down from epoch to epoch: the learning rate is too high")
                .sign(Grounds.SHAPE, Math.min(5, 2.5 + 10 * (share - OFTEN)), new Evidence.Computed(Say.format(
                        "training loss rises by more than 12 %% from one epoch to the next %d times in %d epochs",
                        rises,
                        loss.size())))));
    }
}
