package narwhal.doctor.checks;

import java.util.Comparator;
import java.util.Arrays;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Reading;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Metric;

/// Steps so large that training overshoots: the training loss explodes, turns upward together with validation, or training
/// accuracy itself goes up and down. Rising training loss is what sets it apart from overfitting.
final class LearningRateTooHigh implements Check {
    private static final double OSCILLATION = 0.03;
    private static final double OFTEN = 0.2;
    private static final double TURN = 0.05;
    private static final double ABOVE = 1e-3;
    private static final double BURST = 30;
    private static final double HUMP = 5;
    private static final double LITTLE = 0.02;
    private static final double SAME = 1e-6;
    private static final double OVERSHOT = 1.2;
    private static final double HUGE = 100;
    /// The loss stays that many times above its minimum.
    private static final double COLLAPSED = 1.5;
    /// A loss that was learned within the first epoch, as far as one can tell without an accuracy.
    private static final double TINY = 0.01;
    /// A loss that comes down to this share of its first value makes progress, however it swings.
    private static final double PROGRESS = 0.2;
    private static final double ABSURD = 1e4;
    private static final double CALM = 0.02;
    /// The cross-entropy of a thousand equal classes.
    private static final double ALL_CLASSES = Math.log(1_000);

    @Override
    public Illness illness() {
        return Illness.LEARNING_RATE_TOO_HIGH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return found(run).map(suspicion -> AlwaysBehind.of(run).isEmpty()
                ? suspicion
                : suspicion.sign(Grounds.LEVEL, -6, new Evidence.Computed(
                        "training is right less often than guessing: steps that overshoot guess")));
    }

    private Optional<Suspicion> found(Case run) {
        if (run.learningRate().isPresent() && run.learningRate().getAsDouble() == 0) return Optional.empty();
        var explosion = Explosion.of(run);
        if (explosion.isPresent()) {
            boolean late = explosion.get().index() > 10 && Rates.tooHigh(run) <= 0;
            return late ? Optional.empty() : Optional.of(exploded(run, explosion.get()));
        }
        var burst = burst(run).or(() -> blownUp(run));
        if (burst.isPresent()) return burst;
        return Stream
                .of(invalid(run), deadFromTheSecond(run), collapsed(run), fallsWithTheRate(run), jointTurn(run),
                        oscillation(run), lossSwings(run), validationBursts(run), aboveIgnorance(run),
                        stuckByStatement(run), hump(run))
                .flatMap(Optional::stream).max(Comparator.comparingDouble(Suspicion::nats));
    }

