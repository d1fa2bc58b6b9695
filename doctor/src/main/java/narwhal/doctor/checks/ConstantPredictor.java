package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Metric;

/// The network answers the same for every image: the loss stands at the entropy of the class shares and accuracy at the share of
/// one class.
final class ConstantPredictor implements Check {
    private static final double SLOWLY = 0.03;
    /// How near the loss alone has to be to the constant, and for how many epochs.
    private static final double EXACTLY = 0.002;
    private static final int LONG = 20;
    private static final double WAVERS = 0.005;
    private static final double ABOUT = 0.03;
    private static final double NEAR = 0.01;
    private static final int FEWEST_EPOCHS = 5;
    /// Answers that are hardly ever right name a class that is not there.
    private static final double NOBODY = 0.01;
    private static final int AT_REST = 4;
    private static final int FEWEST_AREAS = 8;
    /// The logarithms of more classes lie too close together.
    private static final int MOST_CLASSES = 10;
    private static final int MANY_IMAGES = 500;
    private static final int TIMES = 2;

    @Override
    public Illness illness() {
        return Illness.CONSTANT_PREDICTOR;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var flips = oneOrTheOther(run).or(() -> sharesOfClasses(run)).or(() -> squares(run).map(this::meanOfSquares));
        if (flips.isPresent()) return flips;
        var level = Levels.of(run);
        if (level.isEmpty() || level.get().epochs() < 3) {
            return Penalised.of(run).map(this::penalised).or(() -> byLossAlone(run)).or(() -> ranksNothing(run))
                    .or(() -> alwaysYes(run)).or(() -> oneOfEqualClasses(run)).or(() -> sameFromTheStart(run))
                    .or(() -> sameOnBothSides(run))
                    .or(() -> guessesAllAlong(run)).or(() -> closing(run));
        }
        var stands = level.get();
        var loss = stands.curve();
        int frozen = run.rawValidationAccuracy().frozenAtEnd();
        boolean chance = nearShare(run, stands);
        if (frozen < 3 && !chance) return Optional.empty();
        var suspicion = same()
                .sign(Grounds.LEVEL, Math.min(7, 1 + stands.epochs() * (frozen >= 3 ? 1.5 : 0.8)), new Evidence.Printed(
                        Say.format("%s loss %s in the last %d epochs, within 1 %% of %s",
                                loss == run.loss() ? "training" : "validation", Say.value(loss.last()), stands.epochs(),
                                stands.words())));
        if (frozen >= 3) {
            suspicion = suspicion.sign(Grounds.LEVEL, 3, new Evidence.Printed(Say.format(
                    "validation accuracy is %.4f in the last %d epochs to the last digit: the share of one class",
                    run.rawValidationAccuracy().last(), frozen)));
        } else if (!run.accuracy().isEmpty()) {
            suspicion = suspicion.note(new Evidence.Printed(Say.format("accuracy stays at %.3f, one class has %.3f",
                    run.accuracy().late().median(), stands.share())));
        }
        boolean exact = run.entropy().isPresent() && stands.epochs() == loss.size() && loss.size() >= 3
                && Math.abs(loss.most() / stands.loss() - 1) < EXACTLY
                && Math.abs(loss.least() / stands.loss() - 1) < EXACTLY;
        if (exact) {
            suspicion = suspicion.sign(Grounds.LEVEL, 1.5, new Evidence.Computed(Say.format(
                    "from the first epoch on it is never further than %s from it", Say.percent(EXACTLY))));
        }
        var course = Course.of(loss.tail(stands.epochs()));
        if (course.straight() || fallsAllTheWay(run.rawValidationLoss())) {
            suspicion = suspicion.sign(Grounds.LEVEL, -15, new Evidence.Computed(
                    "the loss still falls steadily and as fast as before, so answers are not constant"));
        } else if (roseSlowly(run.accuracy())) {
            suspicion = suspicion.sign(Grounds.LEVEL, -15, new Evidence.Printed(
                    "accuracy rose to it over the epochs, as learning does; a constant answer gets there at once"));
        } else if (Stopped.of(run).isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, -15, new Evidence.Computed(
                    "the loss stands above that level and does not waver: nothing is trained any more"));
        } else if (Unmoved.is(run)) {
            suspicion = suspicion.sign(Grounds.LEVEL, -15, new Evidence.Computed(Say.format(
                    "from the first epoch on the loss moves by %s at most, and not to that level: nothing was trained yet",
                    Say.percent(run.loss().relativeRange()))));
        } else if (Rates.isNextToNothing(run) && loss.relativeRange() < NEAR) {
            suspicion = suspicion.sign(Grounds.LEVEL, -15, new Evidence.Stated(
                    Rates.words(run)
                            + " leaves weights where they began: the network has not been trained to a constant answer"));
        } else if (FrozenWeights.scoresNeverMove(run)) {
            suspicion = suspicion.sign(Grounds.LEVEL, -15, new Evidence.Printed(
                    "not a digit of it moves, and training would have brought a constant answer to that level itself"));
        } else if (FrozenWeights.fromTheStart(run)) {
            suspicion = suspicion.sign(Grounds.LEVEL, -15, new Evidence.Printed(
                    "not even the first epochs differ: a network that is trained would have found the shares of the classes"));
        }
        return Optional.of(finish(suspicion));
    }

    /// Where no accuracy is printed, or none that is the share of a class, the loss has to be the constant itself, and to have come to
    /// rest there.
    private Optional<Suspicion> byLossAlone(Case run) {
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
        return Optional.of(finish(same()
                .sign(Grounds.LEVEL, known ? 7 : 5, new Evidence.Printed(Say.format(
                        "training loss %s in the last %d epochs, within %s of %s, what not to know costs among %d classes",
                        Say.value(loss.last()), stands, Say.percent(EXACTLY), Say.value(constant), classes)))));
    }

    /// Values of single steps waver around the constant, without a direction, from the first to the last.
    private Optional<Suspicion> aroundTheConstant(Curve loss, double constant, long classes) {
        boolean around = loss.size() >= LONG / 3 && loss.most() < (1 + WAVERS) * constant
                && loss.least() > (1 - WAVERS) * constant && Math.abs(loss.mean() / constant - 1) < EXACTLY;
        if (!around || loss.trend().p() < 0.05) return Optional.empty();
        return Optional.of(finish(same()
                .sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format(
                        "training loss %s to %s in all %d epochs, around %s, what not to know costs among %d classes",
                        Say.value(loss.least()), Say.value(loss.most()), loss.size(), Say.value(constant), classes)))));
    }

    /// The evaluation behind the last epoch costs ln k and is right in one of k, to three digits, and training has come to rest.
    private Optional<Suspicion> closing(Case run) {
        var loss = run.tested(Metric.LOSS.name());
        var accuracy = run.tested(Metric.ACCURACY.name());
        if (loss.isEmpty() || accuracy.isEmpty() || accuracy.get() <= 0 || accuracy.get() > 0.55)
            return Optional.empty();
        long classes = Math.round(1 / accuracy.get());
        boolean guesses = Math.abs(accuracy.get() * classes - 1) < EXACTLY
                && Math.abs(loss.get() / Math.log(classes) - 1) < EXACTLY;
        boolean rests = run.loss().size() >= 3 && run.loss().from(1).relativeRange() < ABOUT;
        if (!guesses || !rests) return Optional.empty();
        return Optional.of(finish(same().sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                "the evaluation at the end costs %s, which is ln %d, and is right in %.4f: not to know costs and gives just that",
                Say.value(loss.get()), classes, accuracy.get())))));
    }

    /// How many equal classes there are whose one-hot targets have the mean square at which the loss rests, (C − 1)/C², while one in C is
    /// right: the answer is the mean of all targets.
    static Optional<Integer> squares(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < FEWEST_EPOCHS || accuracy.size() != loss.size() || run.statesCrossEntropy().orElse(false))
            return Optional.empty();
        var rest = loss.tail(AT_REST);
        double right = accuracy.tail(AT_REST).median();
        for (int classes = 3; classes <= LONG; classes++) {
            double mean = (classes - 1.0) / classes / classes;
            boolean there = Math.abs(rest.most() / mean - 1) < WAVERS && Math.abs(rest.least() / mean - 1) < WAVERS;
            if (there && Math.abs(right * classes - 1) < 0.3) return Optional.of(classes);
        }
        return Optional.empty();
    }

    private Suspicion meanOfSquares(int classes) {
        return finish(same().sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                "the loss rests at (%d - 1)/%d² = %.4f, the mean square of one-hot targets around their mean, and one in %d is right",
                classes, classes, (classes - 1.0) / classes / classes, classes))));
    }

    /// Where no losses are printed: accuracy is that of guessing among the stated classes in every epoch, and hardly moves.
    private Optional<Suspicion> guessesAllAlong(Case run) {
        var accuracy = run.shownAccuracy();
        boolean none = run.loss().isEmpty() && run.rawValidationLoss().isEmpty() && run.chance().isPresent();
        if (!none || accuracy.size() < FEWEST_EPOCHS) return Optional.empty();
        double chance = run.chance().getAsDouble();
        boolean guesses = accuracy.least() > 0.75 * chance && accuracy.most() < 1.25 * chance
                && accuracy.most() - accuracy.least() < 0.1 * chance;
        if (!guesses) return Optional.empty();
        return Optional.of(finish(same()
                .sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format(
                        "accuracy %s to %s in all %d epochs; guessing gives %.3f", Say.value(accuracy.least()),
                        Say.value(accuracy.most()), accuracy.size(), chance)))));
    }

    /// The area under the ROC curve is a half in every epoch, and the loss rests: answers do not depend on images.
    private Optional<Suspicion> ranksNothing(Case run) {
        var areas = run.run().metrics().stream().filter(metric -> metric.name().startsWith("auc"))
                .map(metric -> run.run().series(metric))
                .filter(series -> series.size() >= FEWEST_AREAS && series.finite())
                .toList();
        boolean half = !areas.isEmpty() && areas.stream()
                .allMatch(series -> Arrays.stream(series.values()).allMatch(value -> Math.abs(value - 0.5) < 0.005));
        if (!half || run.loss().isEmpty() || run.loss().late().relativeRange() > 0.01) return Optional.empty();
        var series = areas.getFirst();
        return Optional.of(finish(same()
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "%s is a half in all %d epochs, %s at the end: no order of the answers is better than another",
                        series.printedAs(), series.size(), Say.value(series.values()[series.size() - 1]))))));
    }

    /// Recall is 1 and precision is accuracy to the last digit: the answer is yes for every image, and right as often as it should be.
    private Optional<Suspicion> alwaysYes(Case run) {
        var recall = run.run().evaluation("recall");
        var precision = run.run().evaluation("precision");
        var accuracy = run.rawValidationAccuracy();
        boolean yes = recall.size() >= 3 && recall.size() == precision.size()
                && Arrays.stream(recall.values()).allMatch(value -> value == 1)
                && Arrays.equals(precision.values(), accuracy.values()) && accuracy.most() < 1;
        if (!yes) return Optional.empty();
        return Optional.of(finish(same()
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "recall 1 and precision %.4f, which is the accuracy, in all %d epochs: the answer is always yes",
                        accuracy.last(), recall.size())))));
    }

    /// Single steps waver too much for a level, but validation answers one of k equal classes, and both losses stay about ln k.
    private Optional<Suspicion> oneOfEqualClasses(Case run) {
        var accuracy = run.rawValidationAccuracy();
        int frozen = accuracy.frozenAtEnd();
        if (frozen < 4 || accuracy.last() <= 0 || run.loss().size() < frozen) return Optional.empty();
        long classes = Math.round(1 / accuracy.last());
        double constant = Math.log(classes);
        boolean share = classes >= 3 && Math.abs(accuracy.last() * classes - 1) < 1e-3;
        boolean about = about(run.loss().tail(frozen), constant)
                && about(run.rawValidationLoss().tail(frozen), constant);
        if (!share || !about) return Optional.empty();
        return Optional.of(finish(same()
                .sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                        "validation accuracy is 1/%d in the last %d epochs to the last digit, and both losses stay about ln %d = %.4f",
                        classes, frozen, classes, constant)))));
    }

    /// Validation accuracy never moves by one image, and each image costs at least as much as that share of right answers does without
    /// looking: the entropy of the share, or more where there are more than two classes.
    private Optional<Suspicion> sameFromTheStart(Case run) {
        var accuracy = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        double share = accuracy.isEmpty() ? 0 : accuracy.last();
        boolean same = accuracy.size() >= FEWEST_EPOCHS && accuracy.frozenAtEnd() == accuracy.size() && share > 0.05
                && share < 0.98 && loss.size() == accuracy.size();
        if (!same || loss.relativeRange() > ABOUT || FrozenWeights.scoresNeverMove(run)) return Optional.empty();
        double entropy = Case.entropyOfTwo(share);
        boolean exact = about(loss, entropy, NEAR);
        boolean learns = run.loss().size() >= 3 && run.lossFall() > 0.1 && run.loss().trend().falls(0.05);
        if (learns || loss.least() < (1 - NEAR) * entropy || !exact && accuracy.size() < FEWEST_AREAS)
            return Optional.empty();
        return Optional.of(finish(same().sign(Grounds.LEVEL, exact ? 7 : 6, new Evidence.Printed(Say.format(
                "validation accuracy is %.4f in all %d epochs to the last digit, and validation loss %s, %s the %s that this share costs"
                        + " without looking",
                share, accuracy.size(), Say.value(loss.last()), exact ? "as good as" : "above", Say.value(entropy))))));
    }

    /// Validation accuracy knows two values that add up to 1, and perhaps 0 where a class is answered that is not there: now all images
    /// are the one class, now the other.
    private Optional<Suspicion> oneOrTheOther(Case run) {
        var values = run.rawValidationAccuracy().values();
        var levels = Arrays.stream(values).filter(value -> value > 0).distinct().sorted().toArray();
        boolean two = values.length >= FEWEST_AREAS && levels.length == 2 && Math.abs(levels[0] + levels[1] - 1) < 1e-4;
        // Of twenty images as many can be right by chance.
        boolean fine = two && Math.abs(20 * levels[0] - Math.rint(20 * levels[0])) > 0.02;
        if (!fine || run.loss().isEmpty() || run.loss().late().relativeRange() > ABOUT) return Optional.empty();
        return Optional.of(finish(same().sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                "validation accuracy is %.4f or %.4f in all %d epochs, which add up to 1: now all answers are one class, now the other",
                levels[0], levels[1], values.length)))));
    }

    /// Validation accuracy comes back to the same few values to the image, each about 1/k and no more than k of them: the shares of the
    /// classes, now one answer for all images, now another.
    private Optional<Suspicion> sharesOfClasses(Case run) {
        var accuracy = run.rawValidationAccuracy();
        var values = accuracy.values();
        if (values.length < LONG / 2 || run.learned()) return Optional.empty();
        var levels = Arrays.stream(values).distinct().filter(level -> accuracy.times(level) >= TIMES).toArray();
        if (Arrays.stream(levels).mapToLong(accuracy::times).sum() < 0.9 * values.length)
            return Optional.empty();
        double classes = Math.rint(values.length / Arrays.stream(values).sum());
        boolean few = levels.length >= 3 && levels.length <= Math.min(classes, 0.6 * values.length);
        // Steps of an image or two are those of a network that learns slowly.
        few &= Arrays.stream(levels).max().orElse(0) > 1.05 * Arrays.stream(levels).min().orElse(0);
        boolean shares = Arrays.stream(levels).allMatch(level -> Math.abs(level * classes - 1) < 0.25);
        boolean fine = Arrays.stream(levels).filter(level -> Math.abs(100 * level - Math.rint(100 * level)) > 1e-6)
                .count() >= levels.length - 1;
        if (!few || !shares || !fine) return Optional.empty();
        return Optional.of(finish(same().sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                "validation accuracy knows %d values in %d epochs, to the last image, all about 1/%.0f: each the share of one class",
                levels.length, values.length, classes)))));
    }

    /// Neither accuracy moves by one image, and the training loss hardly: where nothing but the answer to all images is left to learn.
    private Optional<Suspicion> sameOnBothSides(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        int frozen = Math.min(training.frozenAtEnd(), validation.frozenAtEnd());
        if (frozen < 3 || training.last() <= 0 || training.last() > 0.98) return Optional.empty();
        var loss = run.loss().tail(Math.min(frozen, run.loss().size()));
        // In few epochs both may stand still by chance, but not at what the share of one class costs without looking.
        boolean sure = frozen >= FEWEST_AREAS || training.last() < 0.9 && !loss.isEmpty() && isManyImages(run)
                && loss.least() > Case.entropyOfTwo(Math.max(0.5, training.last()));
        if (!sure || FrozenWeights.isSameHits(run)) return Optional.empty();
        boolean oneOfMany = Math.abs(validation.last() * Math.rint(1 / validation.last()) - 1) < 1e-3;
        boolean rests = loss.isEmpty()
                ? oneOfMany
                : loss.relativeRange() < ABOUT && loss.frozenAtEnd() < 3
                        && loss.least() > Case.leastCost(training.last());
        if (!rests) return Optional.empty();
        double nats = Math.min(7, 2 + frozen);
        return Optional.of(finish(same().sign(Grounds.LEVEL, nats, new Evidence.Printed(Say.format(
                "training accuracy %.4f and validation accuracy %.4f in the last %d epochs, to the last digit",
                training.last(), validation.last(), frozen)))));
    }

    /// Whether the accuracy of training has so many images that it moves by one of them whenever weights do.
    private static boolean isManyImages(Case run) {
        return run.trainingImages().filter(images -> images.value() >= MANY_IMAGES).isPresent();
    }

    private static boolean about(Curve loss, double constant) {
        return about(loss, constant, ABOUT);
    }

    private static boolean about(Curve loss, double constant, double near) {
        return Math.abs(loss.median() / constant - 1) < near;
    }

    private Suspicion penalised(Penalised found) {
        return finish(same()
                .sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                        "validation accuracy is %.4f in the last %d epochs to the last digit: 1 of %d classes",
                        1.0 / found.classes(), found.epochs(), found.classes())))
                .sign(Grounds.LEVEL, 2, new Evidence.Computed(Say.format(
                        "training and validation loss stand at %s: ln %d = %.4f and %s more, as a weight penalty adds",
                        Say.value(found.loss()), found.classes(), Math.log(found.classes()),
                        Say.value(found.above())))));
    }

    private Suspicion same() {
        return Suspicion.of(illness(), Severity.ERROR, "The network gives the same answer for every image");
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.consequence("accuracy says how common the answered class is, nothing else")
                .remedy("check what the network sees and learns from: learning_rate / 10, inputs not all equal, labels that "
                        + "fit the loss, units that are not all dead (dead-relu: he_normal, lower rate)")
                .confirm("predict 20 images (all equal?); then train on 20 images alone: the loss must go to 0");
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
        boolean one = training.isEmpty() || Math.abs(training.tail(level.epochs()).median() - share) < width
                && training.tail(level.epochs()).most() < share + 2 * width;
        boolean two = validation.isEmpty() || validation.tail(level.epochs()).most() < share + 4 * width;
        return one && two && !(training.isEmpty() && validation.isEmpty());
    }
}
