package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.CrossEntropy;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;

/// The accuracy counts equality where equality has no meaning: a continuous target, or single outputs of one-hot targets.
final class MetricMismatch implements Check {
    private static final double HARDLY = 0.05;
    private static final int LONG = 20;
    private static final int FEW = 5;
    /// What guessing costs among thirty classes.
    private static final double CHEAP = Math.log(30);
    private static final List<String> DISTANCES = List.of("mae", "mse", "mean_absolute_error", "mean_squared_error");
    private static final String DISTANCE = "metrics=['mae'] or RootMeanSquaredError()";

    @Override
    public Illness illness() {
        return Illness.METRIC_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return belowZero(run).or(() -> everythingCounts(run)).or(() -> ofOneColumn(run)).or(() -> continuous(run))
                .or(() -> apart(run))
                .or(() -> distance(run))
                .or(() -> OneHotAccuracy.examine(run)).or(() -> nothingCounts(run));
    }

    /// No share of right answers is negative.
    private Optional<Suspicion> belowZero(Case run) {
        for (var accuracy : List.of(run.accuracy(), run.rawValidationAccuracy())) {
            long negative = Arrays.stream(accuracy.values()).filter(value -> value < 0).count();
            if (negative < 2) continue;
            return Optional.of(elsewhere(8, "accuracy = (predicted == labels).mean()", Say.format(
                    "accuracy is below 0 in %d of %d epochs, down to %s: a share of right answers is not", negative,
                    accuracy.size(), Say.value(accuracy.least()))));
        }
        return Optional.empty();
    }

    /// All answers are among the best k from the first epoch on, on both sides, while the loss says that little is known: there are no
    /// more than k classes.
    private Optional<Suspicion> everythingCounts(Case run) {
        if (!run.accuracy().isEmpty() || run.loss().size() < FEW || run.loss().last() < 0.1) return Optional.empty();
        for (var metric : run.run().metrics()) {
            var name = metric.name();
            if (metric.role() != Role.TRAINING || !name.contains("top") || !name.contains("accuracy")) continue;
            var hits = run.run().series(metric);
            var held = run.run().evaluation(name);
            boolean all = hits.size() >= FEW && held.size() >= FEW && Arrays.stream(hits.values()).allMatch(v -> v == 1)
                    && Arrays.stream(held.values()).allMatch(v -> v == 1);
            if (!all) continue;
            return Optional.of(elsewhere(6, "metrics=['accuracy'], or top-k with a k far below the number of classes",
                    Say.format(
                            "%s is 1 on both sides in all %d epochs, whatever the loss is (%s to %s): no answer can miss",
                            hits.printedAs(), hits.size(), Say.value(run.loss().first()),
                            Say.value(run.loss().last()))));
        }
        return Optional.empty();
    }

    /// Not one answer is right in any of many epochs, on neither side, while the loss is that of a network at work: a target of classes is
    /// hit now and then by guessing.
    private Optional<Suspicion> nothingCounts(Case run) {
        var loss = run.loss();
        boolean none = run.accuracy().size() >= FEW && run.accuracy().most() == 0
                && run.rawValidationAccuracy().size() == run.accuracy().size()
                && run.rawValidationAccuracy().most() == 0;
        // Among hundreds of classes no answer may be right by chance, and each costs more.
        boolean falls = loss.size() >= LONG / 2 && loss.last() < loss.first() && loss.trend().falls(0.05);
        boolean works = loss.size() == run.accuracy().size() && loss.least() > 1e-3 && loss.frozenAtEnd() < 3
                && (falls || loss.most() < CHEAP);
        if (!none || !works) return Optional.empty();
        return Optional.of(elsewhere(5, DISTANCE, Say.format(
                "accuracy is 0 on both sides in all %d epochs, while the training loss goes from %s to %s",
                loss.size(),
                Say.value(loss.first()), Say.value(loss.last()))));
    }

    /// Where nothing is held out: all answers are right from the first epoch on, by the largest of several outputs, while the loss says that
    /// nothing is known yet. The largest of a single output is always that one.
    private Optional<Suspicion> ofOneColumn(Case run) {
        var hits = run.run().series(Metric.ACCURACY);
        var loss = run.loss();
        boolean all = hits.size() >= FEW && hits.printedAs().contains("categorical") && run.accuracy().least() == 1
                && !run.hasValidation();
        if (!all || loss.size() != hits.size() || loss.first() < Math.log(2) || loss.last() < 0.1)
            return Optional.empty();
        return Optional.of(elsewhere(6, "metrics=['binary_accuracy'] for one output", Say.format(
                "%s is 1 in all %d epochs at a loss of %s to %s: right answers of two classes cost less than %.3f",
                hits.printedAs(), hits.size(), Say.value(loss.first()), Say.value(loss.last()), Math.log(2))));
    }

