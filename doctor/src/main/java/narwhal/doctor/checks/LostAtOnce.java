package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// From one epoch to the next all that was known is lost for ever, and answers are constant.
final class LostAtOnce {
    private static final double OVERSHOT = 1.2;

    private LostAtOnce() {
    }

    static Stream<Suspicion> of(Case run) {
        return Stream.of(deadFromTheSecond(run), collapsed(run)).flatMap(Optional::stream);
    }

    /// The first epoch cost more than not to know, and from then on the loss stands at the level of a constant answer, or a little above,
    /// to the last digit: no step that merely fails to learn makes things worse than they were.
    private static Optional<Suspicion> deadFromTheSecond(Case run) {
        var loss = run.loss();
        var level = Levels.of(run);
        if (loss.size() < 5 || level.isEmpty() || loss.frozenAtEnd() < loss.size() - 2 || run.learning().gotAnywhere())
            return Optional.empty();
        double ignorant = level.get().loss();
        if (loss.first() < OVERSHOT * ignorant) return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion.of(
                Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                "The learning rate is too high: the first epoch made things worse, and then the network was dead")
                .sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                        "training loss %s as a mean over epoch %d, where not to know costs %s; %s to the last digit since",
                        Say.value(loss.first()), loss.epoch(0), Say.value(ignorant), Say.value(loss.last()))))));
    }

    /// Training knew something, and within an epoch it answers the same for every image for ever after.
    private static Optional<Suspicion> collapsed(Case run) {
        var training = run.accuracy();
        var loss = run.loss();
        if (training.size() < 6 || loss.size() != training.size() || loss.least() <= 0) return Optional.empty();
        int best = loss.lowest();
        if (best > loss.size() / 3 || best + 6 > loss.size()) return Optional.empty();
        var after = loss.from(best + 2);
        boolean rests = after.relativeRange() < 0.02 && after.least() > 1.2 * loss.least();
        boolean forgot = training.from(best + 2).most() < training.value(best) - 0.15;
        boolean same = commonest(run.rawValidationAccuracy().tail(after.size())) >= 0.7 * after.size();
        if (!rests || !forgot || !run.rawValidationAccuracy().isEmpty() && !same) return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR, Say.format(
                        "The learning rate is too high: what epoch %d knew is lost, and answers are constant since",
                        loss.epoch(best)))
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training accuracy %.3f in epoch %d, %.3f later; training loss %s, and %s at rest",
                        training.value(best), loss.epoch(best), training.last(), Say.value(loss.least()),
                        Say.value(after.median()))))
                .consequence("it rests there at the level of a constant answer: dead units (dead-relu), if the network"
                        + " uses ReLU")));
    }

    /// How often the commonest value occurs.
    private static long commonest(Curve curve) {
        return Arrays.stream(curve.values()).mapToLong(curve::times).max().orElse(0);
    }
}
