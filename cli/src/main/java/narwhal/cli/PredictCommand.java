package narwhal.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import narwhal.data.Preparation;
import narwhal.engine.Shape;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `narwhal predict`: the class of each picture.
@CommandLine.Command(name = "predict", description = {
    "Says of each picture which class it is and how sure the model is.", "",
    "A folder means all pictures in it. They are prepared as they were when the model was trained. A picture that cannot be read is named on standard error, the others are predicted, and the exit code is 3."})
final class PredictCommand extends Command {
    /// What a result looks like.
    enum Format {
        TEXT,
        JSON,
        CSV
    }

    @Parameters(arity = "1..*", paramLabel = "PATH", description = "Pictures, or folders of pictures.")
    private final List<Path> paths = new ArrayList<>();

    @Mixin
    private final ModelOptions model = new ModelOptions();

    @Option(names = "--format", paramLabel = "FORMAT", description = "text, json (one object for each picture and line) or csv (default: text).")
    private Format format = Format.TEXT;

    @Option(names = "--batch-size", paramLabel = "B", description = "Pictures at a time (default: ${DEFAULT-VALUE}).")
    private int batchSize = 32;

    @Mixin
    private final MachineOptions machine = new MachineOptions();

    PredictCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        machine.check();
        if (batchSize < 1)
            throw Problem.BATCH_SIZE.because("--batch-size " + batchSize + ": expected at least 1", "choose 1 or more");
        var files = PictureFiles.of(paths);
        try (var engine = machine.engine()) {
            var trained = model.load(engine, console());
            var writer = PredictionWriter.of(format, trained.recipe().classNames(), console());
            return predict(files, trained, writer);
        }
    }

    /// Pictures go through the network in batches, lines come in the order of the files.
    private int predict(List<Path> files, ModelOptions.Trained trained, PredictionWriter writer) {
        var preparation = Preparation.of(trained.recipe());
        int size = trained.model().input().size();
        int bad = 0;
        for (int first = 0; first < files.size(); first += batchSize) {
            var readable = new ArrayList<Path>();
            var pixels = new float[Math.min(batchSize, files.size() - first) * size];
            for (var file : files.subList(first, Math.min(first + batchSize, files.size()))) {
                try {
                    System.arraycopy(preparation.pixels(file), 0, pixels, readable.size() * size, size);
                    readable.add(file);
                } catch (NarwhalException e) {
                    console().remark(e.getMessage());
                    bad++;
                }
            }
            if (!readable.isEmpty()) write(readable, predict(trained, pixels, readable.size()), writer);
        }
        return bad == 0 ? 0 : Problem.IMG_UNREADABLE.exitCode();
    }

    private static float[] predict(ModelOptions.Trained trained, float[] pixels, int count) {
        var engine = trained.model().engine();
        var shape = trained.model().input();
        var batch = engine.zeros(Shape.of(count, shape.dim(0), shape.dim(1), shape.dim(2)));
        engine.write(batch, 0, pixels, count * shape.size());
        return trained.model().predict(batch);
    }

    private static void write(List<Path> files, float[] outputs, PredictionWriter writer) {
        int width = outputs.length / files.size();
        for (int i = 0; i < files.size(); i++) writer.write(files.get(i), Prediction.of(outputs, i * width, width));
    }
}
