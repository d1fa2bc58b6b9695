package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;

/// The one algorithm that replaces a file: temporary file beside the target, write, force, read back and compare, move,
/// force the folder. Whatever happens in between (`kill -9`, power cut, full disk, a failing force), the name shows the
/// old file or the new one, each whole.
public final class AtomicFile {
    /// Room asked for before writing: file systems need a little more than the bytes.
    private static final double SPARE = 1.2;

    private AtomicFile() {
    }

    /// Replaces `target` by `content`. When this returns, the new file is whole, on the disk, and was read back.
    ///
    /// @throws NarwhalException DISK_FULL, DISK_PERMISSION or DISK_WRITE; then `target` is what it was before and the
    ///         temporary file is gone. (If only the last step failed, the force of the folder, the new file may already
    ///         have the name.)
    public static void replace(Disk disk, Path target, Content content) {
        var file = target.toAbsolutePath();
        long length = content.length();
        requireRoom(disk, file, length);
        try {
            OwnThread.run(() -> {
                writeAndMove(disk, file, content);
                disk.forceDirectory(folderOf(file));
            });
        } catch (IOException e) {
            throw DiskProblems.of(disk, file, length, e);
        }
    }

    /// Removes the temporary files that dead processes left in `folder`, and nothing else. Call it only while holding the
    /// folder's [RunLock]: a living process's temporary files look the same. A folder that is not there has none.
    public static void sweep(Disk disk, Path folder) {
        if (!Files.isDirectory(folder)) return;
        try (var files = Files.newDirectoryStream(folder, TemporaryName::matches)) {
            for (var file : files)
                disk.delete(file);
        } catch (IOException e) {
            throw DiskProblems.of(disk, folder, 0, e);
        } catch (DirectoryIteratorException e) {
            throw DiskProblems.of(disk, folder, 0, new IOException(e));
        }
    }

    static Path folderOf(Path file) {
        var folder = file.toAbsolutePath().getParent();
        if (folder == null) throw new IllegalArgumentException(file + " is not the name of a file");
        return folder;
    }

    private static void requireRoom(Disk disk, Path file, long length) {
        long needed = (long) Math.ceil(length * SPARE);
        long free = DiskProblems.freeBytes(disk, file);
        if (free >= 0 && free < needed)
            throw DiskProblems.full(file, needed, free, new IOException("free space was checked before writing"));
    }

    private static void writeAndMove(Disk disk, Path target, Content content) throws IOException {
        var out = disk.createTemporary(target);
        boolean moved = false;
        try {
            var written = write(out, content);
            verify(out.path(), written);
            disk.move(out.path(), target);
            moved = true;
        } finally {
            if (!moved) deleteQuietly(disk, out.path());
        }
    }

    private static Checked write(Disk.Output out, Content content) throws IOException {
        try (out) {
            var checked = new Checked(out);
            content.writeTo(checked);
            if (checked.length != content.length())
                throw new IllegalStateException("content announced " + content.length() + " bytes and wrote "
                        + checked.length);
            out.force();
            return checked;
        }
    }

    /// What the disk gives back is compared with what it was given.
    private static void verify(Path file, Checked written) throws IOException {
        var crc = new CRC32C();
        long length = 0;
        var buffer = new byte[1 << 16];
        try (var in = Files.newInputStream(file)) {
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                crc.update(buffer, 0, n);
                length += n;
            }
        }
        if (length != written.length || crc.getValue() != written.crc.getValue())
            throw new IOException("read back " + DiskProblems.number(length) + " bytes that differ from the "
                    + DiskProblems.number(written.length) + " written");
    }

    /// The first failure is the one to report; a temporary file that stays is swept at the next start.
    private static void deleteQuietly(Disk disk, Path file) {
        try {
            disk.delete(file);
        } catch (IOException e) {
            System.getLogger(AtomicFile.class.getName()).log(System.Logger.Level.DEBUG, "left behind: " + file, e);
        }
    }

    /// Counts and checksums what passes through.
    private static final class Checked implements Content.Target {
        private final Disk.Output out;
        private final CRC32C crc = new CRC32C();
        private long length;

        Checked(Disk.Output out) {
            this.out = out;
        }

        @Override
        public void write(ByteBuffer bytes) throws IOException {
            length += bytes.remaining();
            crc.update(bytes.duplicate());
            out.write(bytes);
        }
    }
}
