package narwhal.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.EpochLines;
import narwhal.json.Json;

/// The small training that the tests of reliability compare: `tiny` on 32 pictures of 16×16, 4 steps an epoch, with
/// augmentation, a falling learning rate and callbacks that count.
///
/// @param pictures the data
/// @param epochs to train
record SmallRun(Path pictures, int epochs) {
    static SmallRun in(Path folder, int epochs) throws IOException {
        TestPictures.divided(folder.resolve("pictures"), 16, 8, 0, 16);
        return new SmallRun(folder.resolve("pictures"), epochs);
    }

    /// The words that start it.
    String[] words(Path run, String... more) {
        var words = new ArrayList<>(List.of("train", pictures.toString(), "--model", "tiny", "--epochs", "" + epochs,
                "--batch-size", "8", "--image-size", "16x16", "--seed", "5", "--zoom-range", "0.8,1.2",
                "--rotation-range",
                "20", "--width-shift-range", "-1,0,2", "--featurewise-std-normalization", "--horizontal-flip",
                "--color-mode", "grayscale", "--reduce-lr-patience", "1",
                "--reduce-lr-min-delta", "0.05", "--checkpoint", "model-{epoch:02d}.ckpt", "--run-dir",
                run.toString()));
        words.addAll(List.of(more));
        return words.toArray(String[]::new);
    }

    /// Everything that must be equal: the weights' digest and the history without times.
    record Result(String weights, List<Epoch> history) {
        static Result of(Path run) throws IOException {
            var json = Json.parse(Files.readAllBytes(run.resolve("run.json")), Problem.INTERNAL, "run.json");
            var history = new ArrayList<Epoch>();
            for (var line : Files.readAllLines(run.resolve("epochs.jsonl"))) {
                var epoch = EpochLines.read(line, "line");
                history.add(new Epoch(epoch.number(), epoch.metrics(), epoch.learningRate(), 0, epoch.audit()));
            }
            return new Result(json.path("weights_sha256").asString("none yet"), history);
        }
    }
}