    /// One output of several: its loss is a mean distance to the last digit, and hardly an answer is hit exactly.
    private Optional<Suspicion> distance(Case run) {
        for (var metric : run.run().metrics()) {
            if (metric.role() != Role.TRAINING || !metric.name().endsWith("_accuracy")) continue;
            var output = metric.name().substring(0, metric.name().length() - "accuracy".length());
            var loss = Curve.of(run.run().series(new Metric(Role.TRAINING, output + "loss")));
            var hits = Curve.of(run.run().series(metric));
            boolean still = loss.size() >= 3 && hits.most() < 2 * HARDLY && loss.last() < 0.8 * loss.first();
            if (!still) continue;
            for (var name : DISTANCES) {
                var distance = run.run().series(new Metric(Role.TRAINING, output + name));
                if (!Arrays.equals(distance.values(), loss.values())) continue;
                return Optional.of(elsewhere(7, DISTANCE, Say.format(
                        "%1$sloss is %1$s%2$s to the last digit, and falls from %3$s to %4$s; %1$saccuracy never exceeds %5$s, for it"
                                + " counts exact hits",
                        output, name, Say.value(loss.first()), Say.value(loss.last()), Say.value(hits.most()))));
            }
        }
        return Optional.empty();
    }

    /// Wrong answers cost ln 2 each at least where the loss is a cross-entropy of the same answers. A loss far below that falls on while
    /// accuracy stays next to nothing: it measures something else, such as the distance of continuous targets.
    private Optional<Suspicion> apart(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (accuracy.size() < 3 || loss.size() < 3 || run.learning().lossFall() < 0.2) return Optional.empty();
        if (accuracy.most() > HARDLY)
            return frozen(run).or(() -> farTooCheap(run)).or(() -> neverDear(run)).or(() -> standsAside(run));
        if (loss.least() < 0 || !loss.trend().falls(0.05)) return Optional.empty();
        double least = CrossEntropy.least(accuracy.most());
        if (loss.most() > 0.5 * least) return unlikely(run);
        return Optional.of(elsewhere(6, DISTANCE, Say.format(
                "training accuracy never exceeds %s; so many wrong answers would cost %s at least, and the loss falls from %s to %s",
                Say.value(accuracy.most()), Say.value(least), Say.value(loss.first()), Say.value(loss.last()))));
    }

    /// The loss comes down to what so many wrong answers cannot cost, and accuracy is the same to the last digit in every epoch.
    private Optional<Suspicion> frozen(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        double least = CrossEntropy.least(accuracy.last());
        boolean still = accuracy.size() >= 5 && accuracy.frozenAtEnd() == accuracy.size() && accuracy.last() < 0.95;
        if (!still || loss.least() < 0 || loss.last() > 0.95 * least) return Optional.empty();
        return Optional.of(elsewhere(8, "metrics=['accuracy'] with the threshold 0.5 of a probability", Say.format(
                "training accuracy is %.4f in all %d epochs to the last digit; so many wrong answers would cost %s at least, and the"
                        + " loss falls from %s to %s",
                accuracy.last(), accuracy.size(), Say.value(least), Say.value(loss.first()), Say.value(loss.last()))));
    }

    /// The loss has come down to a tenth of what so many wrong answers cost, by four fifths and more, and accuracy has hardly risen: it
    /// divides by another number of images, or compares with other labels.
    private Optional<Suspicion> farTooCheap(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        double least = CrossEntropy.least(accuracy.late().most());
        boolean cheap = loss.least() >= 0 && loss.late().most() < 0.1 * least && run.learning().lossFall() > 0.8;
        boolean still = accuracy.most() < 0.9 && accuracy.most() - accuracy.least() < 0.15;
        if (!cheap || !still || loss.size() < 8) return Optional.empty();
        return Optional.of(elsewhere(5, "count right answers and all answers over the same images", Say.format(
                "the loss falls from %s to %s and accuracy only moves from %.3f to %.3f; so many wrong answers would cost about %s",
                Say.value(loss.first()), Say.value(loss.last()), accuracy.first(), accuracy.last(), Say.value(least))));
    }

