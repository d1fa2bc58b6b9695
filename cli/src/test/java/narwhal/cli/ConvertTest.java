package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import narwhal.engine.Engine;
import narwhal.engine.Shape;
import narwhal.errors.Problem;
import narwhal.json.Json;
import narwhal.keras.KerasFiles;
import narwhal.layers.Layers;
import narwhal.models.Model;
import narwhal.models.ModelFile;
import narwhal.models.Recipe;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Oracle: a model that goes through every format and predicts the same, to the last digit.
class ConvertTest {
    @TempDir
    static Path folder;
    private static Path original;
    private static Path picture;

    @BeforeAll
    static void write() throws IOException {
        original = folder.resolve("original.ckpt");
        try (var engine = Engine.cpu(1)) {
            var network = Layers.sequential(Layers.conv2d(4, 3), Layers.relu(), Layers.flatten(), Layers.dense(3),
                    Layers.softmax());
            ModelFile.save(Model.of(network, Shape.of(16, 16, 3), 1, engine),
                    Optional.of(new Recipe(List.of("a", "b", "größer"), 16, 16, false, "nearest", 1.0 / 255)),
                    original);
        }
        TestPictures.classes(folder.resolve("pictures"), 1, 16, 0);
        try (var files = Files.walk(folder.resolve("pictures"))) {
            picture = files.filter(Files::isRegularFile).sorted().findFirst().orElseThrow();
        }
    }

    private static String predicted(Path model, String... more) {
        var words = new java.util.ArrayList<>(List.of("predict", "--model", model.toString(), "--format", "json",
                picture.toString()));
        words.addAll(List.of(more));
        var outcome = Outcome.of(words.toArray(String[]::new));
        assertThat(outcome.code()).as(outcome.err()).isZero();
        return outcome.out();
    }

    private static Outcome convert(Path from, Path to, String... more) {
        var words = new java.util.ArrayList<>(List.of("convert", from.toString(), to.toString()));
        words.addAll(List.of(more));
        return Outcome.of(words.toArray(String[]::new));
    }

