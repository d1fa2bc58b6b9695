package narwhal.doctor;

import static narwhal.doctor.Symptom.BETTER;
import static narwhal.doctor.Symptom.INCOMPLETE;
import static narwhal.doctor.Symptom.LEVELS_OFF;
import static narwhal.doctor.Symptom.NONE;
import static narwhal.doctor.Symptom.STUCK;
import static narwhal.doctor.Symptom.SWINGS;
import static narwhal.doctor.Symptom.WORSE;
import static narwhal.doctor.Symptom.WORSENS;

import java.util.Locale;
import java.util.Set;

/// The catalogue: what can be wrong with a run, in the order in which equals are reported. Each entry has a page
/// `docs/doctor/<id>.md` and a check whose class bears its name.
public enum Illness {
    /// Each epoch scores another part of the validation set.
    ROTATING_VALIDATION(Prior.OCCASIONAL, SWINGS),
    /// The same part of the validation set is scored in every epoch, the rest never.
    FIXED_PARTIAL_VALIDATION(Prior.OCCASIONAL, SWINGS),
    /// More validation steps than batches: some images count twice.
    WRAPPED_VALIDATION(Prior.OCCASIONAL, SWINGS),
    /// The evaluation order is sorted by class, and not every image is scored.
    CLASS_SORTED_VALIDATION(Prior.OCCASIONAL, NONE),
    /// The same weights get different scores.
    STOCHASTIC_VALIDATION(Prior.OCCASIONAL, SWINGS),
    /// Steps were computed with another batch size than the generator gives.
    BATCH_SIZE_MISMATCH(Prior.OCCASIONAL, NONE),
    /// An epoch is not a pass over the training set.
    TRAINING_STEPS_MISMATCH(Prior.OCCASIONAL, NONE),
    /// The data source ended before training or validation did.
    INPUT_EXHAUSTED(Prior.OCCASIONAL, INCOMPLETE),
    /// Validation is the unshuffled end of ordered data.
    VALIDATION_SPLIT_TAIL(Prior.OCCASIONAL, WORSE),
    /// Batch means are averaged without weights.
    LAST_BATCH_WEIGHTING(Prior.RARE, NONE),
    /// Training images come in the order of their classes.
    TRAINING_NOT_SHUFFLED(Prior.OCCASIONAL, NONE),
    /// The loss jumps whenever a new epoch begins.
    EPOCH_BOUNDARY_SAWTOOTH(Prior.OCCASIONAL, NONE),
    /// A callback compares numbers that were measured on different images.
    INCOMPARABLE_MONITOR(Prior.OCCASIONAL, NONE),
    /// A callback watches a metric that is not there.
    MONITOR_MISSING(Prior.OCCASIONAL, INCOMPLETE),
    /// The best of many epochs is better than the model is.
    LUCKY_BEST_EPOCH(Prior.COMMON, NONE),
    /// The validation set is too small for the differences that matter.
    VALIDATION_TOO_SMALL(Prior.COMMON, SWINGS),
    /// There is no validation metric at all.
    NO_VALIDATION(Prior.COMMON, INCOMPLETE),
    /// The run is too short for most tests.
    TOO_FEW_EPOCHS(Prior.COMMON, INCOMPLETE),
    /// One recording, patient or video stands on both sides of the split.
    GROUP_LEAKAGE(Prior.OCCASIONAL, BETTER),
    /// Validation is made on images of training.
    EXACT_DUPLICATES(Prior.OCCASIONAL, BETTER),
    /// Some classes have many times the images of others.
    CLASS_IMBALANCE(Prior.OCCASIONAL, STUCK),
    /// Labels do not belong to their images.
    LABEL_NOISE(Prior.RARE, STUCK, WORSE),
    /// Targets are not what the loss takes.
    LABEL_ENCODING(Prior.OCCASIONAL, STUCK),
    /// Training and validation number their classes differently.
    CLASS_ORDER_MISMATCH(Prior.RARE, WORSE),
    /// Inputs are large, and nothing rescales them.
    INPUTS_NOT_NORMALISED(Prior.OCCASIONAL, STUCK),
    /// Inputs are rescaled twice and nearly zero.
    INPUTS_SCALED_TWICE(Prior.RARE, STUCK),
    /// Training and validation images are prepared differently.
    PREPROCESSING_MISMATCH(Prior.OCCASIONAL, WORSE),
    /// All inputs look the same to the network.
    CONSTANT_INPUT(Prior.RARE, STUCK),
    /// Training and validation come from different sources.
    DISTRIBUTION_SHIFT(Prior.RARE, WORSE),
    /// There are too few training images for the network.
    TRAINING_SET_TOO_SMALL(Prior.COMMON, WORSE),
    /// Steps are so large that training overshoots.
    LEARNING_RATE_TOO_HIGH(Prior.COMMON, SWINGS, STUCK, WORSENS),
    /// Training went well for long and then fell apart.
    DIVERGENCE(Prior.RARE, WORSENS),
    /// The loss moves steadily, but hardly.
    LEARNING_RATE_TOO_LOW(Prior.COMMON, STUCK),
    /// The loss is no longer a number.
    NOT_A_NUMBER(Prior.OCCASIONAL, WORSENS, STUCK),
    /// The network answers the same for every image.
    CONSTANT_PREDICTOR(Prior.OCCASIONAL, STUCK),
    /// The output sits at the bound where the loss is clipped.
    SATURATED_OUTPUT(Prior.OCCASIONAL, STUCK),
    /// Most units of the network are switched off for every image.
    DEAD_RELU(Prior.RARE, STUCK),
    /// The gradient does not reach the first layers.
    VANISHING_GRADIENT(Prior.RARE, STUCK),
    /// The gradient grows from layer to layer.
    EXPLODING_GRADIENT(Prior.RARE, WORSENS),
    /// The last layer and the loss do not belong together.
    HEAD_LOSS_MISMATCH(Prior.OCCASIONAL, STUCK),
    /// The accuracy counts something that has no meaning here.
    METRIC_MISMATCH(Prior.OCCASIONAL, STUCK),
    /// The network learns its training images by heart.
    OVERFITTING(Prior.COMMON, WORSE, WORSENS),
    /// Training and validation level off together, short of the goal.
    UNDERFITTING(Prior.COMMON, LEVELS_OFF),
    /// A narrow layer throws away what the output needs.
    BOTTLENECK_LAYER(Prior.RARE, LEVELS_OFF),
    /// Training scores below validation, since dropout and augmentation act there only.
    OVER_REGULARISED(Prior.COMMON, BETTER),
    /// Training mode and evaluation mode compute different functions.
    BATCH_NORM_MISMATCH(Prior.OCCASIONAL, SWINGS, WORSE),
    /// The curves have come to rest.
    PLATEAU(Prior.COMMON, LEVELS_OFF),
    /// The run ended while it was still getting better.
    STOPPED_TOO_EARLY(Prior.COMMON, LEVELS_OFF, INCOMPLETE),
    /// The weights do not change.
    FROZEN_WEIGHTS(Prior.OCCASIONAL, STUCK),
    /// Two layers follow each other without an activation between.
    STACKED_LINEAR_LAYERS(Prior.OCCASIONAL, NONE),
    /// Pooling shrinks the picture to a point before the last block.
    COLLAPSED_FEATURE_MAP(Prior.OCCASIONAL, NONE),
    /// The ups and downs are what a set of this size must show.
    VALIDATION_NOISE(Prior.NOISE, SWINGS),
    /// Nothing is wrong that the log could show.
    HEALTHY(Prior.HEALTHY, NONE);

