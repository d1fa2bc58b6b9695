package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.stream.StreamSupport;
import narwhal.disk.Container;
import narwhal.errors.Problem;
import narwhal.json.Json;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// One training by the command line, and everything that scripts may rely on afterwards.
@TestInstance(Lifecycle.PER_CLASS)
class RunTest {
    private static final int EPOCHS = 6;

    @TempDir
    static Path folder;
    private Path run = Path.of("");
    private Outcome training = new Outcome(-1, "", "");

    @BeforeAll
    void train() throws IOException {
        TestPictures.divided(folder.resolve("data"), 40, 12, 10, 16);
        run = folder.resolve("run");
        training = Outcome.of("train", folder.resolve("data").toString(), "--model", "tiny", "--epochs", "" + EPOCHS,
                "--batch-size", "16", "--image-size", "16x16", "--seed", "3", "--threads", "2", "--run-dir",
                run.toString(), "--color-mode", "grayscale", "--learning-rate", "0.005", "--checkpoint",
                "best-{epoch:02d}-{val_loss:.2f}.ckpt", "--save-best-only", "--csv-log",
                folder.resolve("log.csv").toString(), "--reduce-lr-patience", "5", "--early-stopping-patience", "50");
    }

    private JsonNode runJson() throws IOException {
        return Json.parse(Files.readAllBytes(run.resolve("run.json")), Problem.INTERNAL, "run.json");
    }

