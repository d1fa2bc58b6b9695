package narwhal.disk;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import narwhal.json.Json;

/// A training run as the disk sees it: per step one journal line, a checkpoint that names the journal's length, and a
/// replaced `run.json`.
final class SmallRun {
    static final int STEPS = 8;

    private SmallRun() {
    }

    static Container checkpoint(int step, long logLength, long logChecksum) {
        var state = Json.object().put("step", step).put("logLength", logLength).put("logChecksum", logChecksum);
        var weights = new float[120];
        for (int i = 0; i < weights.length; i++)
            weights[i] = step * 1_000 + i;
        return new Container("checkpoint", "test", state,
                List.of(Section.float32("dense/kernel", weights, 12, 10),
                        Section.int64("iteration", new long[]{step})));
    }

    static void run(RecordingDisk disk, Path folder) {
        var checkpoints = Checkpoints.in(disk, folder.resolve("checkpoints"), warning -> {
        });
        try (var log = Journal.create(disk, folder.resolve("epochs.jsonl"))) {
            for (int step = 1; step <= STEPS; step++) {
                log.append("{\"epoch\":" + step + "}");
                disk.replace(folder.resolve("run.json"), Integer.toString(step).getBytes(StandardCharsets.UTF_8));
                boolean saved = checkpoints.save(checkpoint(step, log.length(), log.crc32c()), step == 3);
                if (!saved) throw new AssertionError("not saved");
                disk.announce(step);
            }
        }
    }

    /// Opens the folder as a resumed run would and looks whether anything announced is missing.
    ///
    /// @return what is wrong, or ""
    static String examine(Path folder, int announced) throws Exception {
        var disk = Disk.real();
        var checkpoints = Checkpoints.in(disk, folder.resolve("checkpoints"), warning -> {
        });
        if (announced == 0 && checkpoints.isEmpty()) return "";
        long step;
        try {
            var newest = checkpoints.newest();
            step = newest.step();
            if (!sameWeights(newest.container(), (int) step)) return "wrong weights at step " + step;
            var state = newest.container().state();
            Journal.resume(disk, folder.resolve("epochs.jsonl"), state.get("logLength").longValue(),
                    state.get("logChecksum").longValue()).close();
        } catch (narwhal.errors.NarwhalException e) {
            return announced == 0 ? "" : String.valueOf(e.getMessage());
        }
        if (step < announced) return "step " + announced + " was announced, found " + step;
        if (Files.readAllLines(folder.resolve("epochs.jsonl")).size() != step) return "the journal misses a line";
        if (!Files.exists(folder.resolve("run.json"))) return "run.json is lost";
        int settings = Integer.parseInt(Files.readString(folder.resolve("run.json")));
        if (settings < announced) return "run.json is of step " + settings;
        if (announced >= 3 && checkpoints.best().isEmpty()) return "the best checkpoint is lost";
        return "";
    }

    private static boolean sameWeights(Container found, int step) {
        return java.util.Arrays.equals(found.section("dense/kernel").floats(),
                checkpoint(step, 0, 0).section("dense/kernel").floats())
                && found.section("iteration").longs()[0] == step;
    }
}
