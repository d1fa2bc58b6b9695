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
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.Robust;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// Training mode and evaluation mode compute different functions: training is good early, validation far below from the first
/// epoch, jumping without a period or not reacting to training at all.
final class BatchNormMismatch implements Check {
    private static final double FAR = 0.15;
    private static final double JUMPS = 0.1;
    private static final double HALF = 0.5;
    private static final double BY_HEART = 0.97;
    /// So many times less does training move.
    private static final double STILL = 25;
    /// One step in four is larger.
    private static final double OFTEN = 0.75;
    /// Keras' `BatchNormalization(momentum=0.99)`.
    private static final double KERAS_MOMENTUM = 0.99;

    /// Twice what not to know costs of two classes.
    private static final double SURELY_WRONG = 2 * Math.log(2);

    @Override
    public Illness illness() {
        return Illness.BATCH_NORM_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var oddity = oddity(run);
        boolean absent = run.batchNormalisation().filter(there -> !there).isPresent();
        var same = onTheSameImages(run);
        if (same.isPresent())
            return Optional.of(finish(run, begin(oddity).sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("validation is made on the images of training")).sign(same.get()),
                    Optional.empty(),
                    absent));
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.isEmpty() && validation.isEmpty()) return warmsUp(run, oddity, absent);
        if (training.size() < 3 || validation.size() < 3 || run.scoring().rhythm().isPresent()) return Optional.empty();
        var collapse = collapses(run).or(() -> flips(run)).or(() -> comesDown(run)).or(() -> breaksDown(run))
                .or(() -> catchesUp(run)).or(() -> swings(run)).or(() -> guesses(run)).or(() -> testedBadly(run));
        if (collapse.isPresent()) return Optional.of(finish(run, begin(oddity).sign(collapse.get()), oddity, absent));
        boolean early = training.value(Math.min(1, training.size() - 1)) >= 0.9 || training.most() >= 0.985;
        early |= oddity.isPresent() && training.most() - training.first() > 0.3;
        early |= training.most() >= 0.95 && jumps(validation, HALF) >= JUMPS;
        early |= training.most() >= 0.9 && run.learning().validationNeverMoves();
        early |= isFarAndErratic(run);
        double gap = Robust.median(training.from(1).values()) - Robust.median(validation.from(1).values());
        boolean far = gap > FAR && belowFromStart(training, validation);
        boolean still = standsStill(run, oddity.isPresent() ? 4 : 10);
        double noise = run.standardError(Math.clamp(validation.mean(), 0.05, 0.95)).orElse(0.02);
        double often = jumps(validation, OFTEN);
        double jumps = often >= Math.max(JUMPS, 3 * Math.sqrt(2) * noise) ? often : jumps(validation, HALF);
        boolean lags = lags(run);
        boolean deaf = validation.frozenAtEnd() >= Math.max(4, validation.size() - 1)
                && training.late().median() - validation.last() > FAR;
        boolean apart = oddity.isPresent() && run.facts().has(FactKey.BATCH_NORM_MOMENTUM)
                && training.late().median() - validation.late().median() > FAR;
        if (!early || !far && !deaf && !apart || !still && !lags && !deaf && !apart && jumps < JUMPS)
            return Optional.empty();
        var suspicion = begin(oddity)
                .note(new Evidence.Printed(
                        Say.format("training accuracy %.3f by epoch %d, validation %.3f, apart from the start",
                                training.value(Math.min(1, training.size() - 1)),
                                training.epoch(Math.min(1, training.size() - 1)),
                                validation.value(Math.min(1, validation.size() - 1)))));
        if (still) {
            suspicion = suspicion.sign(Grounds.SHAPE, 5, new Evidence.Computed(Say.format(
                    "training loss falls %.0f-fold, validation loss stays within 15 %% of %s: it does not react",
                    run.loss().first() / Math.max(1e-12, run.loss().last()),
                    Say.value(run.rawValidationLoss().first()))));
        } else if (deaf) {
            suspicion = suspicion.sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                    "training accuracy rises by %s, validation stays at %.4f to the last digit",
                    Say.points(training.most() - training.first()), validation.last())));
        } else if (lags) {
            suspicion = suspicion.sign(Grounds.SHAPE, 5, new Evidence.Computed(Say.format(
                    "training is at %.3f from epoch %d on, and validation still climbs by %s after it, as averages do that warm up",
                    training.most(), training.epoch(mastered(training)),
                    Say.points(validation.last() - validation.value(mastered(training))))));
        } else if (jumps < JUMPS) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Computed(Say.format(
                    "validation is %s below training",
                    Say.points(training.late().median() - validation.late().median()))));
        } else {
            suspicion = suspicion.sign(Grounds.SHAPE, Math.min(5, 1 + jumps / (1.5 * noise)),
                    new Evidence.Computed(Say.format(
                            "validation jumps by %s from epoch to epoch without a period, training by %s",
                            Say.points(jumps),
                            Say.points(jumps(training.from(1), HALF)))));
        }
        return Optional.of(finish(run, suspicion, oddity, absent));
    }

    /// The same images, the same weights, and far apart: the two modes compute different functions.
    private static Optional<Sign> onTheSameImages(Case run) {
        if (!run.facts().value(FactKey.VALIDATION_IS_TRAINING).orElse(false)) return Optional.empty();
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.size() >= 3 && validation.size() >= 3
                && training.late().median() - validation.late().median() > FAR) {
            return Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                    "and yet it is right in %.3f of them, training in %.3f", validation.late().median(),
                    training.late().median()))));
        }
        var tested = run.tested(Metric.ACCURACY.name());
        if (validation.isEmpty() && tested.isPresent() && !training.isEmpty()
                && training.last() - tested.get() > FAR) {
            return Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                    "and yet its evaluation is right in %.3f of them, training in %.3f", tested.get(),
                    training.last()))));
        }
        var loss = run.loss();
        var held = run.rawValidationLoss();
        boolean dear = loss.size() >= 3 && held.size() >= 3 && loss.late().median() > 0
                && held.late().median() > 3 * loss.late().median() && loss.late().median() < loss.first();
        return dear
                ? Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                        "and yet it costs %s on them, training %s", Say.value(held.late().median()),
                        Say.value(loss.late().median())))))
                : Optional.empty();
    }

    /// Training gets better and better, and validation unlearns what it could: learning by heart adds answers and takes none away.
    private static Optional<Sign> collapses(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        boolean trains = training.last() > training.first() + 0.1 && run.loss().last() < 0.8 * run.loss().first();
        if (!trains || loss.isEmpty() || validation.first() < 0.1 || validation.last() > 0.3 * validation.first()
                || validation.highest() > validation.size() / 3 || loss.last() < 1.3 * loss.first()) {
            return Optional.empty();
        }
        return Optional.of(new Sign(Grounds.SHAPE, 4.5, new Evidence.Printed(Say.format(
                "validation accuracy falls from %.3f to %.3f while training rises from %.3f to %.3f: the weights are good, and"
                        + " evaluation does not use what training does",
                validation.first(), validation.last(), training.first(), training.last()))));
    }

    /// From one epoch to the next evaluation forgets nearly all, at many times the loss, in the middle of an epoch in which training is
    /// right nine times of ten.
    private static Optional<Sign> breaksDown(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        if (validation.size() != training.size() || loss.size() != training.size()) return Optional.empty();
        for (int i = 1; i < validation.size(); i++) {
            boolean knew = validation.value(i - 1) > 0.6 && training.value(i) > 0.9
                    && training.value(i) > training.value(i - 1);
            boolean forgot = validation.value(i) < 0.3 * validation.value(i - 1)
                    && loss.value(i) > 8 * loss.value(i - 1);
            if (!knew || !forgot) continue;
            return Optional.of(new Sign(Grounds.SHAPE, 3.5, new Evidence.Printed(Say.format(
                    "validation accuracy falls from %.3f to %.3f in epoch %d and its loss rises from %s to %s, while training is at %.3f",
                    validation.value(i - 1), validation.value(i), validation.epoch(i), Say.value(loss.value(i - 1)),
                    Say.value(loss.value(i)), training.value(i)))));
        }
        return Optional.empty();
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

    /// To the end of the run validation goes up and down by ten points and more, where training hardly moves at all, and a set of that
    /// size does not: the weights stand, and what evaluation makes of them does not.
    private static Optional<Sign> swings(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var error = run.standardError(Math.clamp(validation.mean(), 0.05, 0.95));
        if (error.isEmpty() || validation.size() < 12 || training.size() < 12) return Optional.empty();
        var late = validation.tail(validation.size() / 2);
        double often = jumps(late, OFTEN);
        double usual = jumps(late, HALF);
        double still = jumps(training.tail(training.size() / 2), HALF);
        if (often < JUMPS || usual < 10 * error.getAsDouble() || usual < STILL * still) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 4.5, new Evidence.Computed(Say.format(
                "late validation moves by %s from epoch to epoch, every fourth time by %s, where chance makes %s and training moves by"
                        + " %s",
                Say.points(usual), Say.points(often), Say.points(1.4 * error.getAsDouble()), Say.points(still)))));
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

    /// Of two classes, evaluation answers the one always in some epochs and the other always in others, and is sure of it, while training
    /// is right far more often: the two accuracies add up to 1 to the last digit.
    private static Optional<Sign> flips(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        boolean two = run.classes().map(c -> c.value() == 2).orElse(run.loss().first() < 1);
        if (!two || validation.size() != training.size() || loss.size() != training.size()) return Optional.empty();
        for (int i = 0; i < validation.size(); i++) {
            double one = validation.value(i);
            if (one < 0.55 || loss.value(i) < SURELY_WRONG || training.late().median() < one + 0.1) continue;
            for (int k = 0; k < validation.size(); k++) {
                if (Math.abs(one + validation.value(k) - 1) > 2e-4 || loss.value(k) < SURELY_WRONG) continue;
                return Optional.of(new Sign(Grounds.LEVEL, 5, new Evidence.Computed(Say.format(
                        "validation accuracy is %.4f in epoch %d and %.4f in epoch %d, which add up to 1: all images got the one answer,"
                                + " then the other, while training is at %.3f",
                        one, validation.epoch(i), validation.value(k), validation.epoch(k),
                        training.late().median()))));
            }
        }
        return Optional.empty();
    }

    private Suspicion begin(Optional<String> oddity) {
        return Suspicion.of(illness(), oddity.isPresent() ? Severity.ERROR : Severity.WARNING,
                "Evaluation computes another function than training: batch statistics and moving averages differ");
    }

    private static Suspicion finish(Case run, Suspicion shape, Optional<String> oddity, boolean absent) {
        var suspicion = shape;
        if (oddity.isPresent()) suspicion = suspicion.sign(Grounds.STATED, 3, new Evidence.Stated(oddity.get()));
        else if (run.batchNormalisation().orElse(false)) {
            suspicion = suspicion.sign(Grounds.STATED, 2, new Evidence.Stated("the network has batch normalisation"));
        }
        if (absent) {
            suspicion = suspicion.sign(Grounds.STATED, -4, new Evidence.Stated("there is no batch normalisation"));
        }
        return suspicion.consequence("validation figures judge the moving averages, not the weights")
                .remedy("momentum=0.9 (Keras) and more steps per epoch; larger batches; a frozen base in inference mode:\n"
                        + "base(x, training=False)")
                .confirm(
                        "evaluate the training set in evaluation mode: its loss is far above the printed training loss");
    }

    /// Without accuracies: validation loss climbs far above its own start and comes back nearly as far, while training falls all the
    /// time. Learning by heart does not come back.
    private Optional<Suspicion> warmsUp(Case run, Optional<String> oddity, boolean absent) {
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
        var suspicion = begin(oddity)
                .sign(Grounds.SHAPE, 5, new Evidence.Printed(Say.format(
                        "validation loss climbs from %s to %s in epoch %d and comes back to %s, while training falls from %s to"
                                + " %s throughout: averages that warm up do that, learning by heart does not",
                        Say.value(validation.first()), Say.value(peak), validation.epoch(most), Say.value(back),
                        Say.value(training.first()), Say.value(training.last()))));
        return Optional.of(finish(run, suspicion, oddity, absent));
    }

    private static Optional<String> oddity(Case run) {
        boolean there = run.batchNormalisation().orElse(false);
        var stated = run.facts().value(FactKey.BATCH_NORM_MOMENTUM);
        var momentum = stated.isEmpty() && there && run.isKeras() ? Optional.of(KERAS_MOMENTUM) : stated;
        if (momentum.isPresent()) {
            if (momentum.get() < 0.3)
                return Optional.of(Say.format("batch normalisation with momentum %.2f", momentum.get()));
            if (run.sizes().trainingSteps().isPresent()
                    && run.sizes().trainingSteps().get().value() * (1 - momentum.get()) < 3) {
                return Optional.of(Say.format("momentum %.3f and %d steps per epoch: the averages hardly move",
                        momentum.get(), run.sizes().trainingSteps().get().value()));
            }
        }
        if (there && run.facts().value(FactKey.TRAINING_BATCH).filter(b -> b <= 4).isPresent()) {
            return Optional.of("batch normalisation over batches of at most 4 images");
        }
        if (isFrozenBase(run)) {
            return Optional.of("batch normalisation in a frozen base");
        }
        return Optional.empty();
    }

    /// Training is at least twice as often right as validation in every epoch, and validation goes up and down by more than chance makes.
    static boolean isFarAndErratic(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        double error = run.standardError(Math.clamp(validation.mean(), 0.05, 0.95)).orElse(0.02);
        if (validation.size() < 8 || training.size() != validation.size()) return false;
        boolean far = IntStream.range(0, validation.size()).allMatch(i -> training.value(i) > 2 * validation.value(i));
        return far && training.most() > 0.6 && jumps(validation, HALF) > 3 * error
                && jumps(validation, OFTEN) >= JUMPS && jumps(training.from(1), OFTEN) < JUMPS / 2;
    }

    private static boolean isFrozenBase(Case run) {
        return run.batchNormalisation().orElse(false) && run.facts().value(FactKey.FROZEN).orElse(false);
    }

    /// A frozen base with batch normalisation: validation never leaves guessing.
    private static Optional<Sign> guesses(Case run) {
        if (!isFrozenBase(run)) return Optional.empty();
        return AtChance.of(run).map(at -> new Sign(Grounds.LEVEL, at.nats(), new Evidence.Printed(at.words())))
                .or(() -> nearGuessing(run));
    }

    /// Of unequal classes the commonest may have more than its part: validation stays close above guessing while training leaves it by far.
    private static Optional<Sign> nearGuessing(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (run.chance().isEmpty() || validation.size() < 4) return Optional.empty();
        double chance = run.chance().getAsDouble();
        boolean near = validation.most() < chance + 0.1 * (1 - chance) && validation.late().median() < 1.5 * chance
                && training.late().median() > chance + 0.4 * (1 - chance)
                && !validation.trend().rises(0.05);
        if (!near) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 4, new Evidence.Printed(Say.format(
                "training accuracy %.3f, validation %.3f to %.3f in all %d epochs, guessing gives %.3f",
                training.late().median(), validation.least(), validation.most(), validation.size(), chance))));
    }

    /// A frozen base with batch normalisation: training is right nine times of ten, and the evaluation at the end guesses.
    private static Optional<Sign> testedBadly(Case run) {
        var tested = run.tested(Metric.ACCURACY.name());
        if (!isFrozenBase(run) || tested.isEmpty() || run.chance().isEmpty() || run.accuracy().late().median() < 0.9)
            return Optional.empty();
        if (tested.get() > run.chance().getAsDouble() + 0.05) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                "the evaluation at the end is right in %.3f, which is guessing, training in %.3f", tested.get(),
                run.accuracy().last()))));
    }

    private static boolean belowFromStart(Curve training, Curve validation) {
        int below = 0;
        int looked = Math.min(4, Math.min(training.size(), validation.size()));
        for (int i = 1; i < looked; i++) if (validation.value(i) < training.value(i) - FAR / 2) below++;
        return looked > 1 && below >= looked - 1;
    }

    private static boolean standsStill(Case run, double fold) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (validation.size() < 3 || loss.last() <= 0 || loss.first() / loss.last() < fold) return false;
        boolean within = validation.most() < 1.15 * validation.first()
                && validation.least() > 0.85 * validation.first();
        return within && !learns(run.rawValidationAccuracy());
    }

    private static boolean learns(Curve validation) {
        return validation.trend().rises(0.001) && validation.late().median() > validation.first() + 0.1;
    }

    /// Index from which training has nothing left to learn; the size where it never is so far.
    private static int mastered(Curve training) {
        for (int i = 0; i < training.size(); i++) if (training.value(i) >= 0.98) return i;
        return training.size();
    }

    /// Validation catches up steadily and by far after training is done: nothing is learned any more, but the averages still move.
    private static boolean lags(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        int done = mastered(training);
        if (done + 3 >= validation.size() || validation.size() != training.size()) return false;
        var after = validation.from(done);
        double climbed = after.last() - after.first();
        return climbed > 0.25 && after.trend().rises(0.05) && training.value(done) - after.first() > 0.3;
    }

    /// What that share of the steps stays below.
    private static double jumps(Curve curve, double share) {
        return Robust.quantile(share, Arrays.stream(Robust.differences(curve.values())).map(Math::abs).toArray());
    }
}
