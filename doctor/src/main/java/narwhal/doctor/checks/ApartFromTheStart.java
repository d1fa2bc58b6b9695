package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.doctor.statistics.Robust;
import narwhal.history.facts.FactKey;

/// Training is good early, and validation far below it from the first epoch: it jumps, lags behind or does not react at all.
///
/// @param start how far apart the two begin
/// @param sign how validation goes on
record ApartFromTheStart(Evidence start, Sign sign) {
    private static final double FAR = 0.15;
    private static final double JUMPS = 0.1;
    private static final double GOOD = 0.9;
    private static final double BY_HEART = 0.985;
    /// Training loss falls so many times, and validation loss does not react.
    private static final double FOLD = 10;
    /// The same where something makes the averages odd.
    private static final double FOLD_IF_ODD = 4;
    private static final int FEW_STEPS = 20;
    private static final int CAUGHT_UP = 300;
    /// Where answers become dearer by that, steadily, training is learned by heart.
    private static final double DEARER = 1.05;

    /// What shows it; empty where nothing does.
    ///
    /// @param odd whether something is stated that makes the averages another function
    static Optional<ApartFromTheStart> of(Case run, boolean odd) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (!isGoodEarly(run, odd)) return Optional.empty();
        double gap = Robust.median(training.from(1).values()) - Robust.median(validation.from(1).values());
        boolean far = gap > FAR && belowFromStart(training, validation);
        boolean deaf = validation.frozenAtEnd() >= Math.max(4, validation.size() - 1)
                && training.late().median() - validation.last() > FAR;
        boolean apart = odd && run.facts().has(FactKey.BATCH_NORM_MOMENTUM)
                && training.late().median() - validation.late().median() > FAR;
        if (!far && !deaf && !apart) return Optional.empty();
        var start = new Evidence.Printed(Say.format(
                "training accuracy %.3f by epoch %d, validation %.3f, apart from the start", training.value(1),
                training.epoch(1), validation.value(1)));
        boolean few = !odd && seesFewImages(run);
        return (few ? Optional.<Sign>empty() : standsStill(run, odd ? FOLD_IF_ODD : FOLD))
                .or(() -> deaf ? Optional.of(staysTo(run)) : Optional.empty())
                .or(() -> lags(run)).or(() -> jumps(run))
                .or(() -> apart ? Optional.of(below(run)) : Optional.empty())
                .map(sign -> new ApartFromTheStart(start, sign));
    }

    /// Few steps in an epoch are few images, which are soon learned by heart; and after hundreds of them Keras' averages, too, are those of
    /// the weights.
    private static boolean seesFewImages(Case run) {
        return run.sizes().trainingSteps()
                .filter(steps -> steps.value() <= FEW_STEPS && steps.value() * run.epochs() >= CAUGHT_UP).isPresent();
    }

    private static boolean isGoodEarly(Case run, boolean odd) {
        var training = run.accuracy();
        return training.value(1) >= GOOD || training.most() >= BY_HEART
                || odd && training.most() - training.first() > 0.3
                || training.most() >= 0.95 && run.rawValidationAccuracy().steps(Curve.HALF) >= JUMPS
                || training.most() >= GOOD && run.learning().validationNeverMoves()
                || UnsteadyEvaluation.isFarAndErratic(run);
    }

    private static boolean belowFromStart(Curve training, Curve validation) {
        int below = 0;
        int looked = Math.min(4, Math.min(training.size(), validation.size()));
        for (int i = 1; i < looked; i++) if (validation.value(i) < training.value(i) - FAR / 2) below++;
        return looked > 1 && below >= looked - 1;
    }

    /// Validation loss does not react to training.
    private static Optional<Sign> standsStill(Case run, double fold) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (validation.size() < 3 || loss.last() <= 0 || loss.first() / loss.last() < fold) return Optional.empty();
        boolean within = validation.most() < 1.15 * validation.first()
                && validation.least() > 0.85 * validation.first();
        boolean byHeart = validation.late().median() > DEARER * validation.least() && validation.trend().rises(0.01);
        if (!within || byHeart || learns(run.rawValidationAccuracy())) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 5, new Evidence.Computed(Say.format(
                "training loss falls %.0f-fold, validation loss stays within 15 %% of %s: it does not react",
                loss.first() / Math.max(1e-12, loss.last()), Say.value(validation.first())))));
    }

    private static boolean learns(Curve validation) {
        return validation.trend().rises(0.001) && validation.late().median() > validation.first() + 0.1;
    }

    private static Sign staysTo(Case run) {
        var training = run.accuracy();
        double level = run.rawValidationAccuracy().last();
        boolean ignorant = beginsIgnorant(run, level);
        return new Sign(Grounds.SHAPE, ignorant ? 5 : 4, new Evidence.Computed(Say.format(
                "training accuracy rises by %s, validation stays at %.4f to the last digit%s",
                Say.points(training.most() - training.first()), level,
                ignorant ? ", and cost at first what not to know costs" : "")));
    }

    /// Evaluation began with averages that had not moved yet: its first losses are those of not knowing, whatever training knew. Images that
    /// are prepared in another way cost more at once.
    private static boolean beginsIgnorant(Case run, double level) {
        var held = run.rawValidationLoss();
        double ignorance = run.entropy().orElse(-Math.log(Math.clamp(level, 0.001, 0.999)));
        return held.size() >= 4 && Math.abs(held.first() / ignorance - 1) < 0.15
                && Math.abs(held.value(1) / ignorance - 1) < 0.15 && held.late().median() > 3 * ignorance;
    }

    /// Validation catches up steadily and by far after training is done: nothing is learned any more, but the averages still move.
    private static Optional<Sign> lags(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        int done = mastered(training);
        if (done + 3 >= validation.size() || validation.size() != training.size()) return Optional.empty();
        var after = validation.from(done);
        double climbed = after.last() - after.first();
        boolean lags = climbed > 0.25 && after.trend().rises(0.05) && training.value(done) - after.first() > 0.3;
        if (!lags) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 5, new Evidence.Computed(Say.format(
                "training is at %.3f from epoch %d on, and validation still climbs by %s after it, as averages do that warm up",
                training.most(), training.epoch(done), Say.points(climbed)))));
    }

    /// Index from which training has nothing left to learn; the size where it never is so far.
    private static int mastered(Curve training) {
        for (int i = 0; i < training.size(); i++) if (training.value(i) >= 0.98) return i;
        return training.size();
    }

    private static Optional<Sign> jumps(Case run) {
        var validation = run.rawValidationAccuracy();
        double noise = run.standardError(Math.clamp(validation.mean(), 0.05, 0.95)).orElse(0.02);
        double often = validation.steps(Curve.OFTEN);
        double jumps = often >= Math.max(JUMPS, 3 * Math.sqrt(2) * noise) ? often : validation.steps(Curve.HALF);
        if (jumps < JUMPS) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, Math.min(5, 1 + jumps / (1.5 * noise)),
                new Evidence.Computed(Say.format(
                        "validation jumps by %s from epoch to epoch without a period, training by %s",
                        Say.points(jumps), Say.points(run.accuracy().from(1).steps(Curve.HALF))))));
    }

    private static Sign below(Case run) {
        return new Sign(Grounds.SHAPE, 3, new Evidence.Computed(Say.format("validation is %s below training",
                Say.points(run.accuracy().late().median() - run.rawValidationAccuracy().late().median()))));
    }
}
