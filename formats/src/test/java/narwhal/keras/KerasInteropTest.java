package narwhal.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import narwhal.engine.Engine;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.models.Recipe;
import narwhal.python.Python;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Oracle: the real Keras, which loads what we write and must predict and train on as it did with its own files.
class KerasInteropTest {
    @TempDir
    Path folder;

    @Test
    void kerasReadsWhatWeWrite() {
        Python.assume();
        var recipe = new Recipe(List.of("a", "b"), 8, 8, false, "nearest", 1.0 / 255);
        try (var engine = Engine.cpu(1)) {
            for (var keras : Case.all()) {
                var loaded = KerasFiles.read(Bytes.of(keras.files().get(".keras"), keras.name()), engine,
                        Limits.standard()).recipe(recipe);
                for (var ending : List.of(".keras", ".h5", ".weights.h5", ".json"))
                    KerasFiles.write(loaded, folder.resolve(keras.name() + ending));
                KerasFiles.write(loaded, KerasFormat.LEGACY_WEIGHTS_H5, folder.resolve(keras.name() + ".legacy.h5"));
            }
        }
        var said = Python.run(KerasInteropTest.class, "read_ours.py", folder);

        assertThat(said).as(said).endsWith("\nall as expected\n");
    }
}
