package narwhal.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/// A word after `narwhal`, with its options.
@CommandLine.Command(sortOptions = false, parameterListHeading = "%n", optionListHeading = "%n")
abstract class Command implements Callable<Integer> {
    private final Console console;

    @Spec
    @SuppressWarnings("NullAway.Init") // by picocli
    private CommandSpec spec;

    @Option(names = {"-h", "--help"}, usageHelp = true, order = 1_000, description = "Print this help and end.")
    private boolean help;

    @Option(names = "--debug", order = 1_001, description = "Print the stack trace of an error.")
    private boolean debug;

    Command(Console console) {
        this.console = console;
    }

    /// Does what the command is for.
    ///
    /// @return the exit code
    abstract int execute() throws Exception;

    @Override
    public final Integer call() throws Exception {
        return execute();
    }

    final Console console() {
        return console;
    }

    final CommandLine commandLine() {
        return spec.commandLine();
    }

    final CommandSpec spec() {
        return spec;
    }
}
