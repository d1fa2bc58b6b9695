package narwhal.cli;

import java.nio.file.Path;
import narwhal.disk.Container;
import narwhal.engine.Engine;
import narwhal.errors.Problem;
import narwhal.guarded.Limits;
import narwhal.guarded.UntrustedFile;
import narwhal.keras.KerasFiles;
import narwhal.keras.KerasModel;
import narwhal.models.ModelFile;

/// Models in any format, told apart by their first bytes.
final class ModelReading {
    private static final int BEGINNING = 16;

    private ModelReading() {
    }

    /// Whether a model is in a file of Keras', by its first bytes, and otherwise in a checkpoint.
    ///
    /// @throws narwhal.errors.NarwhalException `MODEL_UNKNOWN_FORMAT` if it is in neither
    static boolean isKeras(Path file, Limits limits) {
        if (KerasFiles.matches(file, limits)) return true;
        try (var open = UntrustedFile.open(file, limits)) {
            var bytes = open.bytes();
            var beginning = bytes.read(0, (int) Math.min(BEGINNING, bytes.length()));
            if (Container.matches(beginning) || file.toString().endsWith(".ckpt")) return false;
            throw Problem.MODEL_UNKNOWN_FORMAT.because(file + ": " + (bytes.length() == 0
                    ? "is empty"
                    : "is neither a model of Keras nor a checkpoint"));
        }
    }

    /// Reads a model.
    ///
    /// @param console gets what the reader of a file should know
    /// @throws narwhal.errors.NarwhalException `CKPT_…`, `MODEL_…`
    static KerasModel read(Path file, Engine engine, Limits limits, Console console) {
        if (!isKeras(file, limits)) {
            var loaded = ModelFile.load(file, engine);
            var model = KerasModel.of(loaded.model());
            return loaded.recipe().map(model::recipe).orElse(model);
        }
        var model = KerasFiles.read(file, engine, limits);
        model.notes().forEach(note -> console.remark(file + ": " + note));
        return model;
    }
}
