package narwhal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import narwhal.engine.Engine;
import narwhal.errors.Problem;
import narwhal.models.Recipe;
import narwhal.training.RunFolder;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// A trained model.
final class ModelOptions {
    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model: a checkpoint, a .keras or .h5 file of Keras, or a run folder, which means its best checkpoint.")
    @SuppressWarnings("NullAway.Init") // by picocli
    private Path model;

    Path path() {
        return model;
    }

    /// The file that is meant.
    ///
    /// @throws narwhal.errors.NarwhalException `DATA_NOT_FOUND`, `CKPT_NONE_VALID`
    Path file() {
        return file(model);
    }

    static Path file(Path model) {
        if (!Files.exists(model)) {
            throw Problem.DATA_NOT_FOUND.because(model + ": no such file or run folder",
                    NearestFile.advice(model, "check the path"));
        }
        if (!Files.isDirectory(model)) return model;
        return RunFolder.bestOf(model).orElseThrow(() -> Problem.CKPT_NONE_VALID.because(
                model + ": no best checkpoint in it", "give a run folder in which an epoch was finished, or a file"));
    }

    @Mixin
    private final RecipeOptions recipe = new RecipeOptions();

    @Mixin
    private final LimitOptions limits = new LimitOptions();

    /// The model with the recipe for its pictures. What the options say counts more than what the file says.
    ///
    /// @throws narwhal.errors.NarwhalException `CKPT_…`, `MODEL_…`
    Trained load(Engine engine, Console console) {
        var file = file();
        var loaded = ModelReading.read(file, engine, limits.limits(), console);
        var known = recipe.of(loaded.model()).or(loaded::recipe).orElseThrow(() -> Problem.MODEL_UNKNOWN_FORMAT.because(
                file + ": says neither its classes nor how its pictures were prepared",
                "add --class-names and --rescale"));
        return new Trained(loaded.model(), known);
    }

    /// A model that knows its classes.
    record Trained(narwhal.models.Model model, Recipe recipe) {}
}
