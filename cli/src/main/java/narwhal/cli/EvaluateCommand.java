package narwhal.cli;

import java.nio.file.Path;
import narwhal.data.Batches;
import narwhal.data.ImageFolder;
import narwhal.data.Preparation;
import narwhal.errors.Problem;
import narwhal.losses.Losses;
import narwhal.metrics.Metrics;
import narwhal.optimizers.Optimizers;
import narwhal.training.Trainer;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `narwhal evaluate`: loss and accuracy of a model on a folder of pictures.
@CommandLine.Command(name = "evaluate", description = {
    "Scores every picture of a folder once: loss, accuracy, and how many of each class were right.", "",
    "The pictures are prepared as they were when the model was trained."})
final class EvaluateCommand extends Command {
    @Parameters(index = "0", paramLabel = "DATA", description = "A folder with one sub-folder of pictures for each class.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path data;

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(names = "--batch-size", paramLabel = "B", description = "Pictures at a time (default: ${DEFAULT-VALUE}); another number may change the last digits.")
    private int batchSize = 32;

    @Option(names = "--skip-bad-images", description = "Leave out pictures that cannot be read.")
    private boolean skipBadImages;

    @Option(names = "--format", paramLabel = "FORMAT", description = "text or json (default: text).")
    private PredictCommand.Format format = PredictCommand.Format.TEXT;

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    EvaluateCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        machine.check();
        if (batchSize < 1)
            throw Problem.BATCH_SIZE.because("--batch-size " + batchSize + ": expected at least 1", "choose 1 or more");
        if (format == PredictCommand.Format.CSV)
            throw Problem.USAGE_VALUE.because("--format csv: expected text or json");
        try (var engine = machine.engine()) {
            var trained = model.load(engine, console());
            var folder = ImageFolder.of(data).preparation(Preparation.of(trained.recipe()).cacheBytes(0))
                    .skipBadImages(skipBadImages);
            var scan = folder.scan();
            scan.lines().forEach(console()::remark);
            if (!scan.classNames().equals(trained.recipe().classNames())) {
                throw Problem.DATA_CLASS_MISMATCH.because(data + " has " + scan.classNames() + ", the model knows "
                        + trained.recipe().classNames(), "give a folder with the model's classes");
            }
            var set = folder.dataset(scan);
            var loss = trained.model().output().last() == 1
                    ? Losses.binaryCrossentropy()
                    : Losses.categoricalCrossentropy();
            var evaluation = Trainer.of(trained.model(), loss, Optimizers.adam(), Metrics.accuracy())
                    .evaluate(Batches.of(set, Math.min(batchSize, set.size())));
            console().say(format == PredictCommand.Format.JSON
                    ? Evaluations.json(evaluation)
                    : Evaluations.line(evaluation));
        }
        return 0;
    }
}
