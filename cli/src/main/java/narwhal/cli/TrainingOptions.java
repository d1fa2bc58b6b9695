package narwhal.cli;

import java.util.Optional;
import narwhal.data.Subset;
import narwhal.data.ValidationSplit;
import narwhal.errors.Problem;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is trained, for how long, on how much at a time.
final class TrainingOptions {
    @Option(names = "--model", paramLabel = "M", description = "The network: ${COMPLETION-CANDIDATES} (default: ${DEFAULT-VALUE}). narwhal summary --model M shows it.", completionCandidates = NetworkNames.class)
    private String model = NetworkNames.USUAL;

    @Option(names = "--epochs", paramLabel = "N", description = "Passes over the training pictures (default: ${DEFAULT-VALUE}).")
    private int epochs = 10;

    @Option(names = "--batch-size", paramLabel = "B", description = "Pictures in a step (default: ${DEFAULT-VALUE}).")
    private int batchSize = 32;

    @Option(names = "--seed", paramLabel = "S", description = "Decides everything random: first weights, order, augmentation, dropout (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Mixin
    private final ValidationOptions validation = new ValidationOptions();

    @Option(names = "--steps-per-epoch", paramLabel = "STEPS", description = "Steps between two validations instead of a whole pass; training goes on in the stream of pictures.")
    private Optional<Integer> stepsPerEpoch = Optional.empty();

    @Option(names = "--validation-steps", paramLabel = "STEPS", description = "Batches scored in each validation instead of the whole set; what that leaves out is said.")
    private Optional<Integer> validationSteps = Optional.empty();

    void check() {
        NetworkNames.check(model);
        Values.check(epochs >= 1 && epochs <= 1_000_000, "--epochs", epochs, "1 to 1,000,000");
        if (batchSize < 1)
            throw Problem.BATCH_SIZE.because("--batch-size " + batchSize + ": expected at least 1", "choose 1 or more");
        validation.check(seed);
        stepsPerEpoch.ifPresent(steps -> Values.check(steps >= 1, "--steps-per-epoch", steps, "at least 1"));
        validationSteps.ifPresent(steps -> Values.check(steps >= 1, "--validation-steps", steps, "at least 1"));
    }

    String model() {
        return model;
    }

    int epochs() {
        return epochs;
    }

    int batchSize() {
        return batchSize;
    }

    long seed() {
        return seed;
    }

    /// Refuses options for a division where there is none to make.
    ///
    /// @throws narwhal.errors.NarwhalException `USAGE_CONFLICT` if the pictures are divided already and an option says how
    ///     to divide them
    void checkNoSplit(String divided, String advice) {
        validation.given().ifPresent(option -> {
            throw Problem.USAGE_CONFLICT.because(divided + ", so " + option + " says nothing",
                    "leave " + option + " out, or give " + advice);
        });
    }

    /// A part of a folder of classes.
    ValidationSplit part(Subset subset) {
        return validation.part(subset, seed);
    }

    Optional<Integer> stepsPerEpoch() {
        return stepsPerEpoch;
    }

    Optional<Integer> validationSteps() {
        return validationSteps;
    }
}
