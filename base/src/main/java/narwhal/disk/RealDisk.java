package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.atomic.AtomicLong;

/// The disk of this computer, by `java.nio.file`; works on any file system Java knows, also one in memory.
final class RealDisk implements Disk {
    static final RealDisk INSTANCE = new RealDisk();
    private static final int TRIES = 1_000;

    private final AtomicLong counter = new AtomicLong();

    private RealDisk() {
    }

    @Override
    public Output createTemporary(Path target) throws IOException {
        for (int attempt = 1;; attempt++) {
            var name = TemporaryName.of(target, ProcessHandle.current().pid(), counter.incrementAndGet());
            try {
                return new Open(target.resolveSibling(name),
                        FileChannel.open(target.resolveSibling(name), StandardOpenOption.CREATE_NEW,
                                StandardOpenOption.WRITE));
            } catch (FileAlreadyExistsException e) { // left by a dead process that had our number
                if (attempt == TRIES) throw e;
            }
        }
    }

    @Override
    public Output append(Path file) throws IOException {
        return new Open(file, FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND));
    }

    @Override
    public void truncate(Path file, long length) throws IOException {
        try (var channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
            channel.truncate(length);
            channel.force(true);
        }
    }

    @Override
    public void move(Path from, Path to) throws IOException {
        Files.move(from, to, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    @Override
    public void link(Path link, Path target) throws IOException {
        Files.createSymbolicLink(link, target);
    }

    @Override
    public void forceDirectory(Path folder) throws IOException {
        FileChannel channel;
        try {
            channel = FileChannel.open(folder, StandardOpenOption.READ);
        } catch (IOException | UnsupportedOperationException e) {
            return; // Windows and file systems in memory do not open folders
        }
        try (channel) {
            channel.force(true);
        } catch (IOException e) {
            if (!refused(e)) throw e;
        }
    }

    /// Some network file systems answer a force of a folder with "invalid argument".
    private static boolean refused(IOException e) {
        var message = String.valueOf(e.getMessage());
        return message.contains("Invalid argument") || message.contains("not supported");
    }

    @Override
    public void delete(Path file) throws IOException {
        Files.deleteIfExists(file);
    }

    @Override
    public void createDirectories(Path folder) throws IOException {
        Files.createDirectories(folder);
    }

    @Override
    public long freeBytes(Path file) throws IOException {
        return Files.getFileStore(AtomicFile.folderOf(file)).getUsableSpace();
    }

    private record Open(Path path, FileChannel channel) implements Output {
        @Override
        public void write(ByteBuffer bytes) throws IOException {
            while (bytes.hasRemaining())
                channel.write(bytes);
        }

        @Override
        public void force() throws IOException {
            channel.force(true);
        }

        @Override
        public void close() throws IOException {
            channel.close();
        }
    }
}
