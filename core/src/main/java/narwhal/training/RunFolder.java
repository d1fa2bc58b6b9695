package narwhal.training;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import narwhal.disk.Checkpoints;
import narwhal.disk.Container;
import narwhal.disk.Content;
import narwhal.disk.Disk;
import narwhal.disk.Journal;
import narwhal.disk.RunLock;
import narwhal.errors.Problem;
import narwhal.history.Epoch;
import narwhal.history.EpochLines;
import narwhal.json.Json;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// What a run leaves behind, and what it goes on from:
///
/// ```
/// run.json        every setting, and at the end the digest of the weights
/// epochs.jsonl    one line for each epoch, forced to the disk before the checkpoint that counts it
/// log.txt         the lines that the terminal showed
/// checkpoints/    the newest two and the best
/// run.lock        held while the run lives
/// ```
public final class RunFolder implements AutoCloseable {
    private final Path folder;
    private final Disk disk;
    private final RunLock lock;
    private final Checkpoints checkpoints;
    private final Consumer<String> warnings;
    private final Checkpoints.@Nullable Found resumed;
    private final Journal epochs;
    private final Journal log;
    private double best = Double.POSITIVE_INFINITY;

    private RunFolder(Path folder, Disk disk, RunLock lock, boolean resume, Consumer<String> warnings) {
        this.folder = folder;
        this.disk = disk;
        this.lock = lock;
        this.warnings = warnings;
        this.checkpoints = Checkpoints.in(disk, folder.resolve("checkpoints"), warnings);
        // Killed before its first checkpoint, a run goes on from its beginning.
        this.resumed = resume && !checkpoints.isEmpty() ? checkpoints.newest() : null;
        if (resumed == null) {
            epochs = Journal.create(disk, folder.resolve("epochs.jsonl"));
            log = Journal.create(disk, folder.resolve("log.txt"));
        } else {
            var journals = resumed.container().state().path("journals");
            epochs = Journal.resume(disk, folder.resolve("epochs.jsonl"), journals.path("epochs_length").asLong(),
                    journals.path("epochs_crc32c").asLong());
            log = Journal.resume(disk, folder.resolve("log.txt"), journals.path("log_length").asLong());
            best = Json.number(journals.path("best"));
        }
    }

    /// Starts a run in a folder, which is created where it is missing.
    ///
    /// @param warnings takes lines about checkpoints that could not be saved
    /// @throws narwhal.errors.NarwhalException `RUN_IN_USE`, `RUN_EXISTS` if a run is there already, `DISK_PERMISSION`
    public static RunFolder create(Path folder, Disk disk, Consumer<String> warnings) {
        return open(folder, disk, false, warnings);
    }

    /// Opens a folder to go on with its run from the newest valid checkpoint.
    ///
    /// @throws narwhal.errors.NarwhalException `RUN_IN_USE`, `CKPT_NONE_VALID`, `CKPT_NEWER_VERSION`
    public static RunFolder resume(Path folder, Disk disk, Consumer<String> warnings) {
        if (!Files.isDirectory(folder))
            throw Problem.CKPT_NONE_VALID.because(folder + ": no such run folder", "check the path");
        if (!Files.exists(folder.resolve("run.json")) && !Files.isDirectory(folder.resolve("checkpoints")))
            throw Problem.CKPT_NONE_VALID.because(folder + ": holds no run", "give the folder of a run");
        return open(folder, disk, true, warnings);
    }

    private static RunFolder open(Path folder, Disk disk, boolean resume, Consumer<String> warnings) {
        try {
            disk.createDirectories(folder);
        } catch (IOException e) {
            throw Problem.DISK_PERMISSION.because(folder + ": the run folder could not be made: " + e.getMessage(), e);
        }
        var lock = RunLock.acquire(folder);
        try {
            if (!resume && Files.exists(folder.resolve("run.json")))
                throw Problem.RUN_EXISTS.because(folder.toString());
            return new RunFolder(folder, disk, lock, resume, warnings);
        } catch (RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// The best checkpoint of a run that may be going on; empty before the end of its first epoch.
    ///
    /// @throws narwhal.errors.NarwhalException `CKPT_NONE_VALID` if `folder` is not a run folder
    public static Optional<Path> bestOf(Path folder) {
        if (!Files.isDirectory(folder.resolve("checkpoints")))
            throw Problem.CKPT_NONE_VALID.because(folder + ": is no run folder", "give a run folder or a model file");
        return Checkpoints.bestIn(folder.resolve("checkpoints"));
    }

    /// Where it is.
    public Path path() {
        return folder;
    }

    /// The settings of the run as they were written, for a resumed run.
    ///
    /// @throws narwhal.errors.NarwhalException `CKPT_NONE_VALID` if the run ended before they were, `CKPT_DAMAGED`
    public ObjectNode settings() {
        return settingsOf(folder);
    }

    /// The settings of a run that may be going on.
    ///
    /// @throws narwhal.errors.NarwhalException `CKPT_NONE_VALID` if the run ended before they were written, `CKPT_DAMAGED`
    public static ObjectNode settingsOf(Path folder) {
        var file = folder.resolve("run.json");
        try {
            return Json.parseObject(Files.readAllBytes(file), Problem.CKPT_DAMAGED, file.toString());
        } catch (NoSuchFileException _) {
            throw Problem.CKPT_NONE_VALID.because(folder + ": the run ended before its settings were written",
                    "start it again with the same command");
        } catch (IOException e) {
            throw Problem.CKPT_DAMAGED.because(file + ": cannot be read: " + e.getMessage(), e);
        }
    }

    /// Writes `run.json`, whole or not at all.
    public void settings(ObjectNode settings) {
        disk.replace(folder.resolve("run.json"), Content.of(Json.bytes(settings)));
    }

    /// Appends a line to `log.txt`.
    public void log(String line) {
        log.append(line);
    }

    /// The epochs of a resumed run so far.
    public List<Epoch> history() {
        var lines = new ArrayList<Epoch>();
        try {
            for (var line : Files.readAllLines(folder.resolve("epochs.jsonl"), StandardCharsets.UTF_8)) {
                lines.add(EpochLines.read(line, "epochs.jsonl"));
            }
        } catch (IOException e) {
            throw Problem.CKPT_DAMAGED.because(folder + "/epochs.jsonl: cannot be read: " + e.getMessage(), e);
        }
        return lines;
    }

    /// The folder of checkpoints.
    public Path checkpoints() {
        return folder.resolve("checkpoints");
    }

    /// The best checkpoint so far.
    public Optional<Path> best() {
        return checkpoints.best();
    }

    Optional<Checkpoints.Found> resumed() {
        return Optional.ofNullable(resumed);
    }

    /// Records an epoch before the checkpoint that counts it.
    ///
    /// @return whether it is the best so far: the lowest validation loss, or training loss without validation
    boolean record(Epoch epoch) {
        epochs.append(EpochLines.write(epoch));
        double loss = epoch.metric("val_loss").orElse(epoch.metric("loss").orElse(Double.NaN));
        if (!(loss < best)) return false;
        best = loss;
        return true;
    }

    /// Saves a checkpoint that knows how long the journals are.
    void save(Container checkpoint, boolean isBest) {
        checkpoint.state().putObject("journals").put("epochs_length", epochs.length())
                .put("epochs_crc32c", epochs.crc32c())
                .put("log_length", log.length()).put("best", best);
        checkpoints.save(checkpoint, isBest);
    }

    void warn(String line) {
        warnings.accept(line);
    }

    @Override
    public void close() {
        try (lock; epochs; log) {
            // Closed in reverse order: the lock last.
        }
    }
}
