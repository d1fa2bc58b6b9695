package narwhal.disk;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32C;
import narwhal.errors.Problem;

/// A text file that only grows, such as `epochs.jsonl`: a line that was appended stays, through kill and power cut. Its
/// length and checksum go into each checkpoint, and a resumed run first cuts the file to them.
///
/// Not for several threads at once.
public final class Journal implements AutoCloseable {
    private final Disk disk;
    private final Path file;
    private final CRC32C crc;
    private final Disk.Output out;
    private long length;
    private boolean dead;

    private Journal(Disk disk, Path file, CRC32C crc, long length, Disk.Output out) {
        this.disk = disk;
        this.file = file;
        this.crc = crc;
        this.length = length;
        this.out = out;
    }

    /// Starts a new journal; what an older file of that name held is gone.
    ///
    /// @throws NarwhalException DISK_FULL, DISK_PERMISSION or DISK_WRITE
    public static Journal create(Disk disk, Path file) {
        return open(disk, file, new CRC32C(), 0);
    }

    /// Goes on where a checkpoint says the journal was: everything behind `length` is cut off.
    ///
    /// @param crc32c the checksum of the first `length` bytes, as [#crc32c] gave it
    /// @throws NarwhalException CKPT_DAMAGED if the file is shorter or its beginning was changed
    public static Journal resume(Disk disk, Path file, long length, long crc32c) {
        var crc = checksum(file, length);
        if (crc.getValue() != crc32c)
            throw Problem.CKPT_DAMAGED.because(file + ": its first " + DiskProblems.number(length)
                    + " bytes were changed since the checkpoint", "restore the file or start a new run");
        return open(disk, file, crc, length);
    }

    /// As [#resume(Disk, Path, long, long)], for a log whose checksum nobody kept.
    public static Journal resume(Disk disk, Path file, long length) {
        return open(disk, file, checksum(file, length), length);
    }

    /// Appends `line` and a line feed; when this returns, they are on the disk. If it cannot be done, the file is cut back
    /// to its last whole line, so the next try may succeed.
    ///
    /// @throws NarwhalException DISK_FULL, DISK_PERMISSION or DISK_WRITE
    public void append(String line) {
        var bytes = (line + "\n").getBytes(StandardCharsets.UTF_8);
        if (dead) throw Problem.DISK_WRITE.because(file + ": an earlier line could not be forced to the disk");
        try {
            OwnThread.run(() -> write(bytes));
        } catch (IOException e) {
            throw DiskProblems.of(disk, file, bytes.length, e);
        }
        crc.update(bytes);
        length += bytes.length;
    }

    /// Bytes so far.
    public long length() {
        return length;
    }

    /// CRC32C of the bytes so far, 0 to 2³² − 1.
    public long crc32c() {
        return crc.getValue();
    }

    @Override
    public void close() {
        try {
            OwnThread.run(out::close);
        } catch (IOException e) {
            throw DiskProblems.of(disk, file, 0, e);
        }
    }

    private void write(byte[] bytes) throws IOException {
        try {
            out.write(ByteBuffer.wrap(bytes));
        } catch (IOException e) {
            cutBack(e);
            throw e;
        }
        dead = true; // a failed force leaves the file in an unknown state: never go on after it
        out.force();
        dead = false;
    }

    private void cutBack(IOException first) {
        try {
            disk.truncate(file, length);
        } catch (IOException e) {
            dead = true;
            first.addSuppressed(e);
        }
    }

    private static Journal open(Disk disk, Path file, CRC32C crc, long length) {
        try {
            var opened = new Disk.Output[1];
            OwnThread.run(() -> {
                opened[0] = disk.append(file);
                disk.truncate(file, length);
                disk.forceDirectory(AtomicFile.folderOf(file));
            });
            return new Journal(disk, file, crc, length, opened[0]);
        } catch (IOException e) {
            throw DiskProblems.of(disk, file, 0, e);
        }
    }

    private static CRC32C checksum(Path file, long length) {
        try (var in = Files.newInputStream(file)) {
            return checksum(in, file, length);
        } catch (IOException e) {
            throw Problem.CKPT_DAMAGED.because(file + ": cannot be read: " + DiskProblems.reason(e), e);
        }
    }

    private static CRC32C checksum(InputStream in, Path file, long length) throws IOException {
        var crc = new CRC32C();
        var piece = new byte[1 << 13];
        for (long left = length; left > 0;) {
            int n = in.read(piece, 0, (int) Math.min(piece.length, left));
            if (n < 0)
                throw Problem.CKPT_DAMAGED.because(file + ": has " + DiskProblems.number(length - left)
                        + " bytes, the checkpoint knows " + DiskProblems.number(length));
            crc.update(piece, 0, n);
            left -= n;
        }
        return crc;
    }
}
