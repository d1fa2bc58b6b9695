package narwhal.doctor.checks;

import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Reading;

/// The loss moves steadily, but hardly: less than one per cent over the whole run with a clear trend, away from any floor; or the
/// stated rate is next to nothing.
final class LearningRateTooLow implements Check {
    private static final double HARDLY = 0.01;
    private static final int MANY = 20;
    private static final double PACE = 5e-4;
    private static final double SLOWLY = 0.1;
    private static final double FAR = 100;
    private static final double NOTHING = 1e-3;
    private static final double SELDOM = 0.4;
    /// With room for rounding.
    private static final double TENTH = 0.1001;
    private static final Pattern NUMBERS = Pattern.compile("\\d+(?:\\.\\d+)?(?:e-?\\d+)?");
    private static final Pattern DECAY = Pattern.compile("decay=(\\d+(?:\\.\\d+)?)");

    @Override
    public Illness illness() {
        return Illness.LEARNING_RATE_TOO_LOW;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        // Where no step is taken, its length does not matter.
        if (!run.facts().value(FactKey.UPDATES_WEIGHTS).orElse(true)) return Optional.empty();
        var decayed = decayed(run).or(() -> ranOut(run));
        if (decayed.isPresent()) return decayed;
        var hits = byAccuracy(run);
        if (hits.isPresent()) return hits;
        // Training in batches may waver where validation, with no dropout and always the same images, shows the trend.
        var loss = run.loss().isEmpty() || !run.loss().trend().falls(0.05) && creepsIn(run, run.rawValidationLoss())
                ? run.rawValidationLoss()
                : run.loss();
        boolean none = run.learningRate().isPresent() && run.learningRate().getAsDouble() == 0;
        boolean tiny = Rates.isNextToNothing(run);
        if (loss.size() < (none || tiny ? 3 : 4) || run.learning().isAtFloor()) return Optional.empty();
        double fall = loss.first() == 0 ? 0 : (loss.first() - loss.last()) / Math.abs(loss.first());
        var trend = loss.trend();
        var decay = decay(run);
        boolean low = isLow(run) && (nearIgnorance(run, loss)
                || run.rawValidationLoss().size() >= 4 && nearIgnorance(run, run.rawValidationLoss()));
        tiny |= decay.isPresent() || low;
        boolean creeps = creepsIn(run, loss);
        boolean unmoved = Unmoved.is(run);
        boolean slow = fall > (none ? -SLOWLY : -HARDLY) && fall < SLOWLY
                || low && fall < (loss.size() < MANY ? 2 : 2.5) * SLOWLY && trend.falls(0.01);
        if (!creeps && !unmoved && !(slow && (tiny || none))) return Optional.empty();
        var suspicion = Suspicion.of(illness(), none ? Severity.ERROR : Severity.WARNING,
                none
                        ? "The learning rate is 0: nothing is trained"
                        : "The learning rate is too low: the loss moves steadily, but hardly")
                .sign(Grounds.SHAPE, creeps ? Math.min(5, -Math.log(Math.max(1e-9, trend.p())) - 1) : 1.5,
                        new Evidence.Computed(Say.format(
                                "%s loss %s to %s: a fall of %s in %d epochs (trend p = %s)",
                                loss == run.loss() ? "training" : "validation", Say.value(loss.first()),
                                Say.value(loss.last()), Say.percent(Math.max(0, fall)), loss.size(),
                                Say.chance(trend.p()))));
        boolean outlier = loss.size() >= MANY && loss.first() > 1.03 * loss.value(1);
        var course = Course.of(outlier ? loss.from(1) : loss);
        if (course.rests() && Levels.of(run).isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, -6, new Evidence.Computed(
                    "the fall comes to rest at the loss of a constant answer"));
        }
        if (unmoved) {
            suspicion = suspicion.sign(Grounds.LEVEL, 6, new Evidence.Computed(
                    "it is the same to a thousandth from the first epoch on, and never rises: whatever learns leaves its start"
                            + " within an epoch"));
        }
        int dead = Math.min(loss.frozenAtEnd(), run.rawValidationLoss().frozenAtEnd());
        if (!tiny && !none && dead >= 5) {
            suspicion = suspicion.sign(Grounds.LEVEL, -8, new Evidence.Printed(Say.format(
                    "training and validation loss are the same to the last digit in the last %d epochs: nothing moves",
                    dead)));
        }
        if (creeps) {
            suspicion = suspicion.sign(Grounds.LEVEL, course.straight() ? Math.min(4, 0.5 * loss.size()) : 0,
                    new Evidence.Computed(Say.format(
                            "at this pace the loss is halved after %.0f epochs",
                            0.5 * loss.size() / Math.max(1e-6, fall))));
        }
        var asGood = reach(run).or(() -> clipped(run));
        if (tiny || none) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    decay.orElseGet(() -> new Evidence.Stated(Rates.words(run))));
        } else if (asGood.isPresent()) {
            suspicion = suspicion.sign(Grounds.STATED, 3, asGood.get());
        } else if (run.learningRate().isPresent() && Rates.overDefault(run).orElse(1) >= 0.5) {
            suspicion = suspicion.sign(Grounds.STATED, -2, new Evidence.Stated(
                    Rates.words(run) + " is no low rate for this optimizer"));
        }
        return Optional.of(finish(suspicion));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.consequence("the weights are nearly those of the start")
                .remedy("learning_rate * 100, then a range test: raise it until the loss falls fastest")
                .confirm("three epochs at ten times the rate: the loss must fall ten times as fast");
    }

    /// Where no losses are printed: a rate of a tenth of the default or less is stated, and after many epochs answers are seldom right and
    /// still get better.
    private Optional<Suspicion> byAccuracy(Case run) {
        var hits = run.shownAccuracy();
        var over = Rates.overDefault(run);
        boolean none = run.loss().isEmpty() && run.rawValidationLoss().isEmpty() && hits.size() >= 5;
        if (!none || over.isEmpty() || over.getAsDouble() <= 0 || over.getAsDouble() > TENTH) return Optional.empty();
        int last = hits.size() - 1;
        boolean begins = hits.epoch(last) - hits.epoch(0) >= MANY - 5 && hits.highest() == last && hits.last() < SELDOM
                && hits.last() > 1.3 * hits.first();
        if (!begins) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                "The learning rate is too low: answers get better steadily, but hardly")
                .sign(Grounds.SHAPE, 3, new Evidence.Printed(Say.format(
                        "accuracy %s in epoch %d, %s in epoch %d, its best", Say.value(hits.first()), hits.epoch(0),
                        Say.value(hits.last()), hits.epoch(last))))
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(Rates.words(run)))));
    }

    /// A twentieth of what its optimizer has by default, or less.
    private static boolean isLow(Case run) {
        var over = Rates.overDefault(run);
        if (over.isPresent()) return over.getAsDouble() > 0 && over.getAsDouble() <= 0.0501;
        return run.learningRate().isPresent() && run.learningRate().getAsDouble() <= 1.01e-5;
    }

    /// At the end of the run answers are hardly better than guesses, and were never better before.
    private static boolean nearIgnorance(Case run, Curve loss) {
        double ignorant = run.entropy().orElse(loss.first());
        return loss.last() > (loss.size() < MANY ? 0.8 : 0.75) * ignorant && loss.lowest() >= loss.size() - 2;
    }

    /// A decay by time that leaves a hundredth of the rate after the first epoch.
    private static Optional<Evidence> decay(Case run) {
        var found = run.facts().value(FactKey.SCHEDULE).map(DECAY::matcher).filter(Matcher::find);
        var steps = run.sizes().trainingSteps();
        if (found.isEmpty() || steps.isEmpty()) return Optional.empty();
        double divisor = 1 + Double.parseDouble(found.get().group(1)) * steps.get().value();
        return divisor < 100
                ? Optional.empty()
                : Optional.of(new Evidence.Computed(Say.format("%s: after %d steps the rate is divided by %.0f",
                        found.get().group(), steps.get().value(), divisor)));
    }

    /// Gradients that are cut to next to nothing are as good as a rate of next to nothing.
    private static Optional<Evidence> clipped(Case run) {
        return run.facts().get(FactKey.CLIPPING)
                .filter(clip -> NUMBERS.matcher(clip.value()).results().map(MatchResult::group)
                        .mapToDouble(Double::parseDouble).filter(bound -> bound > 0).min().orElse(1) < 1e-2)
                .map(clip -> new Evidence.Stated("gradients are cut: " + clip.value()));
    }

    /// Training stops dead, and a schedule is stated: counted in the wrong unit it takes the rate to nothing within an epoch or two.
    private Optional<Suspicion> decayed(Case run) {
        var schedule = run.facts().value(FactKey.SCHEDULE).filter(words -> !words.equals("none"));
        var stopped = Stopped.of(run);
        if (schedule.isEmpty() || stopped.isEmpty()) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                Say.format("The schedule has taken the learning rate to nothing by epoch %d", stopped.get().epoch()))
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "the loss is %s in each of the last %d epochs, to the last digit",
                        Say.value(stopped.get().loss()),
                        stopped.get().epochs())))
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(schedule.get()))
                .remedy("count the decay in the unit that the schedule takes: steps, not epochs; scheduler.step() once an epoch")
                .confirm("print the learning rate at the end of each epoch"));
    }

    /// The printed rate falls to next to nothing within the first three quarters of the run, and in the end nothing moves, far from
    /// the goal.
    private Optional<Suspicion> ranOut(Case run) {
        var rates = run.run().completeEpochs().stream().flatMap(epoch -> epoch.learningRate().stream())
                .mapToDouble(Reading::value).toArray();
        // Dropout lets training waver when nothing is trained any more.
        var still = run.rawValidationLoss().frozenAtEnd() > run.loss().frozenAtEnd()
                ? run.rawValidationLoss()
                : run.loss();
        int same = still.frozenAtEnd();
        if (rates.length < run.epochs() || rates.length < 6 || same < Math.max(5, rates.length / 5)
                || run.learning().isAtFloor())
            return Optional.empty();
        int gone = 0;
        while (gone < rates.length && rates[gone] > NOTHING * rates[0]) gone++;
        if (gone > 0.75 * rates.length || run.loss().last() < 0.5 * run.loss().first()) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                Say.format("The schedule has taken the learning rate to nothing by epoch %d", gone + 1))
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "the rate is %s in the first epoch, %s in epoch %d; the %s loss is %s in each of the last %d epochs",
                        Rates.rate(rates[0]), Rates.rate(rates[gone]), gone + 1,
                        still == run.loss() ? "training" : "validation", Say.value(still.last()), same)))
                .remedy("ReduceLROnPlateau with a patience of 5 or more, a small min_delta and a min_lr; or a slower schedule")
                .confirm("train on from here with the first rate: the loss must fall"));
    }

    /// An adaptive optimizer moves each weight by about its rate in a step. Targets that are further away than that by orders of
    /// magnitude are not reached in the steps there are.
    private static Optional<Evidence> reach(Case run) {
        var steps = run.sizes().trainingSteps();
        if (run.optimizer().isEmpty() || !Rates.adaptive(run) || run.learningRate().isEmpty() || steps.isEmpty()
                || run.facts().value(FactKey.LOSS).filter(loss -> loss.startsWith("mean_squared")).isEmpty()) {
            return Optional.empty();
        }
        double way = run.learningRate().getAsDouble() * steps.get().value() * run.epochs();
        double distance = Math.sqrt(run.loss().last());
        if (!(distance > FAR * way)) return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "%d steps of %s move a weight by %s at most; outputs are %s away from their targets",
                steps.get().value()
                        * run.epochs(),
                Rates.words(run), Say.value(way), Say.value(distance))));
    }

    /// In a few epochs both losses have fallen by less than two per cent, on straight lines, and the answers are seldom right.
    private static boolean isHardlyLeft(Case run, Curve loss) {
        var held = run.rawValidationLoss();
        boolean seldom = run.shownAccuracy().size() >= 4 && run.shownAccuracy().most() < SELDOM;
        return seldom && loss.size() >= 5 && held.size() == loss.size() && straightAndSlow(loss)
                && straightAndSlow(held);
    }

    private static boolean straightAndSlow(Curve loss) {
        double fall = (loss.first() - loss.last()) / loss.first();
        return fall > 0 && fall < 2 * HARDLY && Course.of(loss).straight();
    }

    /// Falls with a clear trend, by next to nothing; by little in many epochs, where answers are no better than guesses.
    private static boolean creepsIn(Case run, Curve loss) {
        if (loss.size() < 4 || loss.last() <= 0) return false;
        // The mean over the first epoch may hold a start that was worse than ignorance.
        boolean settled = loss.size() >= MANY && loss.first() > 1.03 * loss.value(1);
        // From far off it has come down at once to where it can go.
        if (settled && !run.isClassification() && loss.first() > 2 * loss.value(1)) return false;
        if (settled) return creepsIn(run, loss.from(1));
        double fall = (loss.first() - loss.last()) / loss.first();
        boolean coin = Math.abs(loss.median() / Math.log(2) - 1) < 0.02;
        double chance = run.chance().orElse(coin ? 0.5 : 0);
        boolean guesses = loss.size() >= MANY - 1 && chance > 0 && !run.accuracy().isEmpty()
                && run.accuracy().late().median() < chance + 0.2 * (1 - chance);
        // A straight line that would take twenty times as long to come down.
        boolean crawls = loss.size() >= MANY && fall < PACE * loss.size() && Course.of(loss).straight();
        // Answers get better, and still are seldom right.
        boolean begins = loss.size() >= MANY - 5 && fall < 3 * HARDLY && Course.of(loss).straight()
                && !run.accuracy().isEmpty() && run.accuracy().most() < SELDOM;
        begins |= isHardlyLeft(run, loss);
        return fall > 0 && (fall < (guesses ? 3 : 1) * HARDLY || crawls || begins) && loss.trend().falls(0.01);
    }
}
