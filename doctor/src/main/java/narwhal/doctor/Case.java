package narwhal.doctor;

import java.util.DoubleSummaryStatistics;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;
import narwhal.history.facts.Counts;
import narwhal.history.facts.FactKey;
import narwhal.history.facts.Facts;
import narwhal.history.facts.Layers;
import narwhal.history.facts.OptimizerFact;
import narwhal.history.log.DataFacts;
import narwhal.history.log.KnownNetworks;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.ModelSummary;
import narwhal.history.log.Progress;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import narwhal.history.log.Run;
import org.jspecify.annotations.Nullable;

/// One run as the checks see it: curves, counts with their origin, statements, and what is known about the evaluation loop.
/// Immutable; answers the same for ever.
public final class Case {
    /// No mean is as many times as large as the largest of its values.
    private static final double SUM = 20;
    private static final int ENOUGH_STEPS = 2;
    private static final int MANY_STEPS = 10;

    /// A single output that is right this often tells two classes apart.
    private static final double ONE_OF_TWO = 0.4;

    private static final Set<String> NESTED = Set.of("Functional", "Model", "Sequential");

    private static final double MOST_OF_KERAS = 16.13;

    private final Run run;
    private final LogFormat format;
    private final Facts facts;
    private final Curve loss;
    private final Curve accuracy;
    private final Curve rawValidationLoss;
    private final Curve rawValidationAccuracy;
    private @Nullable Scoring scoring;

    private Case(Run run, LogFormat format, Facts facts) {
        this.run = run;
        this.format = format;
        this.facts = facts;
        loss = ofEpochsOrSteps(run, Metric.LOSS);
        accuracy = ofEpochsOrSteps(run, Metric.ACCURACY);
        rawValidationLoss = Curve.of(run.evaluation(Metric.LOSS.name()));
        rawValidationAccuracy = Curve.of(run.evaluation(Metric.ACCURACY.name()));
    }

    /// Where a loop prints the values of single batches and none of whole epochs, or their sum, the mean of what it printed in each epoch.
    private static Curve ofEpochsOrSteps(Run run, Metric metric) {
        var printed = Curve.of(run.series(metric));
        // Some loops score the untrained network before the first step.
        var epochs = run.completeEpochs().stream()
                .dropWhile(epoch -> epoch.steps().isEmpty() && epoch.reading(metric).isEmpty()).toList();
        var means = epochs.stream().map(epoch -> epoch.steps().stream().flatMap(
                step -> Optional.ofNullable(step.metrics().get(metric)).stream())
                .mapToDouble(Reading::value).filter(Double::isFinite).summaryStatistics()).toList();
        if (means.isEmpty() || means.stream().anyMatch(mean -> mean.getCount() < ENOUGH_STEPS)) return printed;
        double most = means.stream().mapToDouble(DoubleSummaryStatistics::getMax).max().orElseThrow();
        if (printed.size() > 0 && !(most > 0 && printed.least() > SUM * most)) return printed;
        return Curve.of(epochs.stream().mapToInt(LoggedEpoch::number).toArray(),
                means.stream().mapToDouble(DoubleSummaryStatistics::getAverage).toArray());
    }

    /// Whether training values are those of a few batches, and jump: where the log counts the steps of the whole run and not its epochs,
    /// or prints few steps of an epoch and nothing of the whole.
    public boolean isOfFewBatches() {
        return countsSteps() || run.series(Metric.LOSS).size() == 0 && loss.size() > 0
                && run.completeEpochs().stream().allMatch(epoch -> epoch.steps().size() < MANY_STEPS);
    }

    private boolean countsSteps() {
        var done = run.completeEpochs().stream().map(LoggedEpoch::progress)
                .mapToLong(progress -> progress.map(Progress::done).orElse(-1L)).toArray();
        return done.length > 2 && IntStream.range(1, done.length).allMatch(i -> done[i] > done[i - 1]);
    }

    /// What the evaluation behind the last epoch gave, on the test set; empty where there was none.
    ///
    /// @param name of the metric, such as `loss`
    public Optional<Double> tested(String name) {
        return Optional.ofNullable(run.closing().get(new Metric(Role.TEST, name))).map(Reading::value);
    }

    /// A run with what its text and its user state.
    public static Case of(Run run, LogFormat format, Facts facts) {
        return new Case(run, format, facts);
    }

    public Run run() {
        return run;
    }

    public LogFormat format() {
        return format;
    }

    public Facts facts() {
        return facts;
    }

    /// How many images, steps and batches there are.
    public Sizes sizes() {
        return new Sizes(this);
    }

    /// Whether the network came to know anything.
    public Learning learning() {
        return new Learning(this);
    }

    /// Complete epochs.
    public int epochs() {
        return run.completeEpochs().size();
    }

    /// The training loss.
    public Curve loss() {
        return loss;
    }

