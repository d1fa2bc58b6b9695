package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Metric;

/// The network answers the same for every image: the loss stands at the entropy of the class shares and accuracy at the share of
/// one class.
final class ConstantPredictor implements Check {
    private static final double SLOWLY = 0.03;
    private static final double EXACTLY = 0.002;
    private static final int LONG = 20;
    private static final int FEWEST_AT_IT = 3;
    private static final double RULED_OUT = -15;
    private static final double NEAR = 0.01;
    /// Standard errors that the luckiest of a hundred epochs is above.
    private static final double LUCKIEST = 3;
    private static final long MANY_STEPS = 300;
    private static final long MANY_IMAGES = 40_000;
    private static final double ALL_DIGITS = 3e-7;

    @Override
    public Illness illness() {
        return Illness.CONSTANT_PREDICTOR;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var turns = AnswersInTurn.of(run).or(() -> MeanOfSquares.of(run).map(MeanOfSquares::sign))
                .or(() -> MeanOfTargets.of(run));
        if (turns.isPresent()) return turns.map(sign -> suspicion(List.of(sign)));
        var level = Levels.of(run).filter(found -> found.epochs() >= FEWEST_AT_IT);
        if (level.isPresent()) return standing(run, level.get());
        return Penalised.of(run).map(Penalised::signs)
                .or(() -> CostOfNotKnowing.of(run).or(() -> GuessingScores.of(run)).or(() -> FrozenAnswers.of(run))
                        .map(List::of))
                .map(this::suspicion);
    }

    /// The loss stands at the constant at the end of the run.
    private Optional<Suspicion> standing(Case run, Levels level) {
        var loss = level.curve();
        int frozen = run.rawValidationAccuracy().frozenAtEnd();
        boolean stands = frozen >= FEWEST_AT_IT;
        if (!stands && !nearShare(run, level)) return Optional.empty();
        var signs = new ArrayList<Sign>();
        // Whatever learns leaves it within hundreds of steps.
        boolean many = run.sizes().trainingSteps().filter(steps -> steps.value() >= MANY_STEPS).isPresent()
                || run.sizes().trainingImages().filter(images -> images.value() >= MANY_IMAGES).isPresent();
        signs.add(new Sign(Grounds.LEVEL, Math.min(7, 1 + level.epochs() * (stands || many ? 1.5 : 0.8)),
                new Evidence.Printed(Say.format("%s loss %s in the last %d epochs, within 1 %% of %s",
                        loss == run.loss() ? "training" : "validation", Say.value(loss.last()), level.epochs(),
                        level.words()))));
        if (stands) {
            signs.add(new Sign(Grounds.LEVEL, 3, new Evidence.Printed(Say.format(
                    "validation accuracy is %.4f in the last %d epochs to the last digit: the share of one class",
                    run.rawValidationAccuracy().last(), frozen))));
        } else if (!run.accuracy().isEmpty()) {
            signs.add(Sign.note(new Evidence.Printed(Say.format("accuracy stays at %.3f, one class has %.3f",
                    run.accuracy().late().median(), level.share()))));
        }
        boolean exact = run.entropy().isPresent() && level.epochs() == loss.size()
                && Math.abs(loss.most() / level.loss() - 1) < EXACTLY
                && Math.abs(loss.least() / level.loss() - 1) < EXACTLY;
        if (exact) {
            signs.add(new Sign(Grounds.LEVEL, 1.5, new Evidence.Computed(Say.format(
                    "from the first epoch on it is never further than %s from it", Say.percent(EXACTLY)))));
        }
        if (isItself(run, level)) {
            signs.add(new Sign(Grounds.LEVEL, 3, new Evidence.Printed(
                    "it is that constant to the last digit: every single answer is the same")));
        }
        against(run, level).map(evidence -> new Sign(Grounds.LEVEL, RULED_OUT, evidence)).ifPresent(signs::add);
        return Optional.of(suspicion(signs));
    }

    /// Whether all digits of a float are those of the constant: nothing but equal answers, one by one, cost exactly that.
    private static boolean isItself(Case run, Levels level) {
        var printed = run.run().series(Metric.LOSS);
        return level.curve() == run.loss() && level.classes() > 0 && printed.size() > 0 && printed.precise()
                && Math.abs(level.curve().last() / level.loss() - 1) < ALL_DIGITS;
    }

