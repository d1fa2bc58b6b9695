package narwhal.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import narwhal.data.PictureSource;
import narwhal.data.synth.OrcaSynth;
import narwhal.data.synth.OrcaSynth.Part;
import narwhal.data.synth.PictureFolders;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The whole script, on a handful of pictures.
class OrcaTest {
    @TempDir
    Path folder;

    @Test
    void theWholeScriptRuns() {
        Map<String, PictureSource> parts = new LinkedHashMap<>();
        parts.put("train", new Few(OrcaSynth.standard().part(Part.TRAIN), 6));
        parts.put("validation", new Few(OrcaSynth.standard().part(Part.VALIDATION), 4));
        PictureFolders.write(parts, folder.resolve("data"));

        var history = Orca.train(folder.resolve("data"), 128, 128, 3, 1, folder);

        assertThat(history.epochs()).hasSize(1);
        var epoch = history.epochs().getFirst();
        assertThat(epoch.metrics()).containsOnlyKeys("loss", "accuracy", "val_loss", "val_accuracy");
        assertThat(epoch.metric("loss").orElseThrow()).isBetween(0.3, 1.5); // a guess is ln 2 = 0.693
        assertThat(epoch.learningRate()).isEqualTo((double) 3e-5f);
        assertThat(epoch.audit().orElseThrow().images()).isEqualTo(4);
        var saved = folder.toFile().list((where, name) -> name.matches("checkpointORCA_adam-01-\\d\\.\\d\\d\\.ckpt"));
        assertThat(saved).hasSize(1);
        try (var engine = Engine.cpu(1)) {
            var model = ModelFile.load(folder.resolve(saved[0]), engine).model();
            assertThat(model.output()).isEqualTo(Shape.of(1));
        }
    }

    /// The number is Keras 3.15.1's for the same network, see `keras-semantics.md` 1.7 and `keras_summary.py`.
    @Test
    void theNetworkIsTheSeeds() {
        try (var engine = Engine.cpu(1)) {
            var model = Model.of(Orca.network(), Shape.of(128, 128, 3), 0, engine);
            assertThat(model.parameters().stream().mapToLong(p -> p.value().shape().size()).sum())
                    .isEqualTo(2_893_729);
        }
    }
}
