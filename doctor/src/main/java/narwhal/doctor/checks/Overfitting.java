package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
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
import narwhal.doctor.statistics.Robust;
import narwhal.doctor.statistics.Trend;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;

/// The network learns its training images by heart: after a minimum validation loss rises while training loss falls on.
final class Overfitting implements Check {
    static final double NOTABLE = 0.05;
    static final double SERIOUS = 0.1;
    static final double BY_HEART = 0.99;
    static final double NEARLY = 0.95;
    /// A rise of the loss below this share of the entropy of the classes harms nobody.
    private static final double HARM = 0.005;
    private static final double MUCH_HARM = 0.05;
    /// An accuracy above that of any constant answer, unless one class is in the majority.
    private static final double MOSTLY_RIGHT = 0.6;
    /// Fewer epochs than these are all of them late; of those the second half is.
    static final int FEW = 8;
    private static final double MANY_TIMES = 50;
    private static final int SHORT = 12;
    private static final int STEADY = 6;

    @Override
    public Illness illness() {
        return Illness.OVERFITTING;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (run.facts().value(FactKey.VALIDATION_IS_TRAINING).orElse(false)) return Optional.empty();
        if (fellApart(run)) return Optional.empty();
        if (!run.hasValidation() || run.run().finalOnly()) return KnownByHeart.of(run);
        var gap = gap(run);
        var rise = rise(run, gap.isPresent()).or(() -> PartedLosses.of(run)).or(() -> SeldomValidated.of(run));
        if (rise.isPresent())
            return rise.map(s -> gap.isPresent()
                    ? s.sign(gap.get().signs().getFirst())
                            .severity(Severity.WARNING)
                    : s);
        return gap;
    }

    /// @param parted whether the accuracies went apart, too, so that a less clear trend of the loss is believed
    private Optional<Suspicion> rise(Case run, boolean parted) {
        var validation = run.validationLoss();
        var training = run.loss();
        if (validation.size() < 4 || training.size() < 4 || validation.least() <= 0 || !onceFollowed(run)) {
            return Optional.empty();
        }
        int least = validation.lowest();
        int after = validation.size() - 1 - least;
        if (after < 2) return Optional.empty();
        double late = validation.tail(Math.min(5, after)).median() / validation.least() - 1;
        if (late <= NOTABLE || after < 3 && late <= 0.2) return Optional.empty();
        double noise = noise(validation) / validation.least();
        double expected = noise * Math.sqrt(2 * Math.log(validation.size()));
        double z = (late - expected) / (0.55 * noise + 1e-9);
        int atLeast = firstFrom(training, validation.epoch(least));
        if (atLeast < 0) return Optional.empty();
        double fell = (training.value(atLeast) - training.last()) / Math.abs(training.value(atLeast));
        var trend = Trend.of(validation.from(least + 1).values());
        // Epochs that swing before the minimum say nothing against a rise that goes on and on behind it.
        boolean steady = after >= STEADY && late > SERIOUS && trend.rises(parted ? 0.05 : 0.02);
        if (fell < 0.1 || !steady && (late < 2 * noise || z <= 0)) return Optional.empty();
        double harm = harm(run, late);
        double gap = accuracyGap(run);
        // The median of a few epochs lags behind a rise that goes on to the end.
        double end = trend.rises(0.05) ? validation.last() / validation.least() - 1 : 0;
        boolean dear = late > SERIOUS && harm > HARM || end > SERIOUS && harm(run, end) > MUCH_HARM;
        boolean serious = dear && !errorsFallOn(run) || gap > SERIOUS;
        var suspicion = Suspicion.of(illness(), serious ? Severity.WARNING : Severity.INFO, Say.format(
                "Overfitting: validation was best in epoch %d and gets worse while training improves",
                validation.epoch(least)))
                .sign(Grounds.SHAPE, z > 0 ? Math.min(4, z * z / 2) : 0, new Evidence.Computed(Say.format(
                        "validation loss %s in epoch %d, %s late: %s above (noise %s)", Say.value(validation.least()),
                        validation.epoch(least), Say.value(validation.tail(Math.min(5, after)).median()),
                        Say.percent(late), Say.percent(noise))))
                .sign(Grounds.SHAPE, trend.rises(0.05) ? Math.min(5, -Math.log(Math.max(1e-9, trend.p())) - 1) : 0,
                        new Evidence.Printed(Say.format(
                                "training loss %s in that epoch, %s at the end: it fell by %s more",
                                Say.value(training.value(atLeast)), Say.value(training.last()), Say.percent(fell))));
        if (gap > 0) {
            suspicion = suspicion.note(new Evidence.Computed(Say.format(
                    "late accuracy: training %.3f, validation %.3f, a gap of %s", run.accuracy().late().median(),
                    run.validationAccuracy().late().median(), Say.points(gap))));
        }
        return Optional.of(finish(suspicion.consequence(Say.format(
                "stopping at epoch %d would have given a validation loss of %s instead of %s", validation.epoch(least),
                Say.value(validation.least()), Say.value(validation.last()))), validation.epoch(least)));
    }

