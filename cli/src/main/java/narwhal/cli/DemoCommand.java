package narwhal.cli;

import java.util.List;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `narwhal demo`: things that go wrong in training, done for real.
@CommandLine.Command(name = "demo", description = {
    "Does for real, on the embedded pictures, what goes wrong in trainings.", "",
    "zigzag: validation accuracy that swings every other epoch, because each epoch scores another half of a set that is sorted by "
            + "class; then the doctor's report on it, and the same training with the whole set scored."})
final class DemoCommand extends Command {
    static final String ZIGZAG = "zigzag";
    private static final int MOST_EPOCHS = 1_000;

    @Parameters(index = "0", paramLabel = "DEMO", description = "${COMPLETION-CANDIDATES}", completionCandidates = Names.class)
    @SuppressWarnings("NullAway.Init") // by picocli
    private String demo;

    @Option(names = "--epochs", paramLabel = "N", description = "Epochs of each training (default: ${DEFAULT-VALUE}).", defaultValue = "12")
    private int epochs;

    @Option(names = "--steps-per-epoch", paramLabel = "N", description = "Batches between two validations (default: a whole pass).")
    private Optional<Integer> stepsPerEpoch = Optional.empty();

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    DemoCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        Values.checkWord("DEMO", demo, List.of(ZIGZAG));
        Values.check(epochs >= 2 && epochs <= MOST_EPOCHS, "--epochs", epochs, "2 to " + MOST_EPOCHS);
        stepsPerEpoch.ifPresent(n -> Values.check(n >= 1, "--steps-per-epoch", n, "1 or more"));
        machine.check();
        try (var engine = machine.engine()) {
            new ZigzagDemo(console(), engine, epochs, stepsPerEpoch).run();
        }
        return 0;
    }

    static final class Names implements Iterable<String> {
        @Override
        public java.util.Iterator<String> iterator() {
            return List.of(ZIGZAG).iterator();
        }
    }
}
