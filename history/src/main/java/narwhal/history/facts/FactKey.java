package narwhal.history.facts;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/// Something that can be stated about a run, with the type of its value. Counts are whole numbers from 0, fractions lie
/// in 0…1, names are in lower case unless said otherwise.
///
/// @param <T> what a value is
public final class FactKey<T> implements Comparable<FactKey<?>> {
    private static final List<FactKey<?>> KNOWN = new ArrayList<>();

    /// Images in the training set.
    public static final FactKey<Long> TRAINING_IMAGES = key("training-images", Long.class);
    /// Images in the validation set.
    public static final FactKey<Long> VALIDATION_IMAGES = key("validation-images", Long.class);
    /// Images in the test set.
    public static final FactKey<Long> TEST_IMAGES = key("test-images", Long.class);
    /// Number of classes.
    public static final FactKey<Long> CLASSES = key("classes", Long.class);
    /// Images of each class.
    public static final FactKey<Counts> CLASS_COUNTS = key("class-counts", Counts.class);
    /// Batch size of training.
    public static final FactKey<Long> TRAINING_BATCH = key("training-batch", Long.class);
    /// Batch size of validation.
    public static final FactKey<Long> VALIDATION_BATCH = key("validation-batch", Long.class);
    /// What the image counts were divided by to get the numbers of steps.
    public static final FactKey<Long> BATCH_DIVISOR = key("batch-divisor", Long.class);
    /// Steps of one training epoch.
    public static final FactKey<Long> STEPS_PER_EPOCH = key("steps-per-epoch", Long.class);
    /// Steps of one validation.
    public static final FactKey<Long> VALIDATION_STEPS = key("validation-steps", Long.class);
    /// Which share of all validation batches a validation takes: 0.25 of `int(0.25 * len(dataset))`.
    public static final FactKey<Double> VALIDATION_STEPS_SHARE = key("validation-steps-share", Double.class);
    /// Batches that one pass over the validation set has.
    public static final FactKey<Long> VALIDATION_BATCHES = key("validation-batches", Long.class);
    /// Epochs asked for.
    public static final FactKey<Long> EPOCHS = key("epochs", Long.class);
    /// Whether the validation generator shuffles.
    public static final FactKey<Boolean> VALIDATION_SHUFFLE = key("validation-shuffle", Boolean.class);
    /// Whether the training generator shuffles.
    public static final FactKey<Boolean> TRAINING_SHUFFLE = key("training-shuffle", Boolean.class);
    /// Whether validation images are augmented.
    public static final FactKey<Boolean> VALIDATION_AUGMENTED = key("validation-augmented", Boolean.class);
    /// Whether the validation images stand class by class.
    public static final FactKey<Boolean> VALIDATION_SORTED = key("validation-sorted-by-class", Boolean.class);
    /// Whether validation is made on the very images of training.
    public static final FactKey<Boolean> VALIDATION_IS_TRAINING = key("validation-is-training", Boolean.class);
    /// Share of the arrays that `fit` held out from their end.
    public static final FactKey<Double> VALIDATION_SPLIT = key("validation-split", Double.class);
    /// The framework that ran.
    public static final FactKey<Framework> FRAMEWORK = key("framework", Framework.class);
    /// The optimizer, with its learning rate.
    public static final FactKey<OptimizerFact> OPTIMIZER = key("optimizer", OptimizerFact.class);
    /// The learning rate at the start; also where only the optimizer was named, then by default.
    public static final FactKey<Double> LEARNING_RATE = key("learning-rate", Double.class);
    /// Momentum of SGD or RMSprop.
    public static final FactKey<Double> MOMENTUM = key("momentum", Double.class);
    /// How the learning rate changes, in the user's words.
    public static final FactKey<String> SCHEDULE = key("schedule", String.class);
    /// How gradients are clipped, in the user's words; `none` if stated so.
    public static final FactKey<String> CLIPPING = key("clipping", String.class);
    /// The loss under Keras' name, such as `binary_crossentropy` or `mean_squared_error`.
    public static final FactKey<String> LOSS = key("loss", String.class);
    /// Whether an image may have several labels at once.
    public static final FactKey<Boolean> MULTI_LABEL = key("multi-label", Boolean.class);
    /// Whether the loss takes logits.
    public static final FactKey<Boolean> FROM_LOGITS = key("from-logits", Boolean.class);
    /// Metrics asked for.
    public static final FactKey<Names> METRICS = key("metrics", Names.class);
    /// Units of the last layer.
    public static final FactKey<Long> OUTPUT_UNITS = key("output-units", Long.class);
    /// Activation of the last layer; `linear` where it has none.
    public static final FactKey<String> OUTPUT_ACTIVATION = key("output-activation", String.class);
    /// `binary`, `categorical` or `sparse`, of a directory iterator.
    public static final FactKey<String> CLASS_MODE = key("class-mode", String.class);
    /// `continuous` or `class`.
    public static final FactKey<String> TARGET = key("target", String.class);
    /// Variance of continuous targets: the mean squared error of their mean.
    public static final FactKey<Double> TARGET_VARIANCE = key("target-variance", Double.class);
    /// Whether an image has an answer for each of its pixels, as in segmentation, so that accuracy counts more than images.
    public static final FactKey<Boolean> PER_PIXEL = key("per-pixel", Boolean.class);
    /// The layers from input to output.
    public static final FactKey<Layers> LAYERS = key("layers", Layers.class);
    /// Activation between the layers.
    public static final FactKey<String> HIDDEN_ACTIVATION = key("hidden-activation", String.class);
    /// How weights were initialised, such as `he_normal`.
    public static final FactKey<String> INITIALIZER = key("initializer", String.class);
    /// Whether there is batch normalisation.
    public static final FactKey<Boolean> BATCH_NORM = key("batch-norm", Boolean.class);
    /// Momentum of the moving averages of batch normalisation, in Keras' sense: 0.99 moves slowly.
    public static final FactKey<Double> BATCH_NORM_MOMENTUM = key("batch-norm-momentum", Double.class);
    /// The largest dropout rate; 0 if stated that there is none.
    public static final FactKey<Double> DROPOUT = key("dropout", Double.class);
    /// Weight of an L2 penalty or weight decay.
    public static final FactKey<Double> L2 = key("l2", Double.class);
    /// Whether the network starts from trained weights.
    public static final FactKey<Boolean> PRETRAINED = key("pretrained", Boolean.class);
    /// Whether a part of the network is frozen.
    public static final FactKey<Boolean> FROZEN = key("frozen", Boolean.class);
    /// Whether training images are augmented.
    public static final FactKey<Boolean> TRAINING_AUGMENTED = key("training-augmented", Boolean.class);
    /// How training images are prepared, in the user's words, such as `rescale=1/255`.
    public static final FactKey<String> TRAINING_PREPROCESSING = key("training-preprocessing", String.class);
    /// How validation images are prepared, in the user's words.
    public static final FactKey<String> VALIDATION_PREPROCESSING = key("validation-preprocessing", String.class);
    /// Smallest and largest input, in the user's words, such as `0..255`.
    public static final FactKey<String> INPUT_RANGE = key("input-range", String.class);
    /// Numeric type of the input, such as `uint8`.
    public static final FactKey<String> INPUT_TYPE = key("input-type", String.class);
    /// Whether the loop that is stated lets the optimizer change the weights: `optimizer.step()`.
    public static final FactKey<Boolean> UPDATES_WEIGHTS = key("updates-weights", Boolean.class);
    /// The checkpoint callback.
    public static final FactKey<MonitorFact> CHECKPOINT = key("checkpoint", MonitorFact.class);
    /// The callback that stops early.
    public static final FactKey<MonitorFact> EARLY_STOPPING = key("early-stopping", MonitorFact.class);
    /// The callback that lowers the learning rate when a metric stands still.
    public static final FactKey<MonitorFact> REDUCE_LR = key("reduce-lr", MonitorFact.class);
    /// Whether labels were given to images at random, such as by shuffling them alone.
    public static final FactKey<Boolean> RANDOM_LABELS = key("random-labels", Boolean.class);
    /// Whether the test set stands in for validation, as in `validation_data=test_data`.
    public static final FactKey<Boolean> VALIDATION_IS_TEST = key("validation-is-test", Boolean.class);
    /// How files of one recording, patient or video are recognised.
    public static final FactKey<String> GROUP_KEY = key("group-key", String.class);

    private final int place;
    private final String name;
    private final Class<T> type;

    private FactKey(int place, String name, Class<T> type) {
        this.place = place;
        this.name = name;
        this.type = type;
    }

    private static <T> FactKey<T> key(String name, Class<T> type) {
        var key = new FactKey<>(KNOWN.size(), name, type);
        KNOWN.add(key);
        return key;
    }

    /// All keys, in the order of the manual.
    public static List<FactKey<?>> all() {
        return Collections.unmodifiableList(KNOWN);
    }

    /// As a facts file writes it, such as `training-images`.
    public String name() {
        return name;
    }

    /// What its values are.
    public Class<T> type() {
        return type;
    }

    @Override
    public int compareTo(FactKey<?> other) {
        return Integer.compare(place, other.place);
    }

    @Override
    public boolean equals(Object other) {
        return this == other;
    }

    @Override
    public int hashCode() {
        return place;
    }

    @Override
    public String toString() {
        return name;
    }
}
