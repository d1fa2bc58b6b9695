package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// A folder of many files that appears whole or not at all: it is filled beside its place, under another name, and gets its
/// own name in one step. Single files in it are not forced to the disk, which would take minutes for thousands of them; it
/// is for copies of what exists elsewhere or can be made again.
///
/// ```java
/// try (var folder = NewFolder.create(Disk.real(), Path.of("out"), bytes)) {
///     folder.copy(Path.of("train", "pos", "a.png"), original);
///     folder.finish();
/// }
/// ```
public final class NewFolder implements AutoCloseable {
    private static final int PIECE = 1 << 18;

    private final Disk disk;
    private final Path folder;
    private final Path filled;
    private final Set<Path> folders = new LinkedHashSet<>();
    private final List<Path> files = new ArrayList<>();
    private boolean finished;

    private NewFolder(Disk disk, Path folder, Path filled) {
        this.disk = disk;
        this.folder = folder;
        this.filled = filled;
    }

    /// Starts a folder.
    ///
    /// @param folder that is not there yet, or empty
    /// @param bytes that will be written into it
    /// @throws NarwhalException `USAGE_VALUE` if something is there; `DISK_FULL`, `DISK_PERMISSION`, `DISK_WRITE`
    public static NewFolder create(Disk disk, Path folder, long bytes) {
        var target = folder.toAbsolutePath().normalize();
        requireNothing(target, folder);
        var above = AtomicFile.folderOf(target);
        try {
            disk.createDirectories(above);
        } catch (IOException e) {
            throw DiskProblems.of(disk, above, 0, e);
        }
        long free = DiskProblems.freeBytes(disk, target);
        if (free >= 0 && free < bytes) {
            throw DiskProblems.full(target, bytes, free, new IOException("free space was checked before writing"));
        }
        var name = TemporaryName.of(target, ProcessHandle.current().pid(), 0);
        var filled = new NewFolder(disk, target, target.resolveSibling(name));
        if (Files.exists(filled.filled)) {
            throw Problem.DISK_WRITE.because(filled.filled + ": is in the way", "remove it");
        }
        return filled;
    }

    private static void requireNothing(Path target, Path folder) {
        if (!Files.exists(target, java.nio.file.LinkOption.NOFOLLOW_LINKS)) return;
        var problem = Problem.USAGE_VALUE;
        if (!Files.isDirectory(target)) throw problem.because(folder + ": is there already", "choose a new folder");
        try (var inside = Files.newDirectoryStream(target)) {
            if (inside.iterator().hasNext()) {
                throw problem.because(folder + ": is there already and not empty", "choose a new folder");
            }
        } catch (IOException | DirectoryIteratorException e) {
            throw problem.because(folder + ": cannot be listed (" + e.getMessage() + ")", "choose a new folder");
        }
    }

    /// Writes a file.
    ///
    /// @param name path below the folder
    public void write(Path name, byte[] bytes) {
        var file = place(name);
        try (var out = disk.append(file)) {
            out.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            throw DiskProblems.of(disk, file, bytes.length, e);
        }
    }

    /// Copies a file; the original is only read.
    ///
    /// @param name path below the folder
    /// @throws NarwhalException also `IMG_UNREADABLE` if the original cannot be read
    public void copy(Path name, Path original) {
        var file = place(name);
        try (var in = Files.newInputStream(original); var out = disk.append(file)) {
            var piece = new byte[PIECE];
            while (true) {
                int n = read(in, piece, original);
                if (n < 0) return;
                out.write(ByteBuffer.wrap(piece, 0, n));
            }
        } catch (java.nio.file.NoSuchFileException | java.nio.file.AccessDeniedException e) {
            if (original.toString().equals(e.getFile())) throw unreadable(original, e);
            throw DiskProblems.of(disk, file, 0, e);
        } catch (IOException e) {
            throw DiskProblems.of(disk, file, 0, e);
        }
    }

    private static int read(java.io.InputStream in, byte[] piece, Path original) {
        try {
            return in.read(piece);
        } catch (IOException e) {
            throw unreadable(original, e);
        }
    }

    private static NarwhalException unreadable(Path original, IOException e) {
        return Problem.IMG_UNREADABLE.because(original + ": " + DiskProblems.reason(e), e);
    }

    /// Makes a symbolic link.
    ///
    /// @param name path below the folder
    /// @param original that it points to, as an absolute path
    public void link(Path name, Path original) {
        var link = place(name);
        try {
            disk.link(link, original.toAbsolutePath().normalize());
        } catch (IOException | UnsupportedOperationException e) {
            throw DiskProblems.of(disk, link, 0, e instanceof IOException io ? io : new IOException(e));
        }
    }

    /// Where a file goes, with the folders above it.
    private Path place(Path name) {
        var file = filled.resolve(name).normalize();
        if (finished || name.isAbsolute() || !file.startsWith(filled) || file.equals(filled)) {
            throw new IllegalArgumentException(name + " is no name below an open folder");
        }
        var above = AtomicFile.folderOf(file);
        if (!folders.contains(above)) {
            try {
                disk.createDirectories(above);
            } catch (IOException e) {
                throw DiskProblems.of(disk, above, 0, e);
            }
            for (var each = above; each.startsWith(filled); each = AtomicFile.folderOf(each)) folders.add(each);
        }
        files.add(file);
        return file;
    }

    /// Gives the folder its name.
    public void finish() {
        try {
            if (files.isEmpty()) disk.createDirectories(filled);
            disk.delete(folder); // only an empty one lets itself be removed
            disk.move(filled, folder);
            finished = true;
            disk.forceDirectory(AtomicFile.folderOf(folder));
        } catch (IOException e) {
            throw DiskProblems.of(disk, folder, 0, e);
        }
    }

    /// Removes what was written if the folder was not finished: exactly these files and folders, nothing else.
    @Override
    public void close() {
        if (finished) return;
        finished = true;
        try {
            for (var file : files) disk.delete(file);
            var deepestFirst = new ArrayList<>(folders);
            deepestFirst.sort((a, b) -> Integer.compare(b.getNameCount(), a.getNameCount()));
            for (var each : deepestFirst) disk.delete(each);
        } catch (IOException e) { // the first failure is the one to report
            System.getLogger(NewFolder.class.getName()).log(System.Logger.Level.DEBUG, "left behind: " + filled, e);
        }
    }
}
