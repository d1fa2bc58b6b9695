package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// Passes everything on; a test overrides what it wants otherwise.
class ForwardingDisk implements Disk {
    private final Disk disk;

    ForwardingDisk(Disk disk) {
        this.disk = disk;
    }

    Output wrap(Output out) {
        return out;
    }

    @Override
    public Output createTemporary(Path target) throws IOException {
        return wrap(disk.createTemporary(target));
    }

    @Override
    public Output append(Path file) throws IOException {
        return wrap(disk.append(file));
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        disk.truncate(file, length);
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        disk.move(from, to);
    }

    @Override
    public void link(Path link, Path target) throws IOException {
        disk.link(link, target);
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        disk.forceDirectory(folder);
    }

    @Override
    public void delete(Path file) throws IOException {
        disk.delete(file);
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        disk.createDirectories(folder);
    }

    @Override
    public long freeBytes(Path file) throws IOException {
        return disk.freeBytes(file);
    }

    static class ForwardingOutput implements Output {
        private final Output out;

        ForwardingOutput(Output out) {
            this.out = out;
        }

        @Override
        public Path path() {
            return out.path();
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            out.write(bytes);
        }

        @Override
        public void force() throws IOException {
            out.force();
        }

        @Override
        public void close() throws IOException {
            out.close();
        }
    }
}