    @Test
    void allFormatsPredictTheSame() {
        var before = original;
        for (var name : List.of("a.keras", "b.h5", "c.ckpt", "d.hdf5", "e.keras")) {
            var after = folder.resolve(name);
            var outcome = convert(before, after);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out()).isEqualTo(after + ": 5 layers, 2,467 weights.\n");
            assertThat(predicted(after)).isEqualTo(predicted(original));
            before = after;
        }
    }

    @Test
    void weightsAndArchitectureComeTogether() {
        assertThat(convert(original, folder.resolve("x.weights.h5")).code()).isZero();
        assertThat(convert(original, folder.resolve("old.h5"), "--format", "legacy_weights").code()).isZero();
        assertThat(convert(original, folder.resolve("x.json")).code()).isZero();
        for (var weights : List.of("x.weights.h5", "old.h5")) {
            var joined = folder.resolve(weights + ".keras");
            assertThat(convert(folder.resolve(weights), joined, "--architecture", folder.resolve("x.json").toString())
                    .code())
                    .isZero();
            assertThat(predicted(joined)).isEqualTo(predicted(original));
        }
        var alone = convert(folder.resolve("x.weights.h5"), folder.resolve("y.keras"));
        assertThat(alone.code()).isEqualTo(6);
        assertThat(alone.errors()).singleElement().asString().startsWith("E-MODEL-UNKNOWN-FORMAT")
                .contains("weights without an architecture");
    }

    @Test
    void aModelWithoutARecipeAsksForOne() {
        var bare = folder.resolve("bare.ckpt");
        try (var engine = Engine.cpu(1)) {
            ModelFile.save(ModelFile.load(original, engine).model(), Optional.empty(), bare);
        }
        var keras = folder.resolve("bare.keras");
        assertThat(convert(bare, keras).code()).isZero();
        var refused = Outcome.of("predict", "--model", keras.toString(), picture.toString());
        assertThat(refused.code()).isEqualTo(6);
        assertThat(refused.errors()).singleElement().asString().contains("add --class-names and --rescale");
        assertThat(predicted(keras, "--class-names", "a,b,größer", "--rescale", "0.00392156862745098"))
                .isEqualTo(predicted(original));
    }

    @Test
    void summaryReadsAllOfThem() {
        var expected = Outcome.of("summary", original.toString()).out();
        assertThat(expected).contains("Total params: 2,467");
        for (var name : List.of("s.keras", "s.h5", "s.json")) {
            assertThat(convert(original, folder.resolve(name)).code()).isZero();
            assertThat(Outcome.of("summary", folder.resolve(name).toString()).out()).isEqualTo(expected);
        }
    }

    /// Oracle: what the training's own validation said after that epoch, in batches of the same size, and the converted file without the recipe.
    @Test
    void trainingWritesKerasFilesThatScoreAsItSaid() throws IOException {
        var data = TestPictures.divided(folder.resolve("data"), 8, 8, 0, 16);
        var run = folder.resolve("run");
        for (var ending : List.of(".keras", ".h5")) {
            var trained = Outcome.of("train", data.toString(), "--model", "tiny", "--epochs", "2", "--batch-size", "4",
                    "--image-size", "16x16", "--seed", "5", "--color-mode", "grayscale", "--checkpoint",
                    "m-{epoch}" + ending, "--run-dir", run + ending);
            assertThat(trained.code()).as(trained.err()).isZero();
            var last = SmallRun.Result.of(Path.of(run + ending)).history().getLast();
            var saved = Path.of(run + ending, "m-2" + ending);
            var outcome = Outcome.of("evaluate", data.resolve("validation").toString(), "--model", saved.toString(),
                    "--format", "json", "--batch-size", "4");
            assertThat(outcome.code()).as(outcome.err()).isZero();
            var scored = Json.parse(outcome.out().getBytes(StandardCharsets.UTF_8), Problem.INTERNAL, "scored");
            assertThat(scored.path("loss").asDouble()).isEqualTo(last.metric("val_loss").orElseThrow());
            assertThat(scored.path("accuracy").asDouble()).isEqualTo(last.metric("val_accuracy").orElseThrow());
            try (var engine = Engine.cpu(1)) {
                var state = KerasFiles.read(saved, engine).compiled().orElseThrow().state().orElseThrow();
                assertThat(state.iterations()).isEqualTo(8);
            }
        }
    }

    /// Oracle: the file that the training itself wrote after its best epoch.
    @Test
    void aRunIsConvertedWithItsOptimizersMemory() throws IOException {
        var data = TestPictures.divided(folder.resolve("remembered"), 8, 8, 0, 16);
        for (var optimizer : List.of("adam", "sgd")) {
            var run = folder.resolve("remembering-" + optimizer);
            var words = new java.util.ArrayList<>(List.of("train", data.toString(), "--model", "tiny", "--epochs", "3",
                    "--batch-size", "4", "--image-size", "16x16", "--seed", "5", "--checkpoint", "best.keras",
                    "--save-best-only", "--run-dir", run.toString(), "--optimizer", optimizer));
            if (optimizer.equals("sgd")) words.addAll(List.of("--momentum", "0.9"));
            assertThat(Outcome.of(words.toArray(String[]::new)).code()).isZero();
            var converted = folder.resolve(optimizer + "-converted.keras");
            var outcome = convert(run, converted);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            assertThat(outcome.out()).endsWith("weights, the optimizer's memory.\n");
            try (var engine = Engine.cpu(1)) {
                var kept = KerasFiles.read(converted, engine).compiled().orElseThrow();
                var expected = KerasFiles.read(run.resolve("best.keras"), engine).compiled().orElseThrow();
                assertThat(kept.optimizer()).isEqualTo(expected.optimizer());
                assertThat(kept.loss()).isEqualTo(expected.loss());
                var state = kept.state().orElseThrow();
                assertThat(state.iterations()).isEqualTo(expected.state().orElseThrow().iterations()).isPositive();
                assertThat(state.learningRate()).isEqualTo(expected.state().orElseThrow().learningRate());
                assertThat(state.slots()).isNotEmpty();
                for (int i = 0; i < state.slots().size(); i++) {
                    assertThat(state.slots().get(i).floats())
                            .isEqualTo(expected.state().orElseThrow().slots().get(i).floats());
                }
            }
            // Away from its run nobody knows the optimizer.
            var copy = Files.copy(narwhal.training.RunFolder.bestOf(run).orElseThrow(),
                    folder.resolve(optimizer + "-copy.ckpt"));
            assertThat(convert(copy, folder.resolve("alone.keras")).out()).endsWith(" weights.\n");
        }
    }

    @Test
    void whatCannotBeConvertedIsOneLine() {
        for (var words : List.of("convert {o} {f}/x.onnx", "convert {o} {f}/x.keras --format pickle",
                "convert {f}/none.h5 {f}/x.h5",
                "summary", "convert {p} {f}/x.h5", "convert {o} {f}/x.keras --limit pixels=3",
                "convert {o} {f}/x.keras --class-names a,b --rescale 1")) {
            var outcome = Outcome.ofText(words.replace("{o}", original.toString()).replace("{f}", folder.toString())
                    .replace("{p}", picture.toString()));
            assertThat(outcome.code()).as(words).isNotZero().isNotEqualTo(1);
            assertThat(outcome.errors()).as(words).singleElement().asString().startsWith("E-");
        }
    }

    @Test
    void thePlaceIsLookedAtBeforeTheWork() throws IOException {
        var taken = Files.createDirectory(folder.resolve("taken.keras"));
        assertThat(convert(original, taken).errors()).singleElement().asString().startsWith("E-USAGE-VALUE")
                .contains("is a folder");
        assertThat(convert(original, folder.resolve("none/x.keras")).errors()).singleElement().asString()
                .startsWith("E-USAGE-VALUE")
                .contains("there is no folder");
        assertThat(folder.resolve("none")).doesNotExist();
    }
}
