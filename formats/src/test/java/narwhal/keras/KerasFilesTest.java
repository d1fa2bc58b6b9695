package narwhal.keras;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.models.Recipe;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Oracle: models, predictions and losses of the real Keras 3.15 (`make_keras_files.py`), one for each layer and optimizer.
class KerasFilesTest {
    private static final Engine ENGINE = Engine.cpu(1);

    @TempDir
    Path folder;

    @AfterAll
    static void close() {
        ENGINE.close();
    }

    static Stream<Case> cases() {
        return Case.all().stream();
    }

    private static KerasModel read(Case keras, String ending) {
        return KerasFiles.read(Bytes.of(keras.files().get(ending), keras.name() + ending), ENGINE, Limits.standard());
    }

    @ParameterizedTest
    @MethodSource("cases")
    void predictsAndTrainsAsInKeras(Case keras) {
        for (var ending : List.of(".keras", ".h5")) {
            if (!keras.files().containsKey(ending)) continue;
            var loaded = read(keras, ending);
            assertThat(loaded.notes()).as(keras.name() + ending).isEmpty();
            keras.assertPredictions(loaded.model(), ending);
            keras.assertTraining(loaded, ending);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void comesBackAsItWas(Case keras) {
        var loaded = read(keras, ".keras");
        for (var format : List.of(KerasFormat.KERAS, KerasFormat.H5)) {
            var file = folder.resolve(keras.name() + "." + format);
            KerasFiles.write(loaded, format, file);
            var again = KerasFiles.read(file, ENGINE);

            assertThat(again.model().weightsSha256()).as(format + "").isEqualTo(loaded.model().weightsSha256());
            keras.assertPredictions(again.model(), " through " + format);
            keras.assertTraining(again, " through " + format);
        }
    }

    @Test
    void theSameModelGivesTheSameBytes() {
        var loaded = read(Case.named("residual"), ".keras");
        for (var format : KerasFormat.values()) {
            KerasFiles.write(loaded, format, folder.resolve("a"));
            KerasFiles.write(loaded, format, folder.resolve("b"));

            assertThat(folder.resolve("a")).as(format + "").hasSameBinaryContentAs(folder.resolve("b"));
        }
    }

    /// As `sha256sum -c` reads it. Oracle: the JDK's own digest of the whole file.
    @Test
    void aHashLiesBesideFilesWithoutChecksums() throws IOException, NoSuchAlgorithmException {
        var loaded = read(Case.named("conv2d"), ".keras");
        for (var name : List.of("model.h5", "model.weights.h5")) {
            KerasFiles.write(loaded, folder.resolve(name));
            var hash = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(folder.resolve(name)));

            assertThat(folder.resolve(name + ".sha256"))
                    .hasContent(HexFormat.of().formatHex(hash) + "  " + name + "\n");
        }
        KerasFiles.write(loaded, folder.resolve("model.keras"));
        assertThat(folder.resolve("model.keras.sha256")).doesNotExist();
    }

    @Test
    void readsWeightsAloneIntoAModelOfTheSameLayers() throws IOException {
        for (var name : List.of("conv2d", "residual", "nested")) {
            var keras = Case.named(name);
            var fresh = KerasFiles.architecture(write(keras, ".json"), Limits.standard());
            var model = narwhal.models.Model.of(fresh.network(), fresh.input(), 1, ENGINE);
            if (!name.equals("nested")) { // Keras keeps weights of nested models in groups of their own
                KerasFiles.readWeights(write(keras, ".weights.h5"), model, Limits.standard());
                keras.assertPredictions(model, ".weights.h5");
            }
            for (var format : List.of(KerasFormat.WEIGHTS_H5, KerasFormat.LEGACY_WEIGHTS_H5)) {
                var file = folder.resolve(name + format);
                KerasFiles.write(read(keras, ".keras"), format, file);
                var other = narwhal.models.Model.of(fresh.network(), fresh.input(), 2, ENGINE);
                KerasFiles.readWeights(file, other, Limits.standard());
                keras.assertPredictions(other, " " + format);
            }
        }
    }

    private Path write(Case keras, String ending) throws IOException {
        return Files.write(folder.resolve(keras.name() + ending), keras.files().get(ending));
    }

    @Test
    void theRecipeTravelsWithTheModel() {
        var recipe = new Recipe(List.of("no orca", "Schwertwal 🐋"), 8, 8, false, "nearest", 1.0 / 255, true, false,
                List.of(0.5f, 0.25f, 0.1f), List.of(1f, 2f, 3f));
        var loaded = read(Case.named("conv2d"), ".keras").recipe(recipe);
        for (var format : List.of(KerasFormat.KERAS, KerasFormat.H5, KerasFormat.H5_KERAS_2_2)) {
            KerasFiles.write(loaded, format, folder.resolve("model"));

            assertThat(KerasFiles.read(folder.resolve("model"), ENGINE).recipe()).as(format + "").contains(recipe);
        }
        KerasFiles.write(loaded, KerasFormat.JSON, folder.resolve("model.json"));
        assertThat(KerasFiles.architecture(folder.resolve("model.json"), Limits.standard()).recipe()).contains(recipe);
        assertThat(read(Case.named("conv2d"), ".keras").recipe()).isEqualTo(Optional.empty());
    }
}
