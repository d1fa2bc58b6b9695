package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.NullUnmarked;

/// Does everything on another disk and writes down what was asked, so that [CrashState] can tell what a power cut may
/// leave. Its rules can be broken, to prove that the tests would notice.
@NullUnmarked
final class RecordingDisk implements Disk {
    sealed interface Operation {}

    record Create(int file, Path path) implements Operation {}

    record Write(int file, byte[] bytes) implements Operation {}

    record Truncate(int file, long length) implements Operation {}

    record Force(int file) implements Operation {}

    record Move(Path from, Path to) implements Operation {}

    record ForceDirectory(Path folder) implements Operation {}

    record Delete(Path path) implements Operation {}

    /// The program told its user something.
    record Announce(int number) implements Operation {}

    /// Which of its duties a broken disk leaves out.
    enum Fault {
        NONE,
        NO_FORCE,
        NO_FORCE_OF_FOLDERS
    }

    final List<Operation> operations = new ArrayList<>();
    private final Disk disk;
    private final Fault fault;
    private final Map<Path, Integer> files = new HashMap<>();
    private int count;

    RecordingDisk(Disk disk, Fault fault) {
        this.disk = disk;
        this.fault = fault;
    }

    void announce(int number) {
        operations.add(new Announce(number));
    }

    @Override
    public Output createTemporary(Path target) throws IOException {
        return opened(disk.createTemporary(target));
    }

    @Override
    public Output append(Path file) throws IOException {
        boolean exists = Files.exists(file);
        var out = disk.append(file);
        return exists ? new Recorded(out, files.get(file)) : opened(out);
    }

    private Output opened(Output out) {
        count++;
        files.put(out.path(), count);
        operations.add(new Create(count, out.path()));
        return new Recorded(out, count);
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        disk.truncate(file, length);
        operations.add(new Truncate(files.get(file), length));
        operations.add(new Force(files.get(file)));
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
        files.put(to, files.remove(from));
        operations.add(new Move(from, to));
    }

    @Override
    public void link(Path link, Path target) throws IOException {
        disk.link(link, target);
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        disk.forceDirectory(folder);
        if (fault != Fault.NO_FORCE_OF_FOLDERS) operations.add(new ForceDirectory(folder));
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
        if (files.remove(file) != null) operations.add(new Delete(file));
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        disk.createDirectories(folder);
    }

    @Override
    public long freeBytes(Path file) throws IOException {
        return disk.freeBytes(file);
    }

    private final class Recorded implements Output {
        private final Output out;
        private final int file;

        Recorded(Output out, int file) {
            this.out = out;
            this.file = file;
        }

        @Override
        public Path path() {
            return out.path();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            var copy = new byte[bytes.remaining()];
            bytes.duplicate().get(copy);
            out.write(bytes);
            operations.add(new Write(file, copy));
        }

        @Override
        public void force() throws IOException {
            out.force();
            if (fault != Fault.NO_FORCE) operations.add(new Force(file));
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