    /// The training accuracy.
    public Curve accuracy() {
        return accuracy;
    }

    /// The validation loss as printed.
    public Curve rawValidationLoss() {
        return rawValidationLoss;
    }

    /// The validation accuracy as printed.
    public Curve rawValidationAccuracy() {
        return rawValidationAccuracy;
    }

    /// The validation loss for tests of shape: the honest curve where the window moved, else as printed.
    public Curve validationLoss() {
        return scoring().honest().isPresent() ? scoring().honestLoss() : rawValidationLoss;
    }

    /// The validation accuracy for tests of shape: the honest curve where the window moved, else as printed.
    public Curve validationAccuracy() {
        return scoring().honest().isPresent() ? scoring().honestAccuracy() : rawValidationAccuracy;
    }

    /// The evaluation loop.
    public Scoring scoring() {
        if (scoring == null) scoring = Scoring.of(this);
        return scoring;
    }

    /// Whether any metric was measured on held-out images.
    public boolean hasValidation() {
        return run.has(Role.VALIDATION) || run.has(Role.TEST);
    }

    /// Number of classes.
    public Optional<Known> classes() {
        DataFacts data = run.data();
        if (data.classes().isPresent()) return Optional.of(Known.printed(data.classes().getAsInt()));
        var stated = facts.value(FactKey.CLASSES).filter(c -> c > 1).map(Known::stated);
        if (stated.isPresent()) return stated;
        var counts = facts.value(FactKey.CLASS_COUNTS).map(Counts::values);
        if (counts.isPresent() && counts.get().size() > 1) return Optional.of(Known.stated(counts.get().size()));
        var units = facts.value(FactKey.OUTPUT_UNITS);
        if (units.isPresent() && units.get() > 1) return Optional.of(Known.stated(units.get()));
        if (isBinary()) return Optional.of(Known.stated(2));
        var model = run.data().model();
        var outputs = model.flatMap(Case::outputs);
        boolean one = outputs.isEmpty() && model.filter(Case::hasOneOutput).isPresent() && accuracy.most() > ONE_OF_TWO;
        return one ? Optional.of(Known.inferred(2)) : outputs.map(Known::printed);
    }

    /// Whether somebody says that there are classes, and not only how many outputs.
    public boolean statesClasses() {
        return facts.has(FactKey.CLASSES) || facts.has(FactKey.CLASS_COUNTS) || facts.has(FactKey.CLASS_MODE)
                || run.data().classes().isPresent();
    }

    /// Whether the stated loss is a cross-entropy, under whatever name; empty where none is stated.
    public Optional<Boolean> statesCrossEntropy() {
        return facts.value(FactKey.LOSS).map(name -> name.endsWith("crossentropy") || name.equals("nll_loss"));
    }

    private boolean isBinary() {
        boolean loss = facts.value(FactKey.LOSS).filter(name -> name.equals("binary_crossentropy")).isPresent();
        boolean one = facts.value(FactKey.OUTPUT_UNITS).filter(units -> units == 1).isPresent();
        boolean mode = facts.value(FactKey.CLASS_MODE).filter(name -> name.equals("binary")).isPresent();
        return mode || loss && one;
    }

    private static Optional<Long> outputs(ModelSummary model) {
        if (model.layers().isEmpty()) return Optional.empty();
        var shape = model.layers().getLast().shape();
        return shape.size() == 1 && shape.getFirst() > 1 ? Optional.of(shape.getFirst()) : Optional.empty();
    }

    private static boolean hasOneOutput(ModelSummary model) {
        return !model.layers().isEmpty() && model.layers().getLast().shape().equals(List.of(1L));
    }

    /// The accuracy of always answering with the commonest class, where the classes are known: their largest share if counts
    /// are stated, otherwise 1/C.
    public OptionalDouble chance() {
        var counts = facts.value(FactKey.CLASS_COUNTS).map(Counts::values);
        if (counts.isPresent() && counts.get().size() > 1) {
            double total = counts.get().stream().mapToLong(Long::longValue).sum();
            return OptionalDouble.of(counts.get().stream().mapToLong(Long::longValue).max().orElse(0) / total);
        }
        return classes().map(c -> OptionalDouble.of(1.0 / c.value())).orElse(OptionalDouble.empty());
    }

    /// The entropy of the class shares: the cross-entropy of the best constant answer. ln C if balanced.
    public OptionalDouble entropy() {
        var counts = facts.value(FactKey.CLASS_COUNTS).map(Counts::values);
        if (counts.isPresent() && counts.get().size() > 1) {
            double total = counts.get().stream().mapToLong(Long::longValue).sum();
            return OptionalDouble.of(counts.get().stream().filter(n -> n > 0)
                    .mapToDouble(n -> -n / total * Math.log(n / total)).sum());
        }
        return classes().map(c -> OptionalDouble.of(Math.log(c.value()))).orElse(OptionalDouble.empty());
    }

