package narwhal.keras;

import static narwhal.losses.Losses.*;
import static narwhal.metrics.Metrics.*;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.engine.Engine;
import narwhal.guarded.Bytes;
import narwhal.guarded.Limits;
import narwhal.initializers.Initializers;
import narwhal.initializers.VarianceScaling;
import narwhal.layers.Dense;
import narwhal.layers.Layer;
import narwhal.layers.Named;
import narwhal.layers.Sequential;
import narwhal.metrics.Auc;
import narwhal.metrics.FBeta;
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
            if (!keras.name().startsWith("nested")) // written as the layers in them
                assertThat(again.model().network()).as(format + "").isEqualTo(loaded.model().network());
            assertThat(trained(again)).as(format + "").isEqualTo(trained(loaded));
            keras.assertPredictions(again.model(), " through " + format);
            keras.assertTraining(again, " through " + format);
        }
    }

    private static List<Object> trained(KerasModel model) {
        var compiled = model.compiled().orElseThrow();
        return List.of(compiled.optimizer(), compiled.loss(), compiled.metrics());
    }

    /// Expected: what the script says of each.
    @Test
    void readsLossesAndMetricsWithTheirArguments() {
        var expected = Map.of("loss_smoothing",
                List.of(binaryCrossentropy().labelSmoothing(0.1), auc(), precision(), recall().threshold(0.4)),
                "loss_logits",
                List.of(categoricalCrossentropy().fromLogits(true), categoricalAccuracy(), topKCategoricalAccuracy(2),
                        f1Score()),
                "loss_squared", List.of(meanSquaredError(), binaryAccuracy().threshold(0.4)), "metrics",
                List.of(categoricalCrossentropy(),
                        auc().numThresholds(50).curve(Auc.Curve.PR).summation(Auc.Summation.MINORING),
                        precision().threshold(0.3).classId(1), recall().threshold(0.4).classId(2),
                        fBetaScore(2).average(FBeta.Average.WEIGHTED).threshold(0.25),
                        f1Score().average(FBeta.Average.MICRO).threshold(0.4)),
                "metrics_logits",
                List.of(binaryCrossentropy().fromLogits(true), binaryAccuracy().threshold(0),
                        auc().fromLogits(true).summation(Auc.Summation.MAJORING)),
                "metrics_sparse", List.of(sparseCategoricalCrossentropy(), sparseCategoricalAccuracy(),
                        sparseTopKCategoricalAccuracy(2)));
        expected.forEach((name, values) -> {
            for (var ending : List.of(".keras", ".h5")) {
                var compiled = read(Case.named(name), ending).compiled().orElseThrow();
                var came = new ArrayList<Object>(List.of(compiled.loss()));
                came.addAll(compiled.metrics());
                assertThat(came).as(name + ending).isEqualTo(values);
            }
        });
    }

    /// Expected: what the script says. Glorot, He and LeCun are variances that are scaled.
    @Test
    void readsEveryInitializer() {
        var expected = List.of(Initializers.zeros(), Initializers.ones(), Initializers.constant(0.3),
                Initializers.randomUniform(-0.2, 0.4), Initializers.randomNormal(0.1, 0.2),
                Initializers.truncatedNormal(-0.1, 0.3), Initializers.glorotUniform(), Initializers.glorotNormal(),
                Initializers.heUniform(), Initializers.heNormal(), Initializers.lecunUniform(),
                Initializers.lecunNormal(),
                new VarianceScaling(3, VarianceScaling.Mode.FAN_OUT, VarianceScaling.Distribution.UNTRUNCATED_NORMAL));
        for (var ending : List.of(".keras", ".h5")) {
            var network = (Sequential) read(Case.named("initializers"), ending).model().network();
            var came = network.layers().stream().map(KerasFilesTest::plain).filter(Dense.class::isInstance)
                    .map(dense -> ((Dense) dense).kernel().initializer()).limit(expected.size()).toList();
            assertThat(came).as(ending).isEqualTo(expected);
        }
    }

    private static Layer plain(Layer layer) {
        return layer instanceof Named named ? named.layer() : layer;
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
            var theirs = write(keras, ".weights.h5");
            if (!name.equals("nested")) {
                KerasFiles.readWeights(theirs, model, Limits.standard());
                keras.assertPredictions(model, ".weights.h5");
            }
            keras.assertPredictions(KerasFiles.read(write(keras, ".json"), theirs, ENGINE, Limits.standard()).model(),
                    ".json with .weights.h5");
            var whole = KerasFiles.read(write(keras, ".h5"), theirs, ENGINE, Limits.standard());
            keras.assertPredictions(whole.model(), ".h5 with .weights.h5");
            keras.assertTraining(whole, ".h5 with .weights.h5");
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
