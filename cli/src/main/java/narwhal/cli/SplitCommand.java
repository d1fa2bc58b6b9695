package narwhal.cli;

import java.nio.file.Path;
import narwhal.data.Split;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `narwhal split`: one folder of classes into sets.
@CommandLine.Command(name = "split", description = {
    "Divides a folder of class folders into train/, validation/ and test/, each class in the same proportions.", "",
    "Pictures of one recording stay together: rec12_001.png and rec12_002.png belong to rec12. Otherwise validation would score what training has seen. The pictures are copied; FOLDER stays as it is, and DEST appears whole or not at all."})
final class SplitCommand extends Command {
    @Parameters(index = "0", paramLabel = "FOLDER", description = "One sub-folder of pictures for each class.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path folder;

    @Parameters(index = "1", paramLabel = "DEST", description = "A new folder for the sets.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path destination;

    @Option(names = "--ratio", paramLabel = "T:V:T", description = "Shares of training, validation and, if wanted, test (default: ${DEFAULT-VALUE}).")
    private Shares ratio = Shares.USUAL;

    @Mixin
    private final GroupingOptions groups = new GroupingOptions();

    @Option(names = "--seed", paramLabel = "S", description = "Another one, another division (default: ${DEFAULT-VALUE}).")
    private long seed = 0;

    @Option(names = "--link", description = "Make symbolic links instead of copies.")
    private boolean link;

    @Option(names = "--dry-run", description = "Only say what would be done.")
    private boolean dryRun;

    SplitCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        groups.check();
        var split = Split.of(folder).ratio(ratio.parts().stream().mapToDouble(Double::doubleValue).toArray())
                .seed(seed);
        if (groups.grouping().isPresent()) split = split.groups(groups.grouping().get());
        var plan = split.plan();
        plan.lines().forEach(console()::say);
        if (dryRun) return 0;
        if (link) plan.linkTo(destination);
        else
            plan.copyTo(destination);
        console().say("Written to " + destination + ". Train with: narwhal train " + destination);
        return 0;
    }
}
