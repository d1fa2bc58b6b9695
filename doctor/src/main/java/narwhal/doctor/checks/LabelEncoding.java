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
import narwhal.history.facts.Stated;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat;
import narwhal.history.log.Metric;

/// Targets are not what the loss takes.
final class LabelEncoding implements Check {
    /// A loss that is negative by its definition stays of the size of its margin.
    private static final double SMALL = -20;
    private static final double MOSTLY_RIGHT = 0.9;
    private static final double ALL = 0.99995;
    private static final double BEYOND = 1.02;
    private static final List<String> OVERLAPS = List.of("dice", "iou", "jaccard", "f1");

    @Override
    public Illness illness() {
        return Illness.LABEL_ENCODING;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var loss = run.loss();
        boolean crossEntropy = neverNegative(run, run.isClassification());
        // Labels that no answer can meet are not met: a network that gets better and better has another loss.
        boolean meets = !run.accuracy().isEmpty() && run.accuracy().late().median() > 0.8
                && run.accuracy().late().median() > run.accuracy().first() + 0.3
                && (run.format().kind() == LogFormat.Kind.PRINTED || loss.least() > SMALL)
                && run.statesCrossEntropy().isEmpty();
        if (!loss.isEmpty() && loss.least() < -1e-6 && crossEntropy && !meets
                && !HeadLossMismatch.areProbabilities(run)) {
            long negative = Arrays.stream(loss.values()).filter(v -> v < 0).count();
            return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                    "The loss is negative: the labels are not between 0 and 1")
                    .sign(Grounds.LEVEL, 6 + Math.min(4, negative), new Evidence.Printed(Say.format(
                            "training loss down to %s; cross-entropy cannot be negative", Say.value(loss.least()))))));
        }
        if (!crossEntropy && fallsWithoutEnd(run)) {
            return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                    "The loss falls below zero without end: the targets are not what it takes")
                    .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                            "training loss %s in the first epoch, %s in the last; binary cross-entropy does that where targets"
                                    + " are not between 0 and 1",
                            Say.value(loss.first()), Say.value(loss.last()))))));
        }
        if (hasZeroTargets(run)) {
            return Optional.of(finish(Suspicion
                    .of(illness(), Severity.ERROR, "All targets are zero: no class is the right one")
                    .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                            "the loss is 0 with accuracy %.4f: categorical cross-entropy sums over the right classes, and there are none",
                            run.accuracy().last())))));
        }
        return belowZero(run).or(() -> moreClasses(run)).or(() -> oneClass(run)).or(() -> overlap(run))
                .or(() -> broadcast(run))
                .or(() -> otherLabels(run))
                .or(() -> sameLabels(run))
                .or(() -> statements(run));
    }

    /// Validation alone falls below zero, under a stated cross-entropy.
    private Optional<Suspicion> belowZero(Case run) {
        var loss = run.rawValidationLoss();
        if (loss.size() < 2 || loss.least() > -1e-6 || !neverNegative(run, false)) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The loss is negative: the labels are not between 0 and 1")
                .sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                        "validation loss %s in epoch %d; cross-entropy cannot be negative", Say.value(loss.least()),
                        loss.epoch(loss.lowest()))))));
    }

    /// Whether the loss is a cross-entropy that only labels outside of 0 and 1 make negative. NLLLoss of raw outputs is negative with any.
    ///
    /// @param unsaid what holds where nobody states the loss
    private static boolean neverNegative(Case run, boolean unsaid) {
        return run.statesCrossEntropy().orElse(unsaid)
                && run.facts().value(FactKey.LOSS).filter("nll_loss"::equals).isEmpty()
                && !InputsNotNormalised.areTargets(run);
    }

    /// Negative, twenty times as far from zero as it began, and on its way.
    private static boolean fallsWithoutEnd(Case run) {
        var loss = run.loss();
        // What ends in no number at all had another fault as well, or only that one.
        boolean finite = run.run().series(Metric.LOSS).finite();
        if (loss.size() < 5 || run.facts().has(FactKey.LOSS) || !finite) return false;
        boolean far = loss.last() < -1e4 && loss.last() < -20 * Math.abs(loss.first());
        return far && loss.trend().falls(0.01) && loss.last() == loss.least();
    }

    /// Training costs nothing, though accuracy counts most of its answers as wrong, and validation costs what sure wrong answers cost:
    /// what is trained are other labels.
    private Optional<Suspicion> otherLabels(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (loss.size() < 3 || run.accuracy().isEmpty() || validation.isEmpty()) return Optional.empty();
        double least = CrossEntropy.least(run.accuracy().late().most());
        if (run.accuracy().late().most() > 0.9 || loss.last() < 0 || loss.last() > 0.05 * least
                || validation.last() < 10) {
            return Optional.empty();
        }
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The labels in training are not the classes: the loss is content with answers that accuracy counts as wrong")
                .sign(Grounds.LEVEL, 9, new Evidence.Computed(Say.format(
                        "training loss %s with accuracy %.4f, where so many wrong answers cost %s at least; validation loss %s",
                        Say.value(loss.last()), run.accuracy().last(), Say.value(least),
                        Say.value(validation.last()))))));
    }

    /// The folder of the validation images has more sub-folders than that of the training images.
    private Optional<Suspicion> moreClasses(Case run) {
        var found = run.run().data().found();
        if (found.size() < 2 || found.get(0).classes().isEmpty() || found.get(1).classes().isEmpty())
            return Optional.empty();
        int training = found.get(0).classes().getAsInt();
        int validation = found.get(1).classes().getAsInt();
        if (training < 1 || validation <= training) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                "Validation has more classes than training: its labels are outside of what the output knows")
                .sign(Grounds.MESSAGE, 7, new Evidence.Printed(Say.format(
                        "%d training images belonging to %d classes, %d validation images belonging to %d",
                        found.get(0).images(), training, found.get(1).images(), validation)))
                .remedy("the same sub-folders on both sides, one for each class (a hidden or nested folder counts as one);\n"
                        + "or classes=[...] in both calls of flow_from_directory")
                .confirm("compare class_indices of both generators"));
    }

    /// Everything is right from the first epoch on, though the loss says that nothing is known yet: there is nothing to be wrong about.
    private Optional<Suspicion> oneClass(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.size() < 3 || validation.size() < 3 || run.loss().isEmpty() || run.rawValidationLoss().isEmpty())
            return Optional.empty();
        boolean right = training.least() > ALL && validation.least() > ALL;
        if (!right || run.loss().first() < Math.log(2) || run.rawValidationLoss().first() < 0.5 * Math.log(2))
            return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR, "All labels are the same class")
                .sign(Grounds.LEVEL, 9, new Evidence.Printed(Say.format(
                        "every answer is right in every epoch, on both sides, at a training loss of %s in the first: where classes"
                                + " differ, so little is not known without mistakes",
                        Say.value(run.loss().first()))))
                .consequence("images may be as empty as labels (constant-input): look at one batch")));
    }

    /// An overlap of masks is 1 at most, if masks are 0 and 1.
    private Optional<Suspicion> overlap(Case run) {
        return run.run().metrics().stream().filter(metric -> OVERLAPS.stream().anyMatch(metric.name()::startsWith))
                .filter(metric -> !metric.name().startsWith("f1") || !run.isClassification())
                .map(metric -> run.run().series(metric)).filter(series -> series.size() >= 2 && series.finite())
                .filter(series -> isBeyondOne(series.values(), run.loss()))
                .findFirst()
                .map(series -> finish(Suspicion.of(illness(), Severity.ERROR,
                        "An overlap is larger than 1: the masks are not 0 and 1")
                        .sign(Grounds.LEVEL, 9, new Evidence.Printed(Say.format(
                                "%s is %s; twice what both share, over the sum of both, is 1 at most",
                                series.printedAs(), Say.value(series.values()[series.size() - 1]))))
                        .consequence("masks of 0 and 255 that were not divided do that")));
    }

    /// Above 1 where no percentage is: below 2.1 throughout or in three epochs, or growing from there while the loss is below zero.
    private static boolean isBeyondOne(double[] overlaps, Curve loss) {
        long beyond = Arrays.stream(overlaps).filter(value -> value > BEYOND && value < 2.1).count();
        boolean share = overlaps[0] < 2.1 && !loss.isEmpty() && loss.last() < 0;
        return beyond == overlaps.length || beyond >= 3
                || share && Arrays.stream(overlaps).filter(value -> value > BEYOND).count() >= 3;
    }

    /// Training found something to learn, and after an epoch it costs nothing: all targets are one class. Accuracy, which compares with
    /// other labels, stays at the share of that class.
    private Optional<Suspicion> sameLabels(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (!hasSameLabels(run)) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.ERROR,
                "The labels in training are all the same: the loss is content, and accuracy counts most answers as wrong")
                .sign(Grounds.LEVEL, 9, new Evidence.Computed(Say.format(
                        "training loss %s in the first epoch and %s in the last, with accuracy %.4f throughout: so many wrong"
                                + " answers cost %s at least",
                        Say.value(loss.first()), Say.value(loss.last()), accuracy.last(),
                        Say.value(CrossEntropy.least(accuracy.last())))))
                .consequence("integer labels that were divided, as images are, all become 0")));
    }

    static boolean hasSameLabels(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < 3 || accuracy.size() != loss.size() || !run.rawValidationLoss().isEmpty()) return false;
        // What is the same for all images is learned at once.
        boolean nothing = loss.first() > 0 && loss.last() >= 0 && loss.last() < 0.01 * loss.first()
                && loss.value(2) < 0.2 * loss.first();
        boolean wrong = accuracy.most() < 0.9 && accuracy.least() > 0.02 && accuracy.frozenAtEnd() >= 3;
        return nothing && wrong && run.statesCrossEntropy().orElse(true)
                && loss.last() < 1e-3 * CrossEntropy.least(accuracy.last());
    }

    /// No loss at all for wrong answers of a network with several outputs.
    static boolean hasZeroTargets(Case run) {
        if (run.loss().isEmpty() || run.accuracy().isEmpty() || run.loss().most() > 0 || run.loss().least() < 0)
            return false;
        boolean several = run.run().printedAs(Metric.ACCURACY).contains("categorical_accuracy")
                || run.facts().value(FactKey.OUTPUT_UNITS).filter(units -> units > 1).isPresent();
        return several && run.accuracy().most() < 0.99;
    }

    /// PyTorch subtracts a row of targets from a column of outputs as a table, each output from each target.
    private Optional<Suspicion> broadcast(Case run) {
        return run.run().events(Event.Warning.class).stream().map(Event.Warning::text)
                .filter(text -> text.contains("different to the input size")).findFirst()
                .map(text -> Suspicion.of(illness(), Severity.ERROR,
                        "Targets have another shape than outputs: each output is compared with each target")
                        .sign(Grounds.MESSAGE, Grounds.MESSAGE.cap(), new Evidence.Printed(
                                "\"" + text.substring(0, Math.min(150, text.length())) + "\""))
                        .consequence("the best such answer is the mean of all targets (constant-predictor)")
                        .remedy("criterion(outputs.squeeze(1), targets), or targets.unsqueeze(1)")
                        .confirm("print outputs.shape and targets.shape: they must be equal"));
    }

    private Optional<Suspicion> statements(Case run) {
        var units = run.facts().value(FactKey.OUTPUT_UNITS);
        // Of a set that everybody knows, more outputs than classes may be an autoencoder's.
        var classes = run.facts().get(FactKey.CLASSES)
                .filter(stated -> !stated.byDefault() || units.isPresent() && units.get() < stated.value())
                .map(Stated::value)
                .or(() -> run.run().data().classes().stream().boxed().map(Long::valueOf).findFirst());
        var loss = run.facts().value(FactKey.LOSS).orElse("");
        var mode = run.facts().value(FactKey.CLASS_MODE).orElse("");
        Optional<String> row = Optional.empty();
        if (units.isPresent() && classes.isPresent() && units.get() > 1 && !units.get().equals(classes.get())
                && !isHidden(run, units.get())) {
            row = Optional.of(Say.format("%d output units for %d classes", units.get(), classes.get()));
        } else if (loss.startsWith("sparse") && mode.equals("categorical")) {
            row = Optional.of("one-hot labels (class_mode='categorical') with a sparse loss");
        } else if (loss.equals("categorical_crossentropy") && mode.equals("sparse")) {
            row = Optional.of("class ids (class_mode='sparse') with categorical_crossentropy");
        }
        if (row.isEmpty()) return Optional.empty();
        // Outputs that no class uses harm nobody who has learned to leave them alone.
        boolean spare = units.isPresent() && classes.isPresent() && units.get() > classes.get()
                && run.learning().gotAnywhere() && run.shownAccuracy().most() > MOSTLY_RIGHT;
        var suspicion = Suspicion.of(illness(), spare ? Severity.INFO : Severity.ERROR,
                "Labels and output do not fit: " + row.get())
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(row.get()));
        if (!run.learning().gotAnywhere()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3, new Evidence.Computed("and the run does not learn"));
        }
        return Optional.of(finish(suspicion));
    }

    /// Whether the last layer that is stated is one of several alike, as in `20 x Dense 64`: then the output is not among them.
    private static boolean isHidden(Case run, long units) {
        return run.layers().map(layers -> layers.values().stream()
                .filter(layer -> layer.units().orElse(0) == units).count() > 1).orElse(false);
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.remedy(
                "ids 0 to C-1 with a sparse loss, one-hot rows with a categorical one, 0 and 1 with a binary one")
                .confirm("print the smallest and largest label and the shape of one batch");
    }
}
