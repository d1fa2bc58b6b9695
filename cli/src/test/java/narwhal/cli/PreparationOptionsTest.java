package narwhal.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import narwhal.data.Subset;
import narwhal.data.ValidationSplit;
import narwhal.data.ValidationSplit.Rule;
import narwhal.data.augmentation.Augmentation;
import narwhal.data.augmentation.FillMode;
import narwhal.data.augmentation.Geometry;
import narwhal.data.augmentation.Shift;
import narwhal.data.picture.Interpolation;
import narwhal.errors.Problem;
import narwhal.history.EpochLines;
import narwhal.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/// How pictures are prepared and divided, from words to values, and from training to evaluation.
class PreparationOptionsTest {
    @TempDir
    private Path folder;

    private static <T> T parsed(T options, String words) {
        var line = new CommandLine(options);
        Values.register(line);
        line.parseArgs(words.isEmpty() ? new String[0] : words.split(" ", -1));
        return options;
    }

    private static Augmentation augmentation(String words) {
        var options = parsed(new AugmentationOptions(), words);
        options.check();
        return options.augmentation();
    }

    @Test
    void augmentationIsWhatKerasWordsMean() {
        assertThat(augmentation("")).isEqualTo(Augmentation.none());
        assertThat(augmentation("--zoom-range 0.2 --shear-range 0.2")).isEqualTo(
                Augmentation.none().zoom(0.8, 1.2).shear(0.2));
        assertThat(augmentation("--zoom-range 0.5,1 --rotation-range 9 --brightness-range 0.5,1.5 "
                + "--channel-shift-range 20 --horizontal-flip --vertical-flip --fill-mode constant --cval 7 "
                + "--interpolation-order 0 --geometry keras_2_9")).isEqualTo(
                        Augmentation.none().zoom(0.5, 1).rotation(9).brightness(0.5, 1.5).channelShift(20)
                                .horizontalFlip(true).verticalFlip(true).fillMode(FillMode.CONSTANT).fillValue(7)
                                .interpolation(Interpolation.NEAREST).geometry(Geometry.KERAS_2_9));
    }

    @Test
    void aShiftIsReadAsPythonReadsIt() {
        assertThat(augmentation("--width-shift-range 0.1 --height-shift-range 12.0")).isEqualTo(
                Augmentation.none().widthShift(Shift.within(0.1)).heightShift(Shift.within(12)));
        assertThat(augmentation("--width-shift-range=3 --height-shift-range=-5,0,5")).isEqualTo(
                Augmentation.none().widthShift(Shift.oneOf(0, 1, 2)).heightShift(Shift.oneOf(-5, 0, 5)));
        assertThat(augmentation("--width-shift-range 0")).isEqualTo(Augmentation.none());
    }

    private static ValidationSplit part(String words) {
        var options = parsed(new TrainingOptions(), words);
        options.check();
        return options.part(Subset.VALIDATION);
    }

    @Test
    void theDivisionIsThatOfTheCommandSplitUnlessKerasIsNamed() {
        assertThat(part("")).isEqualTo(ValidationSplit.groups(0.25, Subset.VALIDATION));
        assertThat(part("--validation-split 0.3 --validation-split-by first"))
                .isEqualTo(ValidationSplit.firstOfEachClass(0.3, Subset.VALIDATION));
        assertThat(part("--validation-split 0.3 --validation-split-by shuffled --seed 42"))
                .isEqualTo(ValidationSplit.lastShuffled(0.3, Subset.VALIDATION, 42));
        assertThat(((Rule.Groups) part("--no-groups").rule()).grouping().orElseThrow().keyOf("rec1_2.png"))
                .isEqualTo("rec1_2.png");
        assertThat(((Rule.Groups) part("--group-by ^(..)").rule()).grouping().orElseThrow().keyOf("rec1_2.png"))
                .isEqualTo("re");
    }

    /// The last validation of a run and an evaluation of the same pictures with its last weights are the same numbers.
    @Test
    void evaluationPreparesPicturesAsTrainingDid() throws IOException {
        TestPictures.divided(folder.resolve("data"), 12, 6, 4, 16);
        for (var words : new String[]{"--featurewise-std-normalization", "--featurewise-center --rescale 0.01",
            "--samplewise-std-normalization", "--samplewise-center --featurewise-std-normalization"}) {
            var run = folder.resolve("run" + words.length());
            var outcome = Outcome
                    .ofText("train " + folder + "/data --model tiny --epochs 1 --batch-size 8 --image-size "
                            + "16 --learning-rate 0.01 --color-mode grayscale --run-dir " + run + " " + words);
            assertThat(outcome.code()).as(outcome.err()).isZero();
            var epoch = EpochLines.read(Files.readString(run.resolve("epochs.jsonl")).strip(), "epochs.jsonl");
            assertThat(evaluated(run, "validation")).isEqualTo(epoch.metric("val_loss").orElseThrow());
            var tested = Json.parse(Files.readAllBytes(run.resolve("run.json")), Problem.INTERNAL, "run.json");
            assertThat(tested.toString()).contains(Double.toString(evaluated(run, "test")));
        }
    }

    /// In batches of the run's size, so that the bits are the same.
    private double evaluated(Path run, String set) {
        var outcome = Outcome.of("evaluate", folder.resolve("data").resolve(set).toString(), "--model", run.toString(),
                "--format", "json", "--batch-size", "8");
        return Json.parse(outcome.out().getBytes(StandardCharsets.UTF_8), Problem.INTERNAL, "").path("loss").asDouble();
    }

    @Test
    void recordingsStayTogether() throws IOException {
        int side = 16;
        for (int recording = 0; recording < 24; recording++) {
            for (int piece = 0; piece < 3; piece++) {
                var name = "%s/rec%02d_%d.png".formatted(recording % 2 == 0 ? "bar" : "dot", recording, piece);
                TestPictures.write(folder.resolve("recordings").resolve(name), side, new byte[side * side]);
            }
        }
        var outcome = Outcome.ofText("train " + folder + "/recordings --model tiny --epochs 1 --batch-size 8 "
                + "--image-size 16 --run-dir " + folder + "/run");
        assertThat(outcome.code()).as(outcome.err()).isZero();
        assertThat(outcome.out()).contains("train: Found 54 images", "validation: Found 18 images");
        assertThat(Optional.of(Outcome.ofText("split " + folder + "/recordings x --dry-run --ratio 75:25").out()))
                .hasValueSatisfying(out -> assertThat(out).contains("validation     18 (25.0 %): bar 9, dot 9"));
    }
}
