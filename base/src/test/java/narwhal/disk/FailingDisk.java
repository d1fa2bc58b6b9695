package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// A disk that fails at its N-th operation, once or from then on, or when it is full. What it wrote before stays.
final class FailingDisk implements Disk {
    static final String IO_ERROR = "Input/output error";
    static final String NO_SPACE = "No space left on device";

    private final Disk disk;
    private final String message;
    private final long failAt;
    private final boolean forEver;
    private long budget = Long.MAX_VALUE;
    private long operations;

    private FailingDisk(Disk disk, String message, long failAt, boolean forEver) {
        this.disk = disk;
        this.message = message;
        this.failAt = failAt;
        this.forEver = forEver;
    }

    static FailingDisk once(Disk disk, String message, long failAt) {
        return new FailingDisk(disk, message, failAt, false);
    }

    static FailingDisk forEver(Disk disk, String message, long failAt) {
        return new FailingDisk(disk, message, failAt, true);
    }

    /// Has room for `bytes` in all, which it does not admit when asked: some quotas are like that.
    static FailingDisk full(Disk disk, long bytes) {
        var full = new FailingDisk(disk, NO_SPACE, Long.MAX_VALUE, true);
        full.budget = bytes;
        return full;
    }

    boolean hasFailed() {
        return operations >= failAt;
    }

    private void operation() throws IOException {
        operations++;
        if (operations == failAt || (forEver && operations > failAt)) throw new IOException(message);
    }

    @Override
    public Output createTemporary(Path target) throws IOException {
        operation();
        return new Failing(disk.createTemporary(target));
    }

    @Override
    public Output append(Path file) throws IOException {
        operation();
        return new Failing(disk.append(file));
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        operation();
        disk.truncate(file, length);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        operation();
        disk.move(from, to);
    }

    @Override
    public void link(Path link, Path target) throws IOException {
        operation();
        disk.link(link, target);
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        operation();
        disk.forceDirectory(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        operation();
        disk.delete(file);
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        operation();
        disk.createDirectories(folder);
    }

    @Override
    public long freeBytes(Path file) throws IOException {
        return disk.freeBytes(file);
    }

    private final class Failing implements Output {
        private final Output out;

        Failing(Output out) {
            this.out = out;
        }

        @Override
        public Path path() {
            return out.path();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            boolean full = bytes.remaining() > budget;
            try {
                operation();
                if (full) throw new IOException(message);
            } catch (IOException e) { // a write that fails may have written a part
                int part = (int) Math.min(bytes.remaining() / 2, budget);
                out.write(bytes.slice(bytes.position(), part));
                if (full) budget = 0;
                throw e;
            }
            budget -= bytes.remaining();
            out.write(bytes);
        }

        @Override
        public void force() throws IOException {
            operation();
            out.force();
        }

        @Override
        public void close() throws IOException {
            out.close();
            operation();
        }
    }
}