    /// The standard error of a single accuracy around `level`, from the images scored; empty where these are not known.
    public OptionalDouble standardError(double level) {
        return scoring().scored(this)
                .map(n -> OptionalDouble.of(Math.sqrt(Math.max(0, level * (1 - level)) / n.value())))
                .orElse(OptionalDouble.empty());
    }

    /// Whether accuracies are printed at all: then the targets are classes, unless stated otherwise.
    public boolean isClassification() {
        return (!accuracy.isEmpty() || !rawValidationAccuracy.isEmpty()) && !isContinuous();
    }

    /// Whether targets are continuous, though somebody counts exact hits: so stated, or by a loss of squares that no labels of 0 and 1
    /// allow. From the log alone: hardly a hit, and a loss that falls by half and still is a hundred.
    public boolean isContinuous() {
        if (facts.value(FactKey.TARGET).filter("continuous"::equals).isPresent()) return true;
        var hits = shownAccuracy();
        boolean squares = facts.value(FactKey.LOSS).filter(name -> name.startsWith("mean_")).isPresent()
                && facts.value(FactKey.OUTPUT_UNITS).filter(units -> units == 1).isPresent();
        if (loss.size() < 3 || hits.isEmpty() || hits.most() > 0.5) return false;
        if (squares && loss.least() > 1.5) return true;
        if (statesCrossEntropy().orElse(false)) return false;
        if (classes().isPresent() || loss.last() > 0.5 * loss.first()) return false;
        // Keras clips probabilities at 1e-7: more than 16.1 is no cross-entropy of the old Keras, and no explosion comes down that smoothly.
        boolean beyond = isOldKeras() && loss.first() > MOST_OF_KERAS && loss.value(1) > 0.5 * loss.first();
        return hits.most() < 0.01 && loss.last() > 100 || hits.most() < 0.05 && beyond;
    }

    /// Whether Keras printed the log, and so what it leaves unsaid has Keras' defaults.
    public boolean isKeras() {
        return switch (format().framework()) {
            case KERAS_0, KERAS_1, KERAS_2, TF_KERAS, KERAS_3 -> true;
            default -> false;
        };
    }

    /// Whether Keras printed the log before it became a part of TensorFlow.
    public boolean isOldKeras() {
        return switch (format.framework()) {
            case KERAS_0, KERAS_1, KERAS_2 -> true;
            default -> false;
        };
    }

    /// The optimizer as stated.
    public Optional<OptimizerFact> optimizer() {
        return facts.value(FactKey.OPTIMIZER);
    }

    /// The learning rate at the start, stated or printed in the first epoch.
    public OptionalDouble learningRate() {
        var printed = run.epochs().stream().findFirst().flatMap(LoggedEpoch::learningRate);
        if (printed.isPresent() && printed.get().finite()) return OptionalDouble.of(printed.get().value());
        // Keras gave Adadelta the rate of its paper until it became a part of TensorFlow.
        boolean paper = optimizer().filter(o -> o.name().equals("adadelta") && o.defaultRate()).isPresent();
        if (paper && isOldKeras()) return OptionalDouble.of(1);
        var stated = facts.value(FactKey.LEARNING_RATE);
        if (stated.isPresent()) return OptionalDouble.of(stated.get());
        return optimizer().map(OptimizerFact::learningRate).orElse(OptionalDouble.empty());
    }

    /// The layers as stated or as the printed summary names them; empty where neither is there.
    public Optional<Layers> layers() {
        return facts.value(FactKey.LAYERS);
    }

    /// Whether batch normalisation is there; empty where nobody says.
    public Optional<Boolean> batchNormalisation() {
        var stated = facts.value(FactKey.BATCH_NORM);
        if (stated.isPresent()) return stated;
        if (facts.has(FactKey.BATCH_NORM_MOMENTUM)) return Optional.of(true);
        var inLayers = layers()
                .map(l -> l.values().stream().anyMatch(layer -> layer.kind().startsWith("BatchNorm")));
        if (inLayers.isPresent() && (inLayers.get() || layers().orElseThrow().whole())) return inLayers;
        return run.data().model().flatMap(Case::batchNormalisation);
    }

    /// What a summary says: a model within the model shows none of its layers, and may be known by name.
    private static Optional<Boolean> batchNormalisation(ModelSummary model) {
        var layers = model.layers();
        if (layers.stream().anyMatch(layer -> layer.kind().startsWith("BatchNorm")
                || KnownNetworks.isNormalised(layer.name())))
            return Optional.of(true);
        return layers.stream().anyMatch(layer -> NESTED.contains(layer.kind())) ? Optional.empty() : Optional.of(false);
    }

    /// The accuracy of training, or of validation where nothing is printed of training's.
    public Curve shownAccuracy() {
        return accuracy.isEmpty() ? rawValidationAccuracy : accuracy;
    }
}
