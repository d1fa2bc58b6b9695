package narwhal.disk;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.NullUnmarked;

/// What a disk may hold after a power cut behind the first `length` recorded operations. A file's bytes are sure only up
/// to its last force, a folder's names only up to its own: everything later may have happened or not, each piece for
/// itself, and a written piece may be torn.
@NullUnmarked
final class CrashState {
    /// What becomes of operations that were not forced.
    enum Fate {
        ALL_LOST,
        ALL_DONE,
        BY_CHANCE
    }

    private final Fate fate;
    private final RandomGenerator chance;
    private final Map<Integer, byte[]> sure = new HashMap<>();
    private final Map<Integer, List<RecordingDisk.Write>> pendingWrites = new HashMap<>();
    private final Map<Path, Integer> liveNames = new HashMap<>();
    private final TreeMap<Path, Integer> sureNames = new TreeMap<>();
    private final List<NameChange> pendingNames = new ArrayList<>();
    int announced;

    private record NameChange(Path folder, Runnable apply) {}

    private CrashState(Fate fate, RandomGenerator chance) {
        this.fate = fate;
        this.chance = chance;
    }

    static CrashState after(List<RecordingDisk.Operation> operations, int length, Fate fate, RandomGenerator chance) {
        var state = new CrashState(fate, chance);
        operations.subList(0, length).forEach(state::apply);
        state.pendingNames.forEach(change -> {
            if (state.happens()) change.apply.run();
        });
        return state;
    }

    /// Puts the files into `root`, a folder of any file system.
    void materialize(Path root) throws IOException {
        for (var entry : sureNames.entrySet()) {
            var file = root.resolve(entry.getKey().toString().substring(1));
            Files.createDirectories(file.getParent());
            Files.write(file, bytes(entry.getValue()));
        }
    }

    private void apply(RecordingDisk.Operation operation) {
        switch (operation) {
            case RecordingDisk.Create create -> create(create.file(), create.path());
            case RecordingDisk.Write write -> pendingWrites.get(write.file()).add(write);
            case RecordingDisk.Truncate cut -> {
                force(cut.file());
                sure.put(cut.file(), Arrays.copyOf(sure.get(cut.file()), (int) cut.length()));
            }
            case RecordingDisk.Force force -> force(force.file());
            case RecordingDisk.Move move -> move(move.from(), move.to());
            case RecordingDisk.Delete delete -> {
                liveNames.remove(delete.path());
                change(delete.path(), () -> sureNames.remove(delete.path()));
            }
            case RecordingDisk.ForceDirectory force -> {
                pendingNames.stream().filter(c -> c.folder.equals(force.folder())).forEach(c -> c.apply.run());
                pendingNames.removeIf(c -> c.folder.equals(force.folder()));
            }
            case RecordingDisk.Announce announce -> announced = announce.number();
        }
    }

    private void create(int file, Path path) {
        sure.put(file, new byte[0]);
        pendingWrites.put(file, new ArrayList<>());
        liveNames.put(path, file);
        change(path, () -> sureNames.put(path, file));
    }

    private void move(Path from, Path to) {
        int file = liveNames.remove(from);
        liveNames.put(to, file);
        change(to, () -> {
            sureNames.remove(from);
            sureNames.put(to, file);
        });
    }

    private void change(Path path, Runnable apply) {
        pendingNames.add(new NameChange(path.getParent(), apply));
    }

    private void force(int file) {
        var all = new ByteArrayOutputStream();
        all.writeBytes(sure.get(file));
        pendingWrites.get(file).forEach(w -> all.writeBytes(w.bytes()));
        sure.put(file, all.toByteArray());
        pendingWrites.get(file).clear();
    }

    private boolean happens() {
        return fate == Fate.ALL_DONE || (fate == Fate.BY_CHANCE && chance.nextBoolean());
    }

    /// A lost piece in front of one that arrived reads as zeros.
    private byte[] bytes(int file) {
        var bytes = sure.get(file);
        int end = bytes.length;
        for (var write : pendingWrites.get(file)) {
            int arrived = arrived(write.bytes().length);
            if (arrived > 0) {
                bytes = Arrays.copyOf(bytes, Math.max(bytes.length, end + arrived));
                System.arraycopy(write.bytes(), 0, bytes, end, arrived);
            }
            end += write.bytes().length;
        }
        return bytes;
    }

    private int arrived(int length) {
        return switch (fate) {
            case ALL_LOST -> 0;
            case ALL_DONE -> length;
            case BY_CHANCE -> switch (chance.nextInt(3)) {
                case 0 -> 0;
                case 1 -> chance.nextInt(length + 1);
                default -> length;
            };
        };
    }
}
