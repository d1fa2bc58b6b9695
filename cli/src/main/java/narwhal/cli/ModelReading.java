package narwhal.cli;

import java.nio.file.Path;
import narwhal.engine.Engine;
import narwhal.guarded.Limits;
import narwhal.keras.KerasFiles;
import narwhal.keras.KerasModel;
import narwhal.models.ModelFile;

/// Models in any format, told apart by their first bytes.
final class ModelReading {
    private ModelReading() {
    }

    /// Reads a model.
    ///
    /// @param console gets what the reader of a file should know
    /// @throws narwhal.errors.NarwhalException `CKPT_…`, `MODEL_…`
    static KerasModel read(Path file, Engine engine, Limits limits, Console console) {
        if (!KerasFiles.matches(file, limits)) {
            var loaded = ModelFile.load(file, engine);
            var model = KerasModel.of(loaded.model());
            return loaded.recipe().map(model::recipe).orElse(model);
        }
        var model = KerasFiles.read(file, engine, limits);
        model.notes().forEach(note -> console.remark(file + ": " + note));
        return model;
    }
}
