package narwhal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import narwhal.engine.Engine;
import narwhal.errors.Problem;
import narwhal.keras.KerasFiles;
import narwhal.keras.KerasFormat;
import narwhal.keras.KerasModel;
import narwhal.models.ModelFile;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `narwhal convert`: a model from one format into another.
@CommandLine.Command(name = "convert", description = {
    "Writes a model in another format: .keras, .h5, .weights.h5 or .json for Keras, .ckpt for Narwhal.", "",
    "The end of TO says which. Weights, class names, the treatment of pictures and the optimizer's memory, from a run or between Keras' formats, go along. TO is replaced whole or not at all."})
final class ConvertCommand extends Command {
    private static final Set<KerasFormat> WITH_OPTIMIZER = EnumSet.of(KerasFormat.KERAS, KerasFormat.H5,
            KerasFormat.H5_KERAS_2_2, KerasFormat.WEIGHTS_H5);

    /// The formats by their words.
    enum Format {
        KERAS(KerasFormat.KERAS),
        H5(KerasFormat.H5),
        H5_KERAS_2_2(KerasFormat.H5_KERAS_2_2),
        WEIGHTS(KerasFormat.WEIGHTS_H5),
        LEGACY_WEIGHTS(KerasFormat.LEGACY_WEIGHTS_H5),
        JSON(KerasFormat.JSON),
        CKPT(null);

        private final @Nullable KerasFormat keras;

        Format(@Nullable KerasFormat keras) {
            this.keras = keras;
        }
    }

    @Parameters(index = "0", paramLabel = "FROM", description = "A model, a checkpoint, or a run folder.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path from;

    @Parameters(index = "1", paramLabel = "TO", description = "The file to be written.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path to;

    @Option(names = "--format", paramLabel = "FORMAT", description = "Instead of the end of TO: keras, h5, h5_keras_2_2 (learning rate under its old name), weights, legacy_weights, json or ckpt.")
    private Optional<Format> format = Optional.empty();

    @Option(names = "--architecture", paramLabel = "FILE", description = "Where FROM holds weights alone: a file with the network, such as a .json.")
    private Optional<Path> architecture = Optional.empty();

    @Mixin
    private final RecipeOptions recipe = new RecipeOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    ConvertCommand(Console console) {
        super(console);
    }

    @Override
    int execute() {
        requirePlace(to);
        var target = format.map(chosen -> Optional.ofNullable(chosen.keras)).orElseGet(() -> named(to));
        try (var engine = Engine.cpu(1)) {
            var read = read(ModelOptions.file(from), engine);
            var model = recipe.of(read.model()).map(read::recipe).orElse(read);
            if (target.isPresent()) KerasFiles.write(model, target.get(), to);
            else
                ModelFile.save(model.model(), model.recipe(), to);
            long weights = model.model().parameters().stream().mapToLong(p -> p.value().shape().size()).sum();
            boolean keepsState = model.compiled().flatMap(c -> c.state()).isPresent()
                    && target.filter(WITH_OPTIMIZER::contains).isPresent();
            console().say(String.format(Locale.ROOT, "%s: %,d layers, %,d weights%s.", to,
                    model.model().layers().size(), weights, keepsState ? ", the optimizer's memory" : ""));
        }
        return 0;
    }

    /// What is wrong with the place is said before the work, and not as a failure of the disk.
    private static void requirePlace(Path file) {
        if (Files.isDirectory(file)) throw Problem.USAGE_VALUE.because(file + ": is a folder", "name a file in it");
        var folder = file.toAbsolutePath().getParent();
        if (folder != null && !Files.isDirectory(folder)) {
            throw Problem.USAGE_VALUE.because(file + ": there is no folder " + folder,
                    NearestFile.advice(folder, "make it first"));
        }
    }

    private KerasModel read(Path file, Engine engine) {
        if (architecture.isEmpty()) {
            var read = ModelReading.read(file, engine, limits.limits(), console());
            return ModelReading.isKeras(file, limits.limits())
                    ? read
                    : RunCheckpoint.of(file, read.model(), console()).orElse(read);
        }
        var read = KerasFiles.read(architecture.get(), file, engine, limits.limits());
        read.notes().forEach(note -> console().remark(architecture.get() + ": " + note));
        return read;
    }

    /// The format that the end of a name asks for; empty for Narwhal's own.
    private static Optional<KerasFormat> named(Path file) {
        if (file.toString().toLowerCase(Locale.ROOT).endsWith(".ckpt")) return Optional.empty();
        return Optional.of(KerasFormat.of(file)
                .orElseThrow(() -> Problem.USAGE_VALUE.because(file + ": its end names no format",
                        "end it with .keras, .h5, .weights.h5, .json or .ckpt, or add --format")));
    }
}
