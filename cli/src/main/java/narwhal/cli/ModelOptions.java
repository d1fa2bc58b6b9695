package narwhal.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import narwhal.engine.Engine;
import narwhal.errors.Problem;
import narwhal.models.ModelFile;
import narwhal.models.Recipe;
import narwhal.training.RunFolder;
import picocli.CommandLine.Option;

/// A trained model.
final class ModelOptions {
    @Option(names = "--model", paramLabel = "FILE", required = true, description = "The model: a checkpoint, or a run folder, which means its best checkpoint.")
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
            throw Problem.DATA_NOT_FOUND.because("--model " + model + ": no such file or run folder",
                    NearestFile.advice(model, "check the path"));
        }
        if (!Files.isDirectory(model)) return model;
        return RunFolder.bestOf(model).orElseThrow(() -> Problem.CKPT_NONE_VALID.because(
                model + ": no best checkpoint in it", "give a run folder in which an epoch was finished, or a file"));
    }

    /// The model with the recipe for its pictures.
    ///
    /// @throws narwhal.errors.NarwhalException `CKPT_…`, `MODEL_…`
    Trained load(Engine engine) {
        var file = file();
        var loaded = ModelFile.load(file, engine);
        var recipe = loaded.recipe().orElseThrow(() -> Problem.MODEL_UNKNOWN_FORMAT.because(
                file + ": the model was not trained on pictures", "give a model that was"));
        return new Trained(loaded.model(), recipe);
    }

    /// A model that knows its classes.
    record Trained(narwhal.models.Model model, Recipe recipe) {}
}
