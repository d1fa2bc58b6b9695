package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import org.jspecify.annotations.Nullable;

/// The right to write into a run folder: a lock of the operating system on `run.lock`, which also says who holds it. It
/// dies with its process, so after a crash there is nothing to clean up.
public final class RunLock implements AutoCloseable {
    /// The name of the locked file.
    public static final String FILE = "run.lock";

    /// Who holds which folder in this JVM. Needed because closing any second channel on the file may drop the lock of
    /// the first: so no second one is opened.
    private static final Map<Path, String> HELD = new ConcurrentHashMap<>();
    /// Far behind the text, which others must be able to read on systems where locked bytes cannot be read.
    private static final long LOCKED_BYTE = Long.MAX_VALUE - 1;

    private final Path folder;
    private final FileChannel channel;
    private final FileLock lock;

    private RunLock(Path folder, FileChannel channel, FileLock lock) {
        this.folder = folder;
        this.channel = channel;
        this.lock = lock;
    }

    /// Takes the folder, or says who has it.
    ///
    /// @param folder an existing folder
    /// @throws NarwhalException RUN_IN_USE naming the owner; DISK_PERMISSION, DISK_WRITE
    public static RunLock acquire(Path folder) {
        try {
            return acquireReal(folder.toRealPath());
        } catch (OverlappingFileLockException e) { // this class was loaded twice
            throw inUse(folder, "this process");
        } catch (IOException e) {
            throw DiskProblems.of(Disk.real(), folder.resolve(FILE), 0, e);
        }
    }

    /// Gives the folder free.
    @Override
    public void close() {
        try (channel) {
            if (lock.isValid()) lock.release();
        } catch (IOException e) {
            System.getLogger(RunLock.class.getName()).log(System.Logger.Level.DEBUG, "closing " + folder, e);
        } finally {
            HELD.remove(folder);
        }
    }

    private static RunLock acquireReal(Path folder) throws IOException {
        var me = owner();
        var other = HELD.putIfAbsent(folder, me);
        if (other != null) throw inUse(folder, other);
        boolean acquired = false;
        try {
            var lock = lock(folder, me);
            acquired = true;
            return lock;
        } finally {
            if (!acquired) HELD.remove(folder);
        }
    }

    private static RunLock lock(Path folder, String me) throws IOException {
        var file = folder.resolve(FILE);
        var channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ,
                StandardOpenOption.WRITE);
        boolean locked = false;
        try {
            var lock = channel.tryLock(LOCKED_BYTE, 1, false);
            if (lock == null) throw inUse(folder, text(file));
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(me.getBytes(StandardCharsets.UTF_8)), 0);
            channel.force(true);
            locked = true;
            return new RunLock(folder, channel, lock);
        } finally {
            if (!locked) channel.close();
        }
    }

    private static NarwhalException inUse(Path folder, String owner) {
        return Problem.RUN_IN_USE.because(folder + ": is in use by " + owner);
    }

    /// What the owner wrote; it may have been caught between taking the lock and writing.
    private static String text(Path file) throws IOException {
        try (var in = Files.newInputStream(file)) {
            var text = new String(in.readNBytes(300), StandardCharsets.UTF_8).strip();
            return text.isEmpty() ? "another process" : text;
        }
    }

    private static String owner() {
        return "pid " + ProcessHandle.current().pid() + " on " + host() + " since " + Instant.now();
    }

    /// Without asking the network, which may take seconds.
    private static String host() {
        var kernel = Path.of("/proc/sys/kernel/hostname");
        try {
            if (Files.isReadable(kernel)) return Files.readString(kernel).strip();
        } catch (IOException e) {
            // the environment may know it
        }
        var name = firstKnown(System.getenv("HOSTNAME"), System.getenv("COMPUTERNAME"));
        return name == null ? "this computer" : name;
    }

    private static @Nullable String firstKnown(@Nullable String a, @Nullable String b) {
        return a != null ? a : b;
    }
}
