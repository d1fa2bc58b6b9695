package narwhal.history.facts;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// Names that scripts give to counts.
final class Aliases {
    private static final Map<String, FactKey<Long>> COUNTS = Map.ofEntries(
            Map.entry("training_images", FactKey.TRAINING_IMAGES),
            Map.entry("nb_train_samples", FactKey.TRAINING_IMAGES), Map.entry("nb_train", FactKey.TRAINING_IMAGES),
            Map.entry("num_train", FactKey.TRAINING_IMAGES), Map.entry("n_train", FactKey.TRAINING_IMAGES),
            Map.entry("train_size", FactKey.TRAINING_IMAGES),
            Map.entry("num_train_samples", FactKey.TRAINING_IMAGES),
            Map.entry("train_samples", FactKey.TRAINING_IMAGES),
            Map.entry("nb_training_samples", FactKey.TRAINING_IMAGES),
            Map.entry("num_train_images", FactKey.TRAINING_IMAGES),
            Map.entry("validation_images", FactKey.VALIDATION_IMAGES),
            Map.entry("nb_validation_samples", FactKey.VALIDATION_IMAGES),
            Map.entry("num_val", FactKey.VALIDATION_IMAGES), Map.entry("n_val", FactKey.VALIDATION_IMAGES),
            Map.entry("nb_val_samples", FactKey.VALIDATION_IMAGES),
            Map.entry("val_size", FactKey.VALIDATION_IMAGES), Map.entry("num_validation", FactKey.VALIDATION_IMAGES),
            Map.entry("nb_valid_samples", FactKey.VALIDATION_IMAGES),
            Map.entry("validation_samples", FactKey.VALIDATION_IMAGES),
            Map.entry("test_images", FactKey.TEST_IMAGES), Map.entry("nb_test_samples", FactKey.TEST_IMAGES),
            Map.entry("n_test", FactKey.TEST_IMAGES),
            Map.entry("num_test", FactKey.TEST_IMAGES), Map.entry("classes", FactKey.CLASSES),
            Map.entry("num_classes", FactKey.CLASSES),
            Map.entry("nb_classes", FactKey.CLASSES), Map.entry("n_classes", FactKey.CLASSES),
            Map.entry("num_class", FactKey.CLASSES),
            Map.entry("no_of_classes", FactKey.CLASSES), Map.entry("number_of_classes", FactKey.CLASSES),
            Map.entry("numclasses", FactKey.CLASSES),
            Map.entry("batch_divisor", FactKey.BATCH_DIVISOR), Map.entry("steps_per_epoch", FactKey.STEPS_PER_EPOCH),
            Map.entry("samples_per_epoch", FactKey.TRAINING_IMAGES),
            Map.entry("validation_steps", FactKey.VALIDATION_STEPS),
            Map.entry("val_steps", FactKey.VALIDATION_STEPS),
            Map.entry("validation_batches", FactKey.VALIDATION_BATCHES),
            Map.entry("epochs", FactKey.EPOCHS), Map.entry("nb_epoch", FactKey.EPOCHS),
            Map.entry("nb_epochs", FactKey.EPOCHS),
            Map.entry("num_epochs", FactKey.EPOCHS), Map.entry("n_epochs", FactKey.EPOCHS),
            Map.entry("max_epochs", FactKey.EPOCHS),
            Map.entry("no_epochs", FactKey.EPOCHS), Map.entry("epoch_num", FactKey.EPOCHS),
            Map.entry("output_units", FactKey.OUTPUT_UNITS));

    private Aliases() {
    }

    /// The count under a name, whatever its case; hyphens and underscores are the same.
    static Optional<FactKey<Long>> count(String name) {
        return Optional.ofNullable(COUNTS.get(name.toLowerCase(Locale.ROOT).replace('-', '_')));
    }
}
