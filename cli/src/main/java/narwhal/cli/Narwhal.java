package narwhal.cli;

import narwhal.models.ModelFile;
import picocli.CommandLine;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Option;

/// `narwhal` without a command: says what there is.
@CommandLine.Command(name = "narwhal", sortOptions = false, versionProvider = Narwhal.Version.class, synopsisSubcommandLabel = "COMMAND", description = {
    "Trains image classifiers on the CPU, in Keras' words, with the same bits every time.", "",
    "A first try:    narwhal train", "Your pictures:  narwhal train FOLDER", "",
    "FOLDER has one sub-folder of pictures for each class."}, commandListHeading = "%nCommands:%n", optionListHeading = "%nOptions:%n", footer = {
        "",
        "narwhal COMMAND --help says more. Exit codes: 0 done, 1 a fault of Narwhal, 2 usage, 3 data, 4 training diverged, 5 the doctor found something, 6 model or checkpoint refused, 7 storage, 8 memory; 130, 143, 129 ended by Ctrl-C, SIGTERM, SIGHUP."})
final class Narwhal extends Command {
    @Option(names = {"-V", "--version"}, versionHelp = true, description = "Print the version and end.")
    private boolean version;

    Narwhal(Console console) {
        super(console);
    }

    @Override
    int execute() {
        commandLine().usage(console().out());
        return 0;
    }

    static final class Version implements IVersionProvider {
        @Override
        public String[] getVersion() {
            return new String[]{ModelFile.BUILD + " · Java " + Runtime.version() + " · " + System.getProperty("os.name")
                    + " " + System.getProperty("os.arch")};
        }
    }
}