    /// The first value of an epoch or of one behind it, for some print the training loss more seldom; -1 if there is none.
    private static int firstFrom(Curve curve, int epoch) {
        return IntStream.range(0, curve.size()).filter(i -> curve.epoch(i) >= epoch).findFirst().orElse(-1);
    }

    /// Validation gives up right answers by the dozen while training learns little: what is learned by heart is added, and takes nothing
    /// away.
    private static boolean fellApart(Case run) {
        var validation = run.validationAccuracy();
        var training = run.accuracy();
        if (validation.size() < 3 || training.size() < 3) return false;
        // Where training accuracy falls as well, beside a loss that does, accuracy counts something else.
        if (training.last() < training.most() - 0.25 && run.learning().lossFall() > 0.5) return false;
        boolean lost = validation.last() < 0.3 * validation.most() && validation.most() > 0.1;
        return lost || validation.last() < validation.most() - 0.25 && training.last() - training.first() < 0.15
                && training.last() < 0.95;
    }

    /// The rise of the loss over what a constant answer has: a rise from 0.03 to 0.04 matters to nobody where that is 2.3. For
    /// continuous targets no such measure is known, and the relative rise counts.
    private static double harm(Case run, double late) {
        var validation = run.validationLoss();
        if (!run.isClassification()) return late;
        return late * validation.least() / run.entropy().orElse(Math.max(run.loss().first(), validation.first()));
    }

    /// Only what validation once had can be lost: it rose above chance, or, where nobody says what chance is, above its own first
    /// value, or it was near training in the first quarter of the run.
    static boolean onceFollowed(Case run) {
        if (wasNeverIgnorant(run) || Apart.of(run).isPresent()) return false;
        // Without accuracies, too, what costs many times as much in the first epoch was never close.
        if (!run.isClassification() && !run.loss().isEmpty() && !run.rawValidationLoss().isEmpty()
                && run.rawValidationLoss().first() > MANY_TIMES * Math.abs(run.loss().first()))
            return false;
        var validation = run.rawValidationAccuracy();
        if (run.learning().validationNeverMoves()) return false;
        if (run.chance().isEmpty() && !validation.isEmpty() && validation.first() > MOSTLY_RIGHT) return true;
        // So few images that accuracy cannot tell learning from guessing.
        boolean blurred = run.chance().isPresent() && AtChance.isBlurred(run, run.chance().getAsDouble());
        if (blurred && costsAlike(run.loss(), run.rawValidationLoss(), 0)) return true;
        boolean agreed = AtChance.beganGuessing(run)
                && AtChance.of(run).flatMap(AtChance::agreedEarly).orElse(true)
                && nearEarly(run.accuracy(), validation, run.loss(), run.rawValidationLoss());
        if (run.chance().isPresent() || validation.isEmpty()) return run.learning().validationGotAnywhere() || agreed;
        double risen = Arrays.stream(Robust.runningMedian(validation.values(), 3)).max().orElse(0) - validation.first();
        if (risen > Math.max(NOTABLE, 4 * validation.noise())) return run.learning().validationGotAnywhere();
        return nearEarly(run.accuracy(), validation, run.loss(), run.rawValidationLoss())
                && run.learning().validationGotAnywhere();
    }

    /// In the first epoch validation costs far more than not knowing, while training is still about there: what is learned is wrong
    /// for validation from the start, which no learning by heart does.
    private static boolean wasNeverIgnorant(Case run) {
        if (run.rawValidationLoss().isEmpty() || run.loss().isEmpty() || !run.isClassification()) return false;
        double ignorance = run.entropy().orElse(Math.max(Math.log(2), run.loss().first()));
        boolean about = run.loss().first() > 0.5 * ignorance && run.loss().first() < 2 * ignorance;
        boolean everLearned = run.rawValidationLoss().least() < 0.5 * ignorance;
        return about && run.rawValidationLoss().first() > 2 * ignorance && !everLearned;
    }

    private static boolean costsAlike(Curve loss, Curve validationLoss, int i) {
        return i < loss.size() && i < validationLoss.size() && validationLoss.value(i) < 1.5 * loss.value(i);
    }

    private static boolean nearEarly(Curve training, Curve validation, Curve loss, Curve validationLoss) {
        for (int i = 0; i < Math.max(1, validation.size() / 4); i++) {
            if (i < training.size() && validation.value(i) > training.value(i) - SERIOUS) return true;
            if (costsAlike(loss, validationLoss, i)) return true;
        }
        return training.isEmpty() && loss.isEmpty();
    }