    private Suspicion exploded(Case run, Explosion jump) {
        var name = jump.validation() ? "validation loss" : "training loss";
        boolean severe = !jump.recovered();
        var suspicion = Suspicion.of(illness(), severe ? Severity.ERROR : Severity.WARNING,
                Say.format("The learning rate is too high: the %s explodes in epoch %d%s", name, jump.epoch(),
                        severe ? " and never recovers" : ""));
        double before = jump.curve().value(jump.index() - 1);
        double now = jump.curve().value(jump.index());
        suspicion = suspicion.sign(Grounds.SHAPE, Math.clamp(2.5 * Math.log(jump.factor()), 2, 5),
                new Evidence.Printed(Say.format("%s %s in epoch %d, %s in epoch %d", name, Say.value(before),
                        jump.curve().epoch(jump.index() - 1), Say.value(now), jump.epoch())));
        if (jump.factor() > 30) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Computed(
                    Say.format("%s times the level before: no noise does that", Say.value(jump.factor()))));
        }
        if (!jump.validation() && !run.rawValidationLoss().isEmpty() && jump.index() < run.rawValidationLoss().size()) {
            suspicion = suspicion
                    .note(new Evidence.Printed(Say.format("validation loss %s in that epoch, %s in the one before",
                            Say.value(run.rawValidationLoss().value(jump.index())),
                            Say.value(run.rawValidationLoss().value(jump.index() - 1)))));
        }
        suspicion = rate(run, suspicion);
        if (severe && jump.index() + 1 < jump.curve().size() && jump.best() > 0) {
            var after = jump.curve().from(jump.index() + 1);
            suspicion = suspicion.note(new Evidence.Computed(Say.format(
                    "afterwards it stays at %s, %.1f times its best before (%s)", Say.value(after.median()),
                    after.median() / jump.best(), Say.value(jump.best()))));
            if (jump.factor() <= 30 && after.median() > 30 * jump.best()) {
                suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Computed(Say.format(
                        "up to %s since, %s times its best: it goes on from epoch to epoch", Say.value(after.most()),
                        Say.value(after.most() / jump.best()))));
            }
            if (after.size() >= 3 && after.relativeRange() < 0.1) {
                suspicion = suspicion
                        .consequence("it rests there at the level of a constant answer: dead units (dead-relu), if the"
                                + " network uses ReLU");
            }
        }
        return finish(
                suspicion.consequence(Say.format("weights after epoch %d are lost; the last good ones are before it",
                        jump.curve().epoch(jump.index() - 1))));
    }

    /// The mean over the first epoch lies far above what follows, and what follows is the same to a millionth: steps blew up before
    /// the first value was printed, and left a network that no longer learns. One that has learned all there is goes on to waver.
    private Optional<Suspicion> burst(Case run) {
        var loss = run.loss();
        if (loss.size() < 4 || loss.last() <= 0) return Optional.empty();
        double factor = loss.first() / loss.last();
        boolean stated = factor > 5 && Rates.tooHigh(run) >= 2;
        // Wrong answers cost something: a loss next to nothing is no level of a network that knows nothing.
        if (run.isClassification() && loss.last() < 0.5 * Case.leastCost(Math.max(0, run.accuracy().last())))
            return Optional.empty();
        int later = Math.max(3, loss.size() / 2);
        boolean dead = loss.tail(later).relativeRange() <= SAME
                || stated && Levels.of(run).filter(level -> level.epochs() >= loss.size() - 1).isPresent();
        if (factor < BURST && !stated || !dead || run.atFloor() || converges(loss)) return Optional.empty();
        return Optional.of(finish(rate(run, Suspicion.of(illness(), Severity.ERROR,
                "The learning rate is too high: the training loss explodes within the first epoch and never recovers")
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s as a mean over epoch %d, and %s in each of the last %d epochs",
                        Say.value(loss.first()), loss.epoch(0), Say.value(loss.last()), later)))
                .sign(Grounds.LEVEL, 4, new Evidence.Computed(Say.format(
                        "%s times the level after it, that of a constant answer: the units are dead",
                        Say.value(factor)))))
                .consequence(
                        "it rests there at the level of a constant answer: dead units (dead-relu), if the network uses"
                                + " ReLU")));
    }

    /// The loss falls in two steps or more and never rises: it comes to its place.
    private static boolean converges(Curve loss) {
        int falls = 0;
        for (int i = 1; i < loss.size(); i++) {
            double step = loss.value(i - 1) - loss.value(i);
            if (step < -SAME * loss.value(i)) return false;
            if (step > SAME * loss.value(i)) falls++;
        }
        return falls >= 2;
    }

    /// At the end training costs more than not knowing, and validation hundreds of times more: no input and no average does both, only
    /// weights that blew up.
    private Optional<Suspicion> blownUp(Case run) {
        if (run.loss().isEmpty() || run.rawValidationLoss().isEmpty()) return Optional.empty();
        double loss = run.loss().last();
        double validation = run.rawValidationLoss().last();
        double ignorant = run.entropy().orElse(ALL_CLASSES);
        // Without accuracies nobody knows what not to know costs, and only the absurd counts.
        if (!run.isClassification() && validation < HUGE * HUGE * HUGE * loss) return Optional.empty();
        if (loss < 1.5 * ignorant || validation < HUGE * loss || validation < HUGE * ignorant) return Optional.empty();
        return Optional.of(finish(rate(run, Suspicion.of(illness(), Severity.ERROR,
                "The learning rate is too high: the weights blew up")
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s, validation loss %s: not to know would cost %s at most", Say.value(loss),
                        Say.value(validation), Say.value(ignorant)))))));
    }

    /// What was learned is lost over several epochs, on both sides, and learned again: while a schedule had the rate at its height.
    private Optional<Suspicion> hump(Case run) {
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
        return Optional.of(finish(rate(run, Suspicion.of(illness(), Severity.WARNING, Say.format(
                "The learning rate is too high from epoch %d to %d: what was learned is lost", loss.epoch(best),
                loss.epoch(peak)))
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s in epoch %d, %s in epoch %d, %.0f times as much, and %s at the end",
                        Say.value(before.least()), loss.epoch(best), Say.value(loss.value(peak)), loss.epoch(peak),
                        times,
                        Say.value(loss.last()))))
                .note(new Evidence.Printed(Say.format("validation loss %s in epoch %d, up to %s",
                        Say.value(validation.value(best)), loss.epoch(best),
                        Say.value(validation.slice(best, peak + 1).most())))))));
    }

    /// The loss is no number, and the stated rate is far above what the optimizer takes.
    private Optional<Suspicion> invalid(Case run) {
        if (Rates.tooHigh(run) <= 2) return Optional.empty();
        return run.run().epochs().stream()
                .filter(epoch -> epoch.reading(Metric.LOSS).filter(loss -> !loss.finite()).isPresent()).findFirst()
                .map(epoch -> finish(rate(run, Suspicion.of(illness(), Severity.ERROR,
                        "The learning rate is far too high: the loss is no longer a number")
                        .sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format("the training loss is %s in epoch %d",
                                epoch.reading(Metric.LOSS).orElseThrow().text(), epoch.number()))))));
    }

    /// The first epoch cost more than not to know, and from then on the loss stands at the level of a constant answer, or a little above,
    /// to the last digit: no step that merely fails to learn makes things worse than they were.
    private Optional<Suspicion> deadFromTheSecond(Case run) {
        var loss = run.loss();
        var level = Levels.of(run);
        if (loss.size() < 5 || level.isEmpty() || loss.frozenAtEnd() < loss.size() - 2 || run.learned())
            return Optional.empty();
        double ignorant = level.get().loss();
        if (loss.first() < OVERSHOT * ignorant) return Optional.empty();
        return Optional.of(finish(rate(run, Suspicion.of(illness(), Severity.ERROR,
                "The learning rate is too high: the first epoch made things worse, and then the network was dead")
                .sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                        "training loss %s as a mean over epoch %d, where not to know costs %s; %s to the last digit since",
                        Say.value(loss.first()), loss.epoch(0), Say.value(ignorant), Say.value(loss.last())))))));
    }

    private Optional<Suspicion> jointTurn(Case run) {
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
        boolean climbs = after.size() >= 10 && trend.rises(0.001);
        boolean forgot = run.accuracy().size() == loss.size()
                && run.accuracy().late().median() < 0.5 * run.accuracy().most() && run.accuracy().most() > 0.4
                && loss.tail(5).least() > 1.2 * loss.least();
        boolean collapsed = loss.size() >= 8 && (forgot || loss.tail(5).least() > COLLAPSED * loss.least());
        if (rise <= TURN || rise <= 3 * noise || upward < 4 && !climbs && !collapsed || after.size() < 4)
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
        if (!validation.isEmpty() && !along || learnsOn(run) && !doubled) return Optional.empty();
        var suspicion = Suspicion.of(illness(), loss.tail(3).least() > 1.1 * loss.least()
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
        return Optional.of(finish(rate(run, suspicion).consequence(Say.format(
                "the best weights are those of epoch %d", loss.epoch(least)))));
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

    private Optional<Suspicion> oscillation(Case run) {
        var accuracy = run.accuracy();
        // Around chance accuracy goes up and down by itself.
        if (accuracy.size() < 10 || !run.learned() || run.isOfFewBatches()) return Optional.empty();
        int drops = 0;
        // An accuracy that falls while the loss does is one of a few images.
        var loss = run.loss();
        double noise = run.trainingImages().map(n -> 3 * Math.sqrt(2 * 0.25 / n.value())).orElse(0.0);
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
        var suspicion = Suspicion.of(illness(), Severity.WARNING,
                "Training goes up and down from epoch to epoch: the learning rate is too high")
                .sign(Grounds.SHAPE, Math.min(5, 2 + 10 * (share - OFTEN) + (accuracy.noise() > 0.03 ? 1.5 : 0)),
                        new Evidence.Computed(Say.format(
                                "training accuracy falls by %s or more after a maximum %d times in %d epochs",
                                Say.points(least), drops, accuracy.size())));
        return Optional.of(finish(rate(run, suspicion)));
    }

    /// The training loss itself jumps up again and again, where no accuracy is printed: a mean over a whole epoch does not do that
    /// by chance.
    private Optional<Suspicion> lossSwings(Case run) {
        var loss = run.loss();
        if (!run.accuracy().isEmpty() || loss.size() < 8 || loss.least() <= 0 || run.isOfFewBatches())
            return Optional.empty();
        if (loss.late().median() < PROGRESS * loss.first()) return Optional.empty();
        int rises = 0;
        for (int i = 1; i < loss.size(); i++) if (loss.value(i) > 1.12 * loss.value(i - 1)) rises++;
        double share = (double) rises / loss.size();
        if (share < OFTEN) return Optional.empty();
        return Optional.of(finish(rate(run, Suspicion.of(illness(), Severity.WARNING,
                "The training loss goes up and down from epoch to epoch: the learning rate is too high")
                .sign(Grounds.SHAPE, Math.min(5, 2.5 + 10 * (share - OFTEN)), new Evidence.Computed(Say.format(
                        "training loss rises by more than 12 %% from one epoch to the next %d times in %d epochs",
                        rises,
                        loss.size()))))));
    }

    /// Training gets dearer from epoch to epoch, and validation costs a hundred times as much as at first: weights that blow up.
    private Optional<Suspicion> validationBursts(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (loss.size() < 6 || validation.size() != loss.size() || validation.first() <= 0) return Optional.empty();
        boolean dearer = loss.trend().rises(0.05) && loss.last() > 1.05 * loss.first()
                && loss.least() > 0.9 * loss.first();
        if (!dearer || validation.most() < HUGE * validation.first()) return Optional.empty();
        return Optional.of(finish(rate(run, Suspicion.of(illness(), Severity.ERROR,
                "The learning rate is too high: training gets worse and validation explodes")
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s in the first epoch, %s in the last; validation loss %s at first, up to %s in epoch %d",
                        Say.value(loss.first()), Say.value(loss.last()), Say.value(validation.first()),
                        Say.value(validation.most()), validation.epoch(validation.highest())))))));
    }

    /// Nothing is learned, and the loss stays above that of a constant answer. A network that merely cannot learn settles at the
    /// entropy of the class shares and a little below; only steps that overshoot keep it above.
    private Optional<Suspicion> aboveIgnorance(Case run) {
        var loss = run.loss();
        var entropy = ignorance(run);
        if (run.learned() || loss.size() < 5 || entropy.isEmpty() || loss.frozenAtEnd() >= loss.size() - 1
                || run.isContinuous() || Unmoved.is(run) || Saturation.fromTheStart(run)) {
            return Optional.empty();
        }
        // What is the same to the last digit does not overshoot.
        if (HeadLossMismatch.stuckFromTheStart(run) || FrozenWeights.scoresNeverMove(run)) return Optional.empty();
        // Steps that overshoot change which images are right.
        if (FrozenWeights.isSameHits(run)) return Optional.empty();
        // A constant answer behind a second softmax costs that much.
        if (SoftmaxTwice.of(run).isPresent()) return Optional.empty();
        // Answers are constant, and a penalty is what stands above.
        if (Levels.of(run).filter(level -> level.curve() != loss).isPresent()) return Optional.empty();
        double ignorant = entropy.getAsDouble();
        var rest = loss.from(1);
        double first = loss.first() / ignorant - 1;
        double later = rest.median() / ignorant - 1;
        var held = run.rawValidationLoss();
        boolean validated = !held.isEmpty() && held.last() < 0.95 * ignorant;
        // Single steps waver a little around a constant answer, and validation stands at it.
        validated |= held.size() >= 5 && Math.abs(held.late().median() / ignorant - 1) < ABOVE / 2 && later < 3 * ABOVE;
        if (Penalised.of(run).isPresent() || validated || rest.least() < 0.999 * ignorant || later < ABOVE
                || rest.trend().falls(0.001) || converges(loss) && run.classes().isEmpty()
                || Course.of(rest).straight()
                || isCalm(loss, ignorant)) {
            return Optional.empty();
        }
        double nats = 1.5 * (Math.log1p(Math.max(0, first) / 0.02) + Math.log1p(later / ABOVE));
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "Nothing is learned, and steps overshoot: the learning rate is too high")
                .sign(Grounds.SHAPE, Math.min(5, nats), new Evidence.Computed(Say.format(
                        "training loss %s in the first epoch and %s later, above the %s of a constant answer",
                        Say.value(loss.first()), Say.value(rest.median()), Say.value(ignorant))))
                .note(new Evidence.Inferred(
                        "a network that cannot learn for another reason comes to rest at that value"));
        if (loss.first() > ABSURD * ignorant) {
            suspicion = suspicion.sign(Grounds.LEVEL, 3, new Evidence.Computed(Say.format(
                    "%s times what not to know costs: weights grew that far within the first epoch",
                    Say.value(loss.first() / ignorant))));
        }
        return Optional.of(finish(rate(run, suspicion)));
    }

    /// What overshoots leaves its start, and costs now more and now less; what stands far above ignorance from the first epoch on, and
    /// wavers by a fiftieth of that, was never anywhere else.
    private static boolean isCalm(Curve loss, double ignorant) {
        var rest = loss.from(1);
        double excess = rest.median() - ignorant;
        return excess > 0.01 * ignorant && Math.abs(loss.first() / rest.median() - 1) < ABOVE
                && rest.noise() < CALM * excess;
    }

    /// The entropy of the classes. Where nobody says how many there are: of the numbers of equal classes that fit the accuracy, the
    /// largest whose logarithm is not above the loss, for one class may be commoner than the others.
    private static OptionalDouble ignorance(Case run) {
        if (run.entropy().isPresent() || run.accuracy().isEmpty()) return run.entropy();
        double share = run.accuracy().median();
        double loss = run.loss().median();
        for (int classes = (int) (1.25 / Math.max(1e-3, share)) + 1; classes >= 2; classes--) {
            // One class of several is more than half of all as easily as one of two is.
            double within = classes == 2 ? 0.1 : 0.25;
            boolean fits = Math.abs(share - 1.0 / classes) < within / classes;
            if (fits && Math.log(classes) <= 1.005 * loss) return OptionalDouble.of(Math.log(classes));
        }
        return OptionalDouble.empty();
    }

    /// Training knew something, and within an epoch it answers the same for every image for ever after.
    private Optional<Suspicion> collapsed(Case run) {
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
        return Optional.of(finish(rate(run, Suspicion.of(illness(), Severity.ERROR, Say.format(
                "The learning rate is too high: what epoch %d knew is lost, and answers are constant since",
                loss.epoch(best)))
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training accuracy %.3f in epoch %d, %.3f later; training loss %s, and %s at rest",
                        training.value(best), loss.epoch(best), training.last(), Say.value(loss.least()),
                        Say.value(after.median())))))
                .consequence("it rests there at the level of a constant answer: dead units (dead-relu), if the network"
                        + " uses ReLU")));
    }

    /// How often the commonest value occurs.
    private static long commonest(Curve curve) {
        return Arrays.stream(curve.values()).mapToLong(
                value -> Arrays.stream(curve.values()).filter(other -> other == value).count()).max().orElse(0);
    }

    /// The loss stands as high as in the first epoch for as long as the rate stands, and falls at once when the rate is cut.
    private Optional<Suspicion> fallsWithTheRate(Case run) {
        var epochs = run.run().completeEpochs();
        var loss = run.loss();
        if (loss.size() != epochs.size() || loss.size() < 4) return Optional.empty();
        int cut = 1;
        while (cut < epochs.size() && rateOf(epochs.get(cut)) > 0.6 * rateOf(epochs.getFirst())) cut++;
        if (cut < 2 || cut >= epochs.size() || Double.isNaN(rateOf(epochs.get(cut)))) return Optional.empty();
        double before = loss.slice(0, cut).least();
        double after = loss.value(Math.min(cut + 1, loss.size() - 1));
        if (before < 0.9 * loss.first() || 1 - after / before < 0.3 || loss.least() <= 0) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR, Say.format(
                "The learning rate is too high: nothing is learned before it is cut in epoch %d", loss.epoch(cut)))
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "training loss %s to %s at a rate of %s, and %s as soon as it is %s", Say.value(loss.first()),
                        Say.value(loss.value(cut - 1)), Say.value(rateOf(epochs.getFirst())),
                        Say.value(after), Say.value(rateOf(epochs.get(cut))))));
        if (loss.value(cut) < 0.7 * before) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Computed(Say.format(
                    "it is %s in that very epoch: no other cause waits for the cut", Say.value(loss.value(cut)))));
        }
        return Optional.of(finish(suspicion));
    }

    private static double rateOf(LoggedEpoch epoch) {
        return epoch.learningRate().map(Reading::value).orElse(Double.NaN);
    }

    /// Nothing is learned, and the stated rate is far above what the optimizer takes.
    private Optional<Suspicion> stuckByStatement(Case run) {
        // What overshoots wavers; a loss that glides to its place does not.
        boolean tiny = !run.isClassification() && run.loss().last() < TINY;
        if (run.epochs() < 3 || run.loss().isEmpty() || Rates.tooHigh(run) <= 2 || glides(run.loss()) || tiny
                || run.learned() && !restsHigh(run)) {
            return Optional.empty();
        }
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "The learning rate is far too high: nothing is learned")
                .sign(Grounds.SHAPE, 2, new Evidence.Computed(Say.format("the training loss fell by %s in %d epochs",
                        Say.percent(Math.max(0, run.lossFall())), run.epochs())));
        return Optional.of(finish(rate(run, suspicion)));
    }

    private static boolean glides(Curve loss) {
        int falls = 0;
        for (int i = 1; i < loss.size(); i++) {
            if (loss.value(i) > loss.value(i - 1)) return false;
            if (loss.value(i) < loss.value(i - 1)) falls++;
        }
        return falls >= 5;
    }

    /// Without accuracies: all that was gained was gained within the first epoch, and it was not much.
    private static boolean restsHigh(Case run) {
        var loss = run.loss();
        // The first epoch began with an explosion, and what follows is no better than not to know.
        boolean burst = run.entropy().isPresent() && loss.size() >= 3
                && loss.first() > 10 * run.entropy().getAsDouble()
                && loss.late().median() > run.entropy().getAsDouble();
        if (burst) return true;
        if (!run.accuracy().isEmpty() || loss.size() < 5 || loss.late().median() < 0.4 * loss.first()) return false;
        return loss.frozenAtEnd() >= loss.size() / 2 || loss.from(1).trend().p() > 0.05;
    }

    private static Suspicion rate(Case run, Suspicion suspicion) {
        var over = Rates.overDefault(run);
        if (over.isEmpty()) return suspicion;
        return suspicion.sign(Grounds.STATED, Rates.tooHigh(run), new Evidence.Stated(Say.format(
                "%s, %.3g times the default of that optimizer", Rates.words(run), over.getAsDouble())));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.remedy("learning_rate / 10; also a warm-up over the first epochs, or clipnorm=1.0")
                .confirm("three epochs at a tenth of the rate: the training loss must fall without a jump");
    }
}
