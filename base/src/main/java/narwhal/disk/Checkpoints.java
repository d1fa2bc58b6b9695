package narwhal.disk;

import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.regex.Pattern;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/// A folder of checkpoints named by step: `step-000000120.ckpt`, and `step-000000120-best.ckpt` for one that was the best
/// so far. The newest two valid ones and the best are kept; older ones go once their successor was read back. A file is
/// valid when every byte of it checks; the newest is the one with the highest step, whatever the clock says.
///
/// Only the holder of the run folder's [RunLock] may use it.
public final class Checkpoints {
    /// The entry of a container's state that holds the step.
    public static final String STEP = "step";

    private static final int KEPT = 2;
    private static final int FAILURES = 3;
    private static final Pattern NAME = Pattern.compile("step-(\\d{9,18})(-best)?\\.ckpt");

    private final Disk disk;
    private final Path folder;
    private final Consumer<String> warnings;
    private final Set<Path> verified = new HashSet<>();
    private int failures;

    private Checkpoints(Disk disk, Path folder, Consumer<String> warnings) {
        this.disk = disk;
        this.folder = folder;
        this.warnings = warnings;
    }

    /// Opens `folder`, creates it where it is missing, and sweeps what dead processes left in it.
    ///
    /// @param warnings takes one line for each damaged file that is passed over and each save that failed
    /// @throws NarwhalException DISK_PERMISSION, DISK_WRITE
    public static Checkpoints in(Disk disk, Path folder, Consumer<String> warnings) {
        var absolute = folder.toAbsolutePath();
        try {
            disk.createDirectories(absolute);
            disk.forceDirectory(AtomicFile.folderOf(absolute));
        } catch (IOException e) {
            throw DiskProblems.of(disk, absolute, 0, e);
        }
        AtomicFile.sweep(disk, absolute);
        return new Checkpoints(disk, absolute, warnings);
    }

    /// The best checkpoint in `folder`, which may belong to a run that is going on: nothing is created or swept.
    ///
    /// @throws NarwhalException CKPT_NONE_VALID when the folder cannot be listed
    public static Optional<Path> bestIn(Path folder) {
        return new Checkpoints(Disk.real(), folder.toAbsolutePath(), warning -> {
        }).best();
    }

    /// A checkpoint that was found valid.
    public record Found(long step, Path file, Container container) {}

    /// The valid checkpoint with the highest step. Damaged ones are passed over and named to the warnings.
    ///
    /// @throws NarwhalException CKPT_NONE_VALID when there is none; CKPT_NEWER_VERSION, because going on from an older one
    ///         would overwrite the work of a newer Narwhal
    public Found newest() {
        var damaged = new ArrayList<String>();
        for (var entry : entries()) {
            var found = read(entry, damaged);
            if (found != null) return found;
        }
        throw Problem.CKPT_NONE_VALID.because(folder + ": " + (damaged.isEmpty()
                ? "holds no checkpoint"
                : "all " + damaged.size() + " checkpoints are damaged"));
    }

    /// Whether there is any checkpoint, valid or not.
    public boolean isEmpty() {
        return entries().isEmpty();
    }

    /// The file of the best checkpoint so far, if one was saved as best and is still whole.
    public Optional<Path> best() {
        return entries().stream().filter(e -> e.best && isValid(e)).map(Entry::file).findFirst();
    }

    /// Saves `checkpoint` under the step in its state, reads it back, then removes what is no longer needed.
    ///
    /// A save that fails leaves the older checkpoints as they are; it is told to the warnings and the run may go on.
    ///
    /// @param best whether it is the best so far
    /// @return true when it is saved
    /// @throws NarwhalException the third failure in a row
    public boolean save(Container checkpoint, boolean best) {
        long step = step(checkpoint.state());
        if (step < 0) throw new IllegalArgumentException("a checkpoint's state needs a whole number \"" + STEP + "\"");
        var file = folder.resolve(String.format(Locale.ROOT, "step-%09d%s.ckpt", step, best ? "-best" : ""));
        try {
            checkpoint.save(disk, file);
        } catch (NarwhalException e) {
            return failed(e);
        }
        failures = 0;
        verified.add(file);
        removeOld();
        return true;
    }

    /// The step in a state, or -1.
    private static long step(ObjectNode state) {
        var step = state.get(STEP);
        return step != null && step.isIntegralNumber() && step.canConvertToLong() ? step.longValue() : -1;
    }

    private boolean failed(NarwhalException e) {
        failures++;
        if (failures == FAILURES) throw e;
        warnings.accept("checkpoint not saved, will try again: " + e.getMessage());
        return false;
    }

    private void removeOld() {
        int valid = 0;
        boolean bestKept = false;
        long lastStep = -1;
        for (var entry : entries()) {
            boolean newest = entry.step == lastStep || valid < KEPT;
            boolean best = entry.best && !bestKept;
            if (newest || best) {
                if (!isValid(entry)) continue; // kept until two valid newer ones exist: somebody may want to look at it
                if (entry.step != lastStep) valid++;
                lastStep = entry.step;
                bestKept |= entry.best;
            } else {
                remove(entry.file);
            }
        }
    }

    private void remove(Path file) {
        try {
            OwnThread.run(() -> disk.delete(file));
            verified.remove(file);
        } catch (IOException e) {
            warnings.accept("an old checkpoint could not be removed: " + file + ": " + DiskProblems.reason(e));
        }
    }

    /// Without keeping the arrays, and without a word: what is damaged was told when it was passed over.
    private boolean isValid(Entry entry) {
        if (verified.contains(entry.file)) return true;
        try {
            if (step(Container.verify(entry.file)) != entry.step) return false;
        } catch (NarwhalException e) {
            return false;
        }
        return verified.add(entry.file);
    }

    private @Nullable Found read(Entry entry, List<String> damaged) {
        try {
            var container = Container.read(entry.file);
            if (step(container.state()) != entry.step)
                throw Problem.CKPT_DAMAGED.because(entry.file + ": holds another step");
            verified.add(entry.file);
            return new Found(entry.step, entry.file, container);
        } catch (NarwhalException e) {
            if (e.problem() == Problem.CKPT_NEWER_VERSION) throw e;
            damaged.add(entry.file.toString());
            warnings.accept("passed over: " + e.getMessage());
            return null;
        }
    }

    private record Entry(long step, boolean best, Path file) {}

    /// Highest step first; of one step the best first.
    private List<Entry> entries() {
        var entries = new ArrayList<Entry>();
        try (var files = Files.newDirectoryStream(folder)) {
            for (var file : files) {
                var name = NAME.matcher(file.getFileName().toString());
                if (name.matches()) entries.add(new Entry(Long.parseLong(name.group(1)), name.group(2) != null, file));
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw Problem.CKPT_NONE_VALID.because(folder + ": cannot be listed", e);
        }
        entries.sort(Comparator.comparingLong(Entry::step).thenComparing(Entry::best).reversed());
        return entries;
    }
}
