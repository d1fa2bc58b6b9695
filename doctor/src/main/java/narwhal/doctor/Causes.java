package narwhal.doctor;

import static narwhal.doctor.Illness.*;

import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/// What follows from what. Where a cause is raised, its symptoms are not raised beside it.
final class Causes {
    private static final Map<Illness, Set<Illness>> FOLLOW = new EnumMap<>(Illness.class);

    static {
        for (var coverage : EnumSet.of(ROTATING_VALIDATION, FIXED_PARTIAL_VALIDATION, WRAPPED_VALIDATION,
                STOCHASTIC_VALIDATION)) {
            follow(coverage, INCOMPARABLE_MONITOR, BATCH_SIZE_MISMATCH, CLASS_SORTED_VALIDATION, LUCKY_BEST_EPOCH,
                    PLATEAU, VALIDATION_TOO_SMALL, VALIDATION_NOISE);
        }
        follow(ROTATING_VALIDATION, OVERFITTING, LEARNING_RATE_TOO_HIGH, BATCH_NORM_MISMATCH);
        follow(INPUT_EXHAUSTED, MONITOR_MISSING, NO_VALIDATION, STOPPED_TOO_EARLY, TOO_FEW_EPOCHS);
        follow(LEARNING_RATE_TOO_HIGH, NOT_A_NUMBER, DIVERGENCE, DEAD_RELU, CONSTANT_PREDICTOR, EXPLODING_GRADIENT,
                SATURATED_OUTPUT, FROZEN_WEIGHTS, PLATEAU, OVERFITTING, METRIC_MISMATCH);
        follow(NOT_A_NUMBER, CONSTANT_PREDICTOR, FROZEN_WEIGHTS, PLATEAU);
        for (var input : EnumSet.of(HEAD_LOSS_MISMATCH, LABEL_ENCODING, CONSTANT_INPUT, INPUTS_SCALED_TWICE,
                INPUTS_NOT_NORMALISED)) {
            follow(input, SATURATED_OUTPUT, CONSTANT_PREDICTOR, LEARNING_RATE_TOO_LOW, FROZEN_WEIGHTS, UNDERFITTING,
                    PLATEAU, DEAD_RELU, METRIC_MISMATCH);
        }
        follow(INPUTS_NOT_NORMALISED, LEARNING_RATE_TOO_HIGH, DIVERGENCE, NOT_A_NUMBER);
        follow(HEAD_LOSS_MISMATCH, DIVERGENCE);
        for (var answers : EnumSet.of(HEAD_LOSS_MISMATCH, LABEL_ENCODING)) {
            follow(answers, NOT_A_NUMBER, VALIDATION_SPLIT_TAIL, STOPPED_TOO_EARLY, PREPROCESSING_MISMATCH,
                    OVERFITTING);
        }
        follow(MONITOR_MISSING, OVERFITTING);
        follow(EXACT_DUPLICATES, STOCHASTIC_VALIDATION, OVER_REGULARISED);
        follow(VANISHING_GRADIENT, LEARNING_RATE_TOO_LOW, UNDERFITTING, CONSTANT_PREDICTOR, PLATEAU,
                STOPPED_TOO_EARLY);
        follow(TRAINING_NOT_SHUFFLED, PREPROCESSING_MISMATCH, VALIDATION_SPLIT_TAIL, OVERFITTING, DISTRIBUTION_SHIFT);
        follow(BOTTLENECK_LAYER, UNDERFITTING, PLATEAU);
        follow(TRAINING_SET_TOO_SMALL, OVERFITTING);
        for (var worse : EnumSet.of(BATCH_NORM_MISMATCH, PREPROCESSING_MISMATCH, VALIDATION_SPLIT_TAIL,
                CLASS_ORDER_MISMATCH)) {
            follow(worse, OVERFITTING, DISTRIBUTION_SHIFT, VALIDATION_TOO_SMALL);
        }
        follow(VALIDATION_TOO_SMALL, VALIDATION_NOISE, LUCKY_BEST_EPOCH);
        follow(METRIC_MISMATCH, UNDERFITTING, CONSTANT_PREDICTOR, FROZEN_WEIGHTS, CLASS_IMBALANCE);
        follow(FROZEN_WEIGHTS, PLATEAU, UNDERFITTING);
        follow(SATURATED_OUTPUT, CONSTANT_PREDICTOR, FROZEN_WEIGHTS, PLATEAU, UNDERFITTING, LEARNING_RATE_TOO_LOW);
        follow(CONSTANT_PREDICTOR, FROZEN_WEIGHTS, PLATEAU, UNDERFITTING, DEAD_RELU, LEARNING_RATE_TOO_LOW,
                LUCKY_BEST_EPOCH, STOPPED_TOO_EARLY);
        follow(DEAD_RELU, CONSTANT_PREDICTOR, FROZEN_WEIGHTS);
        follow(CLASS_IMBALANCE, CONSTANT_PREDICTOR, PLATEAU, UNDERFITTING, STOPPED_TOO_EARLY, FROZEN_WEIGHTS);
        follow(STOPPED_TOO_EARLY, UNDERFITTING);
        follow(OVER_REGULARISED, CONSTANT_PREDICTOR, UNDERFITTING, PLATEAU);
        follow(OVERFITTING, LUCKY_BEST_EPOCH, PLATEAU);
        follow(LEARNING_RATE_TOO_LOW, METRIC_MISMATCH, STOPPED_TOO_EARLY, PLATEAU, UNDERFITTING, TOO_FEW_EPOCHS,
                FROZEN_WEIGHTS);
    }

    private Causes() {
    }

    private static void follow(Illness cause, Illness... consequences) {
        FOLLOW.computeIfAbsent(cause, key -> EnumSet.noneOf(Illness.class)).addAll(Set.of(consequences));
    }

    /// Whether `cause` explains `consequence`, directly.
    static boolean explains(Illness cause, Illness consequence) {
        return FOLLOW.getOrDefault(cause, Set.of()).contains(consequence);
    }
}