    /// The scatter around the course. A short curve that falls and rises again has few steps alike; the steps of its steps tell more.
    private static double noise(Curve curve) {
        double steps = curve.noise();
        double bends = curve.size() < SHORT ? Robust.noise(Robust.differences(curve.values())) / Math.sqrt(3) : steps;
        return Math.max(Math.min(steps, bends), 1e-6 * Math.abs(curve.mean()));
    }

    /// Words or letters that are wrong become fewer to the end, whatever they cost.
    private static boolean errorsFallOn(Case run) {
        return Stream.of("wer", "cer").map(name -> run.run().series(new Metric(Role.VALIDATION, name)))
                .filter(series -> series.size() >= 6 && series.finite())
                .map(Curve::of)
                .anyMatch(errors -> errors.last() < 1.02 * errors.least() && errors.trend().falls(0.01));
    }

    private static double accuracyGap(Case run) {
        if (run.accuracy().isEmpty() || run.validationAccuracy().isEmpty()) return 0;
        return late(run.accuracy()).median() - late(run.validationAccuracy()).median();
    }

    private static Curve late(Curve curve) {
        return curve.size() < FEW ? curve.tail(Math.max(1, curve.size() / 2)) : curve.late();
    }

    /// Training accuracy runs away from validation accuracy, which no longer rises.
    private Optional<Suspicion> gap(Case run) {
        var training = run.accuracy();
        var validation = run.validationAccuracy();
        if (training.size() < 4 || validation.size() < 4 || !onceFollowed(run) || stillImproves(run))
            return Optional.empty();
        double gap = accuracyGap(run);
        double error = run.standardError(late(validation).median()).orElse(0.01);
        if (gap < Math.max(NOTABLE, (isSurelyWrong(run) ? 3 : 4) * error)) return Optional.empty();
        var both = training.on(validation);
        if (both.size() != validation.size()) both = training.tail(validation.size());
        var gaps = new double[Math.min(both.size(), validation.size())];
        for (int i = 0; i < gaps.length; i++) gaps[i] = both.value(i) - validation.value(i);
        var growing = Trend.of(gaps);
        var second = validation.from(validation.size() / 2);
        boolean memorised = late(training).median() >= BY_HEART && gap > SERIOUS;
        double risen = second.last() - second.first();
        // Far apart, validation may still gain a little by what training loses to memory.
        boolean far = late(training).median() >= NEARLY && gap > 2 * SERIOUS;
        double little = memorised ? 0.1 * gap : far ? 0.5 * gap : error;
        boolean rising = second.trend().rises(0.05) && risen > little;
        boolean close = gaps[0] < 0.5 * gap
                || Robust.median(Arrays.copyOf(gaps, Math.max(1, gaps.length / 4))) < 0.5 * gap;
        if (!growing.rises(0.05) && !memorised || rising || !close) return Optional.empty();
        boolean serious = gap > SERIOUS;
        return Optional.of(finish(Suspicion.of(illness(), serious ? Severity.WARNING : Severity.INFO,
                Say.format("Overfitting: training reaches %.3f, validation stays at %.3f", late(training).median(),
                        late(validation).median()))
                .sign(Grounds.SHAPE, Math.min(4, 1 + 20 * gap), new Evidence.Computed(growing.rises(0.05)
                        ? Say.format(
                                "the gap of accuracies grows to %s (trend p = %s) while validation no longer rises",
                                Say.points(gap), Say.chance(growing.p()))
                        : Say.format(
                                "all training images are known by heart, %s above validation, which no longer rises",
                                Say.points(gap)))),
                validation.epoch(validation.highest())));
    }

    /// All of training is known by heart, and validation costs far more than not to know: its wrong answers are sure ones.
    private static boolean isSurelyWrong(Case run) {
        return late(run.accuracy()).median() >= BY_HEART && !run.validationLoss().isEmpty()
                && late(run.validationLoss()).median() > 2 * run.entropy().orElse(Math.log(2));
    }

    /// Validation loss is best at the end: then stopping earlier would have been worse.
    private static boolean stillImproves(Case run) {
        var loss = run.validationLoss();
        return loss.size() >= 4 && loss.lowest() >= loss.size() - 2;
    }

    static Suspicion finish(Suspicion suspicion, int epoch) {
        return suspicion
                .remedy(Say
                        .format("EarlyStopping(restore_best_weights=True), which keeps epoch %d; augmentation, weight"
                                + " decay,\ndropout, or more data", epoch))
                .confirm("retrain with half the data: validation must get worse");
    }
}
