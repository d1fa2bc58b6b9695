package narwhal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.keras.KerasFiles;
import narwhal.layers.Builder;
import narwhal.layers.Builder.Built;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `narwhal summary`: the layers of a network.
@CommandLine.Command(name = "summary", description = {
    "Prints the layers of a network with their shapes and parameters, as Keras 3 does."})
final class SummaryCommand extends Command {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A checkpoint, a file of Keras, also one without weights, or a run folder.")
    private Optional<Path> file = Optional.empty();

    @Option(names = "--model", paramLabel = "M", description = "Instead of FILE: one of ${COMPLETION-CANDIDATES}, a file, or a run folder.", completionCandidates = NetworkNames.class)
    private Optional<String> model = Optional.empty();

    @Option(names = "--image-size", paramLabel = "HxW", description = "For a named network: height and width of the pictures (default: 128x128).")
    private Optional<ImageSize> imageSize = Optional.empty();

    @Option(names = "--color-mode", paramLabel = "MODE", description = "For a named network: rgb or grayscale (default: rgb).")
    private Optional<ColorMode> colorMode = Optional.empty();

    @Option(names = "--classes", paramLabel = "N", description = "For a named network: number of classes (default: 2).")
    private Optional<Integer> classes = Optional.empty();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    SummaryCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        if (file.isPresent() == model.isPresent())
            throw Problem.USAGE_CONFLICT.because("summary takes FILE or --model", "give one of them");
        new SummaryTable(console().width()).of(layers()).forEach(console()::say);
        return 0;
    }

    private List<Built> layers() {
        var path = file.orElseGet(() -> Path.of(model.orElseThrow()));
        if (file.isEmpty() && (NetworkNames.isKnown(model.orElseThrow()) || !Files.exists(path))) {
            try (var engine = Engine.cpu(1)) {
                return named(model.orElseThrow(), engine).layers();
            }
        }
        if (imageSize.isPresent() || colorMode.isPresent() || classes.isPresent()) {
            throw Problem.USAGE_CONFLICT.because(path + " is a file, which knows its own pictures and classes",
                    "leave --image-size, --color-mode and --classes out");
        }
        return ofFile(ModelOptions.file(path));
    }

    /// Of Keras' files only the architecture is read.
    private List<Built> ofFile(Path path) {
        if (ModelReading.isKeras(path, limits.limits())) {
            var architecture = KerasFiles.architecture(path, limits.limits());
            architecture.notes().forEach(note -> console().remark(path + ": " + note));
            return Builder.plan(architecture.network(), architecture.input());
        }
        try (var engine = Engine.cpu(1)) {
            return ModelFile.load(path, engine).model().layers();
        }
    }

    private Model named(String name, Engine engine) {
        NetworkNames.check(name);
        classes.ifPresent(n -> Values.check(n >= 2 && n <= 1_000_000, "--classes", n, "at least 2"));
        var size = imageSize.orElse(new ImageSize(128, 128));
        int channels = colorMode.orElse(ColorMode.RGB) == ColorMode.RGB ? 3 : 1;
        return Model.of(NetworkNames.network(name, classes.orElse(2)), Shape.of(size.height(), size.width(), channels),
                0, engine);
    }
}
