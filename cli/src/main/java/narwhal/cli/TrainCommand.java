package narwhal.cli;

import java.nio.file.Path;
import java.util.Optional;
import java.util.Set;
import narwhal.disk.Disk;
import narwhal.errors.Problem;
import narwhal.losses.Losses;
import narwhal.metrics.Metrics;
import narwhal.models.Model;
import narwhal.training.RunFolder;
import narwhal.training.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// `narwhal train`: all options of a training, checked before anything is read.
@CommandLine.Command(name = "train", description = {
    "Trains a network on folders of pictures and keeps everything in a run folder.", "",
    "DATA is a folder with train/ and validation/ (and perhaps test/) inside, each with one sub-folder of pictures for each class; or a folder of class folders, of which --validation-split is set aside. Without DATA it trains on the embedded set orca-synth."})
final class TrainCommand extends Command {
    /// A run may be continued with other values of these: no bit of the result depends on them, and more epochs only go on.
    private static final Set<String> CHANGEABLE = Set.of("data", "epochs", "threads", "loaders", "verbose",
            "checkpoint-every");

    @Parameters(index = "0", arity = "0..1", paramLabel = "DATA", description = "The pictures.")
    private Optional<Path> data = Optional.empty();

    @Mixin(name = "Training")
    private final TrainingOptions training = new TrainingOptions();

    @Mixin(name = "Optimizer")
    private final OptimizerOptions optimizer = new OptimizerOptions();

    @Mixin(name = "Pictures")
    private final PictureOptions pictures = new PictureOptions();

    @Mixin(name = "Augmentation of the training pictures")
    private final AugmentationOptions augmentation = new AugmentationOptions();

    @Mixin(name = "Callbacks")
    private final CallbackOptions callbacks = new CallbackOptions();

    @Mixin(name = "Machine")
    private final MachineOptions machine = new MachineOptions();

    @Option(names = "--run-dir", paramLabel = "DIR", description = "Where the run is kept (default: the next free runs/DATA-MODEL-N).")
    private Optional<Path> runDir = Optional.empty();

    @Option(names = "--resume", paramLabel = "DIR", description = "Go on with the run in this folder, at the very step where it stopped and with its settings; the weights end as if it had never stopped.")
    private Optional<Path> resume = Optional.empty();

    @Option(names = "--checkpoint-every", paramLabel = "STEPS", description = "Save also within an epoch, each time so many steps are done.")
    private Optional<Integer> checkpointEvery = Optional.empty();

    @Option(names = "--verbose", paramLabel = "0|1|2", description = "0 silent, 1 a bar, 2 a line for each epoch (default: a bar on a terminal, else lines).")
    private Verbosity verbose = Verbosity.AUTO;

    private final Signals signals;

    TrainCommand(Console console, Signals signals) {
        super(console);
        this.signals = signals;
    }

    @Override
    int execute() throws Exception {
        if (resume.isPresent()) return resume(resume.get());
        check();
        return new TrainingRun(this, console(), signals).start(runDir);
    }

    /// Everything that can be seen to be wrong without reading a picture.
    private void check() {
        training.check();
        optimizer.check();
        pictures.check();
        augmentation.check();
        callbacks.check(true);
        machine.check();
        checkpointEvery.ifPresent(steps -> Values.check(steps >= 1, "--checkpoint-every", steps, "at least 1 step"));
    }

    /// The same command with the settings of the run, then the few words that may differ.
    private int resume(Path folder) throws Exception {
        if (runDir.isPresent()) {
            throw Problem.USAGE_CONFLICT.because("--resume names the run folder, so --run-dir says nothing",
                    "leave --run-dir out");
        }
        try (var run = RunFolder.resume(folder, Disk.real(), console()::remark)) {
            if (!(run.settings().path("settings") instanceof ObjectNode recorded))
                throw Problem.CKPT_DAMAGED.because(folder.resolve("run.json") + ": has no settings", "start a new run");
            Settings.checkConflicts(spec(), recorded, CHANGEABLE);
            var again = restored(recorded.deepCopy(), folder);
            again.check();
            return new TrainingRun(again, console(), signals).resume(run);
        }
    }

    private TrainCommand restored(ObjectNode settings, Path folder) {
        var now = Settings.of(spec());
        for (var given : commandLine().getParseResult().matchedArgs()) {
            var name = Settings.name(given);
            if (CHANGEABLE.contains(name)) settings.set(name, now.path(name));
        }
        return recorded(settings, folder, console(), signals);
    }

    /// The command that a run was started with.
    ///
    /// @param settings from its `run.json`
    /// @throws narwhal.errors.NarwhalException `CKPT_DAMAGED`
    static TrainCommand recorded(JsonNode settings, Path folder, Console console, Signals signals) {
        var command = new TrainCommand(console, signals);
        var line = new CommandLine(command);
        Values.register(line);
        try {
            line.parseArgs(Settings.words(settings, line.getCommandSpec()).toArray(String[]::new));
        } catch (CommandLine.ParameterException e) {
            throw Problem.CKPT_DAMAGED.because(folder.resolve("run.json") + ": its settings are not understood: "
                    + Usage.problem(e).getMessage(), "start a new run");
        }
        return command;
    }

    /// A trainer with the loss, optimizer and metrics of this command.
    Trainer trainer(Model model, int classes) {
        var loss = classes == 2 ? Losses.binaryCrossentropy() : Losses.categoricalCrossentropy();
        return Trainer.of(model, loss, optimizer.optimizer(), Metrics.accuracy());
    }

    Optional<Path> data() {
        return data;
    }

    TrainingOptions training() {
        return training;
    }

    OptimizerOptions optimizer() {
        return optimizer;
    }

    PictureOptions pictures() {
        return pictures;
    }

    AugmentationOptions augmentation() {
        return augmentation;
    }

    CallbackOptions callbacks() {
        return callbacks;
    }

    MachineOptions machine() {
        return machine;
    }

    Optional<Integer> checkpointEvery() {
        return checkpointEvery;
    }

    Verbosity verbose() {
        return verbose;
    }
}
