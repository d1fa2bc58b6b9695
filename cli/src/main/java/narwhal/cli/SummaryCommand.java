package narwhal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/// `narwhal summary`: the layers of a network.
@CommandLine.Command(name = "summary", description = {
    "Prints the layers of a network with their shapes and parameters, as Keras 3 does."})
final class SummaryCommand extends Command {
    @Option(names = "--model", paramLabel = "M", required = true, description = "One of ${COMPLETION-CANDIDATES}, a file, or a run folder.", completionCandidates = NetworkNames.class)
    @SuppressWarnings("NullAway.Init") // by picocli
    private String model;

    @Option(names = "--image-size", paramLabel = "HxW", description = "For a named network: height and width of the pictures (default: 128x128).")
    private Optional<ImageSize> imageSize = Optional.empty();

    @Option(names = "--color-mode", paramLabel = "MODE", description = "For a named network: rgb or grayscale (default: rgb).")
    private Optional<ColorMode> colorMode = Optional.empty();

    @Option(names = "--classes", paramLabel = "N", description = "For a named network: number of classes (default: 2).")
    private Optional<Integer> classes = Optional.empty();

    SummaryCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        try (var engine = Engine.cpu(1)) {
            new SummaryTable(console().width()).of(model(engine)).forEach(console()::say);
        }
        return 0;
    }

    private Model model(Engine engine) {
        var path = Path.of(model);
        if (NetworkNames.isKnown(model) || !Files.exists(path)) return named(engine);
        if (imageSize.isPresent() || colorMode.isPresent() || classes.isPresent()) {
            throw Problem.USAGE_CONFLICT.because(model + " is a file, which knows its own pictures and classes",
                    "leave --image-size, --color-mode and --classes out");
        }
        return ModelFile.load(ModelOptions.file(path), engine).model();
    }

    private Model named(Engine engine) {
        NetworkNames.check(model);
        classes.ifPresent(n -> Values.check(n >= 2 && n <= 1_000_000, "--classes", n, "at least 2"));
        var size = imageSize.orElse(new ImageSize(128, 128));
        int channels = colorMode.orElse(ColorMode.RGB) == ColorMode.RGB ? 3 : 1;
        return Model.of(NetworkNames.network(model, classes.orElse(2)), Shape.of(size.height(), size.width(), channels),
                0, engine);
    }
}
