package narwhal.cli;

import java.nio.file.Path;
import narwhal.data.synth.EmbeddedSets;
import narwhal.data.synth.PictureFolders;
import picocli.CommandLine;
import picocli.CommandLine.Parameters;

/// `narwhal synth`: the sets that come with Narwhal, as files.
@CommandLine.Command(name = "synth", description = {
    "Writes a set that comes with Narwhal as folders of PNG files, to look at or to train on.", "",
    "orca-synth: spectrograms drawn from a seed, with and without the call of an orca; what narwhal train takes without DATA.",
    "fashion-pair: pullovers and coats, photographs of 28x28 pixels from Fashion-MNIST."})
final class SynthCommand extends Command {
    @Parameters(index = "0", paramLabel = "SET", description = "${COMPLETION-CANDIDATES}", completionCandidates = Names.class)
    @SuppressWarnings("NullAway.Init") // by picocli
    private String set;

    @Parameters(index = "1", paramLabel = "DEST", description = "A new folder.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path destination;

    SynthCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        Values.checkWord("SET", set, EmbeddedSets.names());
        int written = PictureFolders.write(EmbeddedSets.named(set), destination);
        console()
                .say("Wrote " + written + " pictures to " + destination + ". Train with: narwhal train " + destination);
        return 0;
    }

    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return EmbeddedSets.names().iterator();
        }
    }
}
