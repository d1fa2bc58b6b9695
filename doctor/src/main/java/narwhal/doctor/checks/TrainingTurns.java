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

/// Training itself gets worse, and validation with it: for good, or until a schedule has lowered the rate again.
final class TrainingTurns {
    private static final double TURN = 0.05;
    private static final double QUARTER = 0.25;
    private static final int LONG = 10;
    private static final double HUMP = 5;
    private static final double LITTLE = 0.02;
    private static final double HUGE = 100;
    /// The loss stays that many times above its minimum.
    private static final double COLLAPSED = 1.5;

    private TrainingTurns() {
    }

    static Stream<Suspicion> of(Case run) {
        return Stream.of(jointTurn(run), hump(run), validationBursts(run)).flatMap(Optional::stream);
    }

    private static Optional<Suspicion> jointTurn(Case run) {
        var loss = run.loss();
        if (loss.size() < 5 || loss.least() <= 0) return Optional.empty();
        int least = loss.lowest();
        double rise = loss.last() / loss.least() - 1;
        double noise = loss.noise() / loss.least();
        int upward = 0;
        for (int i = Math.max(1, loss.size() - 5); i < loss.size(); i++)
            if (loss.value(i) > loss.value(i - 1)) upward++;
        var after = loss.from(least);
        var trend = after.trend();
        boolean climbs = after.size() >= 9 && trend.rises(0.001);
        boolean forgot = run.accuracy().size() == loss.size()
                && run.accuracy().late().median() < 0.5 * run.accuracy().most() && run.accuracy().most() > 0.4
                && loss.tail(5).least() > 1.2 * loss.least();
        boolean collapsed = loss.size() >= 8 && (forgot || loss.tail(5).least() > COLLAPSED * loss.least());
        boolean worse = upward >= 4 || climbs || collapsed || staysBehind(run)
                || losesBeyondItsRate(run);
        if (rise <= TURN || rise <= 3 * noise || !worse || after.size() < 4)
            return Optional.empty();
        if (least == 0 && Explosion.onlyTheFirstIsLow(loss)) return Optional.empty();
        // What has come down to next to nothing may rise manifold and is next to nothing still.
        if (loss.last() - loss.least() < LITTLE * loss.first()) return Optional.empty();
        var validation = run.validationLoss();
        boolean along = !validation.isEmpty() && validation.least() > 0
                && validation.tail(3).median() > (1 + TURN) * validation.least();
        // Dearer answers may be as good as before, but not at half as much again.
        boolean stated = Rates.overDefault(run).orElse(1) >= 10;
        boolean doubled = loss.tail(3).least() > (stated ? 1.2 : COLLAPSED) * loss.least()
                && loss.least() < 0.35 * loss.first();
        // Wrong answers that get dearer in every epoch are those of ever longer steps, however many are right.
        boolean manifold = loss.last() > 3 * loss.first() && loss.trend().rises(0.001);
        // Both sides have been getting dearer for most of the run, below what not to know costs: beyond it, the loss may be another.
        boolean throughout = rise > QUARTER && loss.last() < loss.first() && after.size() > 0.75 * loss.size() && climbs
                && along && validation.tail(3).median() > (1 + QUARTER) * validation.least();
        if (!validation.isEmpty() && !along || learnsOn(run) && !doubled && !manifold && !throughout)
            return Optional.empty();
        var suspicion = Suspicion.of(Illness.LEARNING_RATE_TOO_HIGH, loss.tail(3).least() > 1.1 * loss.least()
                ? Severity.ERROR
                : Severity.WARNING,
                Say.format("Training itself gets worse from epoch %d on: the learning rate is too high",
                        loss.epoch(least)))
                .sign(Grounds.SHAPE, Math.min(5, 2 + 10 * rise), new Evidence.Computed(Say.format(
                        "training loss %s in epoch %d, %s at the end: %s above its minimum, %s",
                        Say.value(loss.least()), loss.epoch(least), Say.value(loss.last()), Say.percent(rise),
                        collapsed
                                ? "and it does not come back"
                                : climbs
                                        ? Say.format("climbing ever since (trend p = %s)", Say.chance(trend.p()))
                                        : Say.format("%d of the last 5 steps upward", upward))));
        if (forgetsAll(run)) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Printed(Say.format(
                    "training accuracy %.3f at best, and %.3f at the end, where guessing gives %.3f",
                    run.accuracy().most(), run.accuracy().last(), run.chance().orElseThrow())));
        }
        if (along) {
            suspicion = suspicion.sign(Grounds.SHAPE, 1, new Evidence.Computed(Say.format(
                    "validation loss turns with it: %s at best, %s at the end", Say.value(validation.least()),
                    Say.value(validation.last()))));
        }
        return Optional.of(LearningRateTooHigh.told(run, suspicion.consequence(Say.format(
                "the best weights are those of epoch %d", loss.epoch(least)))));
    }

    /// The best epoch of a long run was among the first, and in the whole second half training costs a tenth more and is less often
    /// right.
    private static boolean staysBehind(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        int half = loss.size() / 2;
        return loss.size() >= LONG && loss.lowest() <= loss.size() / 4 && accuracy.size() == loss.size()
                && loss.from(half).least() > (1 + 2 * TURN) * loss.least()
                && accuracy.from(half).most() < accuracy.most() - TURN / 2;
    }

    /// Beside a stated rate that is far too high: in its last two epochs training costs a fifth more than at its best and is right eight points
    /// less often.
    private static boolean losesBeyondItsRate(Case run) {
        var accuracy = run.accuracy();
        return Rates.areFarTooHigh(run) && accuracy.size() == run.loss().size() && accuracy.size() >= LONG / 2
                && run.loss().tail(2).least() > 1.2 * run.loss().least()
                && accuracy.tail(2).most() < accuracy.most() - 0.08;
    }

    /// What training knew beyond guessing is lost in the end.
    private static boolean forgetsAll(Case run) {
        var accuracy = run.accuracy();
        if (run.chance().isEmpty() || accuracy.size() < 5) return false;
        double chance = run.chance().getAsDouble();
        return accuracy.most() > 1.5 * chance && accuracy.tail(3).most() < 1.1 * chance
                && accuracy.highest() < accuracy.size() / 2;
    }

    /// Answers get better all the time, whatever the loss says: no step was too long.
    private static boolean learnsOn(Case run) {
        var accuracy = run.accuracy();
        if (accuracy.size() < 5 || accuracy.last() <= accuracy.most() - 0.002) return false;
        return accuracy.trend().rises(0.01) || accuracy.least() > accuracy.most() - 0.002 && accuracy.last() > 0.9;
    }

    /// What was learned is lost over several epochs, on both sides, and learned again: while a schedule had the rate at its height.
    private static Optional<Suspicion> hump(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (loss.size() < 8 || validation.size() != loss.size() || loss.least() <= 0) return Optional.empty();
        int peak = loss.highest();
        if (peak < 3 || peak > loss.size() - 3) return Optional.empty();
        var before = loss.slice(0, peak);
        int best = before.lowest();
        double times = loss.value(peak) / before.least();
        boolean along = validation.slice(best, peak + 1).most() > HUMP * validation.value(best);
        boolean climbs = peak - best >= 2 && loss.value(peak) > 3 * loss.first();
        if (times < HUMP || !along || !climbs || loss.last() > 0.5 * loss.value(peak)) return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.WARNING, Say.format(
                        "The learning rate is too high from epoch %d to %d: what was learned is lost", loss.epoch(best),
                        loss.epoch(peak)))
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s in epoch %d, %s in epoch %d, %.0f times as much, and %s at the end",
                        Say.value(before.least()), loss.epoch(best), Say.value(loss.value(peak)), loss.epoch(peak),
                        times,
                        Say.value(loss.last()))))
                .note(new Evidence.Printed(Say.format("validation loss %s in epoch %d, up to %s",
                        Say.value(validation.value(best)), loss.epoch(best),
                        Say.value(validation.slice(best, peak + 1).most()))))));
    }

    /// Training gets dearer from epoch to epoch, and validation costs a hundred times as much as at first: weights that blow up.
    private static Optional<Suspicion> validationBursts(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (loss.size() < 6 || validation.size() != loss.size() || validation.first() <= 0) return Optional.empty();
        boolean dearer = loss.trend().rises(0.05) && loss.last() > 1.05 * loss.first()
                && loss.least() > 0.9 * loss.first();
        if (!dearer || validation.most() < HUGE * validation.first()) return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                        "The learning rate is too high: training gets worse and validation explodes")
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s in the first epoch, %s in the last; validation loss %s at first, up to %s in epoch %d",
                        Say.value(loss.first()), Say.value(loss.last()), Say.value(validation.first()),
                        Say.value(validation.most()), validation.epoch(validation.highest()))))));
    }
}