    /// How common something is before the log is looked at.
    enum Prior {
        /// Overfitting, a rate too high or low, too few epochs, small sets.
        COMMON(0.1),
        /// Coverage, steps, head and loss, preprocessing, batch normalisation, constant answers.
        OCCASIONAL(0.03),
        /// Everything else.
        RARE(0.01),
        /// Noise of a finite validation set is everywhere, but seldom what someone asks about.
        NOISE(0.2),
        /// Most runs are fine.
        HEALTHY(0.5);

        private final double odds;

        Prior(double odds) {
            this.odds = odds;
        }
    }

    private final double prior;
    private final Set<Symptom> symptoms;

    Illness(Prior prior, Symptom... symptoms) {
        this.prior = prior.odds;
        this.symptoms = Set.of(symptoms);
    }

    /// As reports and pages write it, such as `rotating-validation`.
    public String id() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /// Its weight before the log is looked at.
    public double prior() {
        return prior;
    }

    /// Whether both explain the same symptom, so that at most one of them is raised.
    public boolean rivals(Illness other) {
        return this != other && symptoms.stream().anyMatch(s -> s != NONE && other.symptoms.contains(s));
    }

    /// Whether it explains a symptom.
    public boolean shows(Symptom symptom) {
        return symptoms.contains(symptom);
    }
}