    private List<JsonNode> epochs() throws IOException {
        return Files.readAllLines(run.resolve("epochs.jsonl")).stream()
                .map(line -> Json.parse(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), Problem.INTERNAL, line))
                .toList();
    }

    @Test
    void itEndsWellAndSaysWhereTheRunIs() {
        assertThat(training.code()).as(training.err()).isZero();
        assertThat(training.err()).isEmpty();
        assertThat(training.out()).contains("train: Found 80 images belonging to 2 classes.", "Epoch 1/6",
                "Best: epoch",
                "Run folder: " + run);
    }

    @Test
    void eachEpochHasTheFixedKeysAndTheAudit() throws IOException {
        assertThat(epochs()).hasSize(EPOCHS).allSatisfy(epoch -> {
            assertThat(epoch.propertyNames()).containsExactly("epoch", "loss", "accuracy", "val_loss", "val_accuracy",
                    "learning_rate", "seconds", "validation_audit");
            assertThat(epoch.path("validation_audit").path("images").asInt()).isEqualTo(24);
            assertThat(epoch.path("validation_audit").path("classes").path(0).path("scored").asInt()).isEqualTo(12);
        });
    }

    @Test
    void itLearns() throws IOException {
        assertThat(epochs().getLast().path("val_accuracy").asDouble()).isGreaterThanOrEqualTo(0.9);
    }

    /// The digest is computed here from the last checkpoint, as the issue defines it: all parameters, in order, as
    /// little-endian float32.
    @Test
    void theDigestIsThatOfTheLastCheckpointsWeights() throws IOException, NoSuchAlgorithmException {
        var digest = MessageDigest.getInstance("SHA-256");
        for (var section : Container.read(lastCheckpoint()).sections()) {
            if (!section.name().startsWith("weights/")) continue;
            var bytes = ByteBuffer.allocate(4 * section.floats().length).order(ByteOrder.LITTLE_ENDIAN);
            bytes.asFloatBuffer().put(section.floats());
            digest.update(bytes);
        }
        assertThat(runJson().path("weights_sha256").asString()).isEqualTo(HexFormat.of().formatHex(digest.digest()));
    }

    private Path lastCheckpoint() throws IOException {
        try (var files = Files.list(run.resolve("checkpoints"))) {
            return files.filter(file -> file.toString().contains("step-000000030")).findFirst().orElseThrow();
        }
    }

    @Test
    void everySettingIsRecorded() throws IOException {
        var settings = runJson().path("settings");
        var options = Outcome.commandLine().getSubcommands().get("train").getCommandSpec().options().stream()
                .map(Settings::name).filter(name -> !List.of("help", "debug", "resume", "run-dir").contains(name))
                .toList();
        assertThat(settings.propertyNames()).containsAll(options).contains("data");
        assertThat(settings.path("epochs").asInt()).isEqualTo(EPOCHS);
        assertThat(settings.path("image-size").asString()).isEqualTo("16x16");
        assertThat(settings.path("learning-rate").asDouble()).isEqualTo(0.005);
        var json = runJson();
        assertThat(json.path("data").path("train").path("images").asInt()).isEqualTo(80);
        assertThat(json.path("data").path("train").path("fingerprint").asString()).hasSize(64);
        assertThat(StreamSupport.stream(json.path("data").path("class_names").spliterator(), false)
                .map(JsonNode::asString)).containsExactly("bar", "dot");
        assertThat(json.path("machine").path("java").asString()).isEqualTo(Runtime.version().toString());
        assertThat(json.path("reproducible").asBoolean()).isTrue();
    }

    @Test
    void theTestSetIsScoredWithTheBestCheckpoint() throws IOException {
        var test = runJson().path("test");
        // In batches of the same size, so that the bits are the same.
        var again = Outcome.of("evaluate", folder.resolve("data/test").toString(), "--model", run.toString(),
                "--format", "json", "--batch-size", "16");
        var evaluation = Json.parse(again.out().getBytes(java.nio.charset.StandardCharsets.UTF_8), Problem.INTERNAL,
                "");
        assertThat(evaluation.path("loss").asDouble()).isEqualTo(test.path("loss").asDouble());
        assertThat(evaluation.path("accuracy").asDouble()).isEqualTo(test.path("accuracy").asDouble());
        assertThat(evaluation.path("images").asInt()).isEqualTo(20);
    }

    @Test
    void keraslikeCheckpointsLieInTheRunFolder() {
        assertThat(run.toFile().list((where, name) -> name.matches("best-0\\d-\\d\\.\\d\\d\\.ckpt"))).isNotEmpty();
        assertThat(folder.resolve("log.csv")).isNotEmptyFile();
    }

    @Test
    void theLogHasWhatTheTerminalShowed() throws IOException {
        assertThat(Files.readString(run.resolve("log.txt")).stripTrailing()).isEqualTo(training.out().stripTrailing());
    }

    @Test
    void aPredictionIsOneObjectForEachPictureAndLine() throws IOException {
        var pictures = folder.resolve("data/test/dot");
        var outcome = Outcome.of("predict", "--model", run.toString(), "--format", "json", pictures.toString());
        assertThat(outcome.code()).isZero();
        var lines = outcome.out().lines().toList();
        assertThat(lines).hasSize(10);
        int right = 0;
        for (var line : lines) {
            var json = Json.parse(line.getBytes(java.nio.charset.StandardCharsets.UTF_8), Problem.INTERNAL, line);
            assertThat(json.propertyNames()).containsExactly("path", "class", "probability", "probabilities");
            assertThat(Path.of(json.path("path").asString())).exists();
            double bar = json.path("probabilities").path(0).asDouble();
            double dot = json.path("probabilities").path(1).asDouble();
            assertThat(bar + dot).isBetween(0.999999, 1.000001);
            assertThat(json.path("probability").asDouble()).isEqualTo(Math.max(bar, dot));
            if (json.path("class").asString().equals("dot")) right++;
        }
        var test = Json.parse(Outcome.of("evaluate", folder.resolve("data/test").toString(), "--model", run.toString(),
                "--format", "json").out().getBytes(java.nio.charset.StandardCharsets.UTF_8), Problem.INTERNAL, "");
        assertThat(right).isEqualTo(test.path("classes").path(1).path("correct").asInt());
    }

    @Test
    void aBatchOfOnePredictsTheSameAsABatchOfMany() {
        var pictures = folder.resolve("data/test").toString();
        var one = Outcome.of("predict", "--model", run.toString(), "--format", "csv", "--batch-size", "1", pictures);
        var many = Outcome.of("predict", "--model", run.toString(), "--format", "csv", pictures);
        assertThat(one.out().lines()).hasSize(21);
        assertThat(one.out().lines().findFirst())
                .hasValue("path,class,probability,probability of bar,probability of dot");
        assertThat(one.out().lines().map(line -> line.split(",")[1]).toList())
                .isEqualTo(many.out().lines().map(line -> line.split(",")[1]).toList());
    }

    @Test
    void namesThatAFormulaCouldHideInAreQuoted() throws IOException {
        var odd = folder.resolve("odd");
        Files.createDirectories(odd);
        var picture = folder.resolve("data/test/dot/dot-20000.png");
        Files.copy(picture, odd.resolve("=1+1,2.png"));
        var outcome = new PredictionWriterProbe().csv(Path.of("=1+1,2.png"));
        assertThat(outcome).startsWith("\"'=1+1,2.png\",");
        assertThat(Outcome.of("predict", "--model", run.toString(), odd.toString()).code()).isZero();
    }

    /// Writes one line without a model.
    private static final class PredictionWriterProbe {
        String csv(Path path) {
            var out = new java.io.StringWriter();
            var writer = new java.io.PrintWriter(out);
            PredictionWriter
                    .of(PredictCommand.Format.CSV, List.of("a", "b"), new Console(writer, writer, false, false, 80))
                    .write(path, new Prediction(1, List.of(0.25f, 0.75f)));
            return out.toString().lines().skip(1).findFirst().orElseThrow();
        }
    }

    @Test
    void aBadPictureIsNamedAndTheOthersArePredicted() throws IOException {
        var mixed = folder.resolve("mixed");
        Files.createDirectories(mixed);
        Files.copy(folder.resolve("data/test/dot/dot-20000.png"), mixed.resolve("good.png"));
        Files.writeString(mixed.resolve("bad.png"), "no picture at all");
        var outcome = Outcome.of("predict", "--model", run.toString(), mixed.toString());
        assertThat(outcome.code()).isEqualTo(3);
        assertThat(outcome.err().lines()).hasSize(1);
        assertThat(outcome.err()).startsWith("E-IMG-UNKNOWN-FORMAT").contains("bad.png");
        assertThat(outcome.out().lines()).hasSize(1);
    }

    @Test
    void theSummaryOfTheRunIsThatOfItsNetwork() {
        var file = Outcome.of("summary", "--model", run.toString());
        var named = Outcome.of("summary", "--model", "tiny", "--image-size", "16", "--color-mode", "grayscale");
        assertThat(file.out()).isEqualTo(named.out()).contains("max_pooling2d_1 (MaxPooling2D)");
    }

    @Test
    void aFinishedRunIsNotTrainedAgain() throws IOException {
        var before = runJson().path("weights_sha256").asString();
        var other = Outcome.of("train", folder.resolve("data").toString(), "--run-dir", run.toString(), "--image-size",
                "16", "--model", "tiny");
        assertThat(other.code()).isEqualTo(7);
        assertThat(other.err()).startsWith("E-RUN-EXISTS");
        assertThat(runJson().path("weights_sha256").asString()).isEqualTo(before);
    }
}
