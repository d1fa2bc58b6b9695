package narwhal.cli;

import java.util.Optional;
import java.util.OptionalLong;
import narwhal.data.Subset;
import narwhal.data.ValidationSplit;
import narwhal.data.ValidationSplit.Rule;
import narwhal.errors.Problem;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// What is set aside for validation where DATA is a folder of classes.
final class ValidationOptions {
    private static final double USUAL_SPLIT = 0.25;

    @Option(names = "--validation-split", paramLabel = "SHARE", description = "Share of each class that is set aside where DATA has no validation/ (default: 0.25).")
    private Optional<Double> validationSplit = Optional.empty();

    @Option(names = "--validation-split-by", paramLabel = "RULE", description = "groups: whole recordings, as narwhal split does. first: the first of each class in sorted order, as Keras' ImageDataGenerator. shuffled: the last of all after a shuffle with --seed, as Keras' image_dataset_from_directory (default: groups).")
    private Optional<SplitRule> rule = Optional.empty();

    @Mixin
    private final GroupingOptions groups = new GroupingOptions();

    /// @param seed of the run
    void check(long seed) {
        validationSplit.ifPresent(share -> Values.check(share > 0 && share < 1, "--validation-split", share,
                "between 0 and 1, such as 0.25"));
        groups.check();
        if (rule() != SplitRule.GROUPS && groups.given().isPresent()) {
            throw Problem.USAGE_CONFLICT.because(groups.given().get() + " does nothing with --validation-split-by "
                    + Values.word(rule()), "leave it out");
        }
        if (rule() == SplitRule.SHUFFLED) {
            Values.check(seed >>> 32 == 0, "--seed", seed, "0 to 4294967295 for --validation-split-by shuffled");
        }
    }

    private SplitRule rule() {
        return rule.orElse(SplitRule.GROUPS);
    }

    /// One of the options that was given; empty for none.
    Optional<String> given() {
        if (validationSplit.isPresent()) return Optional.of("--validation-split");
        return rule.isPresent() ? Optional.of("--validation-split-by") : groups.given();
    }

    /// @param seed of the run
    ValidationSplit part(Subset subset, long seed) {
        return new ValidationSplit(validationSplit.orElse(USUAL_SPLIT), subset, switch (rule()) {
            case GROUPS -> new Rule.Groups(groups.grouping(), 0);
            case FIRST -> new Rule.FirstOfEachClass();
            case SHUFFLED -> new Rule.LastShuffled(OptionalLong.of(seed));
        });
    }
}
