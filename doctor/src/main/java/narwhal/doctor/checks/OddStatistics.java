package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Say;
import narwhal.history.facts.FactKey;

/// What makes the averages of batch normalisation another function than its batches: what is stated says so by itself.
final class OddStatistics {
    /// Keras' `BatchNormalization(momentum=0.99)`.
    private static final double KERAS_MOMENTUM = 0.99;
    /// Batches of so many images and fewer have statistics of their own.
    private static final int FEW_IMAGES = 4;

    private OddStatistics() {
    }

    /// In words; empty where nothing is odd.
    static Optional<String> of(Case run) {
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
        if (there && run.facts().value(FactKey.TRAINING_BATCH).filter(b -> b <= FEW_IMAGES).isPresent()) {
            return Optional.of("batch normalisation over batches of at most " + FEW_IMAGES + " images");
        }
        if (FrozenAverages.isFrozenBase(run)) {
            return Optional.of("batch normalisation in a frozen base");
        }
        return Optional.empty();
    }
}