    /// In none of many epochs did the loss cost what so many wrong answers cost, and it fell further, while accuracy stood still.
    private Optional<Suspicion> neverDear(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        double least = CrossEntropy.least(accuracy.most());
        boolean cheap = loss.least() >= 0 && loss.most() < 0.5 * least && loss.trend().falls(0.01);
        boolean absurd = loss.most() < 0.1 * least;
        boolean still = accuracy.size() >= (absurd ? FEW + 3 : LONG) && accuracy.most() - accuracy.least() < 0.02;
        if (!still || !cheap || !run.statesCrossEntropy().orElse(true)) return Optional.empty();
        return Optional.of(elsewhere(run.statesCrossEntropy().isPresent() ? 7 : 5,
                "metrics=['sparse_categorical_accuracy'] for whole numbers, ['categorical_accuracy'] for one-hot labels",
                Say.format(
                        "training accuracy stands between %.3f and %.3f in %d epochs; so many wrong answers would cost %s at least,"
                                + " and the loss falls from %s to %s",
                        accuracy.least(), accuracy.most(), accuracy.size(),
                        Say.value(least), Say.value(loss.first()), Say.value(loss.last()))));
    }

    /// The loss comes down by a third and more from above 1, and accuracy stands where it stood, at less than a quarter of what the loss says
    /// of it (see below).
    private Optional<Suspicion> standsAside(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        double probability = Math.exp(-loss.last());
        boolean learns = loss.size() >= FEW && loss.first() > 1 && run.learning().lossFall() > 0.35
                && loss.trend().falls(0.02);
        boolean still = accuracy.size() >= FEW && accuracy.most() - accuracy.least() < 0.02
                && accuracy.most() < 0.25 * probability;
        if (!learns || !still) return Optional.empty();
        return Optional.of(elsewhere(6,
                "metrics=['sparse_categorical_accuracy'] for whole numbers, ['categorical_accuracy'] for one-hot labels",
                Say.format(
                        "the loss falls from %s to %s, which gives right answers a probability of %s on average, and accuracy stands"
                                + " between %.3f and %.3f",
                        Say.value(loss.first()), Say.value(loss.last()), Say.percent(probability), accuracy.least(),
                        accuracy.most())));
    }

    /// By Jensen's inequality the mean probability of the right answer is exp(−loss) at least, and who answers with the likeliest is right
    /// about that often.
    private Optional<Suspicion> unlikely(Case run) {
        double probability = Math.exp(-run.loss().last());
        double right = run.accuracy().late().most();
        boolean many = run.facts().has(FactKey.CLASSES) && run.chance().orElse(0) < 5 * HARDLY;
        if (right > 0.1 * probability || probability < HARDLY || many) return Optional.empty();
        return Optional.of(elsewhere(6, DISTANCE, Say.format(
                "a cross-entropy of %s gives right answers a probability of %s on average, but %s are right",
                Say.value(run.loss().last()), Say.percent(probability), Say.percent(right))));
    }

    private Suspicion elsewhere(double nats, String remedy, String how) {
        return finish(Suspicion.of(illness(), Severity.WARNING,
                "Accuracy means nothing here: it counts something else than the loss measures")
                .sign(Grounds.LEVEL, nats, new Evidence.Computed(how)), remedy);
    }

    private Optional<Suspicion> continuous(Case run) {
        var accuracy = run.accuracy();
        boolean stated = run.isContinuous() && run.facts().has(FactKey.LOSS)
                || run.facts().value(FactKey.TARGET).filter("continuous"::equals).isPresent()
                || run.facts().value(FactKey.LOSS).filter(l -> l.startsWith("mean_")).isPresent()
                        && accuracy.most() < 0.1;
        if (accuracy.size() < 3) return Optional.empty();
        double few = run.sizes().trainingImages().map(n -> Math.min(HARDLY, 3.5 / n.value())).orElse(1e-9);
        boolean none = accuracy.most() <= few || run.isContinuous() && !stated;
        boolean still = accuracy.most() < 0.02 && accuracy.relativeRange() < 1e-6;
        double fall = run.learning().lossFall();
        if (!none && !still && !stated || accuracy.most() > 0.5 && !none || fall < 0.2 && !stated)
            return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.WARNING,
                "Accuracy means nothing here: it counts exact equality with a continuous target")
                .sign(Grounds.LEVEL, none || still ? Math.min(8, 3.0 + accuracy.size()) : 1, new Evidence.Printed(
                        Say.format("training accuracy never exceeds %s", Say.value(accuracy.most()))));
        if (fall >= 0.2) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Computed(
                    Say.format("while the training loss falls by %s", Say.percent(fall))));
        }
        if (stated)
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Stated("the target is continuous"));
        return Optional.of(finish(suspicion, DISTANCE));
    }

    static Suspicion finish(Suspicion suspicion, String remedy) {
        return suspicion.consequence("the training itself may be fine; only the metric is not").remedy(remedy)
                .confirm("compute the metric by hand for a constant answer");
    }
}