    /// What says that a loss at that level is none of a constant answer.
    private static Optional<Evidence> against(Case run, Levels level) {
        var loss = level.curve();
        if (Course.of(loss.tail(level.epochs())).straight() || fallsAllTheWay(run.rawValidationLoss()))
            return Optional.of(new Evidence.Computed(
                    "the loss still falls steadily and as fast as before, so answers are not constant"));
        if (roseSlowly(run.accuracy()))
            return Optional.of(new Evidence.Printed(
                    "accuracy rose to it over the epochs, as learning does; a constant answer gets there at once"));
        if (Stopped.of(run).isPresent())
            return Optional.of(new Evidence.Computed(
                    "the loss stands above that level and does not waver: nothing is trained any more"));
        if (Unmoved.is(run))
            return Optional.of(new Evidence.Computed(Say.format(
                    "from the first epoch on the loss moves by %s at most, and not to that level: nothing was trained yet",
                    Say.percent(run.loss().relativeRange()))));
        if (Rates.isNextToNothing(run) && loss.relativeRange() < NEAR)
            return Optional.of(new Evidence.Stated(
                    Rates.words(run)
                            + " leaves weights where they began: the network has not been trained to a constant answer"));
        if (FrozenWeights.scoresNeverMove(run))
            return Optional.of(new Evidence.Printed(
                    "not a digit of it moves, and training would have brought a constant answer to that level itself"));
        if (FrozenWeights.fromTheStart(run) && !isItself(run, level))
            return Optional.of(new Evidence.Printed(
                    "not even the first epochs differ: a network that is trained would have found the shares of the classes"));
        return Optional.empty();
    }

    private Suspicion suspicion(List<Sign> signs) {
        var suspicion = Suspicion.of(illness(), Severity.ERROR, "The network gives the same answer for every image")
                .consequence("accuracy says how common the answered class is, nothing else")
                .remedy("check what the network sees and learns from: learning_rate / 10, inputs not all equal, labels that "
                        + "fit the loss, units that are not all dead (dead-relu: he_normal, lower rate)")
                .confirm("predict 20 images (all equal?); then train on 20 images alone: the loss must go to 0");
        for (var sign : signs) suspicion = suspicion.sign(sign);
        return suspicion;
    }

    /// In nine of ten epochs the loss is lower than in the one before: what answers the same for all images has nothing left to win.
    private static boolean fallsAllTheWay(Curve loss) {
        long falls = IntStream.range(1, loss.size()).filter(i -> loss.value(i) < loss.value(i - 1)).count();
        return loss.size() >= LONG && falls >= 0.9 * (loss.size() - 1);
    }

    private static boolean roseSlowly(Curve accuracy) {
        if (accuracy.size() < 6 || accuracy.late().median() - accuracy.first() < SLOWLY) return false;
        boolean steps = accuracy.value(0) < accuracy.value(1) && accuracy.value(1) < accuracy.value(2)
                && accuracy.value(2) < accuracy.late().median() - SLOWLY;
        return steps || accuracy.trend().rises(1e-3) && accuracy.slice(0, accuracy.size() / 2).trend().rises(0.01);
    }

    /// Whether training and validation accuracy stay near the share of one class.
    private static boolean nearShare(Case run, Levels level) {
        double share = level.share();
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        double width = Math.max(0.02, 0.1 * share);
        // What is dropped in training changes a few answers of few images from epoch to epoch.
        double luck = run.sizes().trainingImages()
                .map(images -> LUCKIEST * Math.sqrt(share * (1 - share) / images.value())).orElse(0.0);
        boolean one = training.isEmpty() || !validation.isEmpty() && run.isOfFewBatches()
                || Math.abs(training.tail(level.epochs()).median() - share) < width
                        && training.tail(level.epochs()).most() < share + Math.max(2 * width, luck);
        boolean two = validation.isEmpty() || validation.tail(level.epochs()).most() < share + 4 * width;
        return one && two && !(training.isEmpty() && validation.isEmpty());
    }
}
