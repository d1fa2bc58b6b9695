package narwhal.cli;

import java.util.Optional;
import narwhal.data.Grouping;
import narwhal.errors.Problem;
import picocli.CommandLine.Option;

/// Which pictures belong together when a folder is divided.
final class GroupingOptions {
    @Option(names = "--group-by", paramLabel = "REGEX", description = "Pictures whose names have the same first capturing group, or the same match, belong together (default: pieces of one recording, such as rec12_001.png and rec12_002.png).")
    private Optional<String> groupBy = Optional.empty();

    @Option(names = "--no-groups", description = "Each picture for itself.")
    private boolean noGroups;

    void check() {
        if (noGroups && groupBy.isPresent())
            throw Problem.USAGE_CONFLICT.because("--no-groups and --group-by exclude each other");
        groupBy.ifPresent(Grouping::matching);
    }

    /// The option that was given; empty for none.
    Optional<String> given() {
        return noGroups ? Optional.of("--no-groups") : groupBy.map(expression -> "--group-by");
    }

    /// What was asked for; empty if it is to be found out from the names.
    Optional<Grouping> grouping() {
        return noGroups ? Optional.of(Grouping.none()) : groupBy.map(Grouping::matching);
    }
}
