package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;

/// The few things a program can do to a disk. Everything durable goes through here, so that tests can record what was
/// asked, or make the N-th wish fail.
///
/// An implementation does exactly what the method says and throws [IOException] when it could not; it repairs and
/// retries nothing. The rules of safe writing live above, in [AtomicFile] and [Journal].
public interface Disk {
    /// The disk of this computer.
    static Disk real() {
        return RealDisk.INSTANCE;
    }

    /// Creates a new, empty file beside `target` (a move between file systems would not be atomic) under a name that
    /// [AtomicFile#sweep] recognises.
    Output createTemporary(Path target) throws IOException;

    /// Opens `file` to write behind its last byte; creates it where it is missing.
    Output append(Path file) throws IOException;

    /// Cuts `file` to its first `length` bytes and forces that to the disk.
    void truncate(Path file, long length) throws IOException;

    /// Gives `from` the name `to` in one step that is done whole or not at all. An existing `to` is replaced.
    void move(Path from, Path to) throws IOException;

    /// Makes `link` a symbolic link to `target`.
    ///
    /// @throws UnsupportedOperationException where the file system has none
    void link(Path link, Path target) throws IOException;

    /// Forces the names in `folder` to the disk, so that a new or moved file is found after a power cut. Does nothing on
    /// systems that cannot do it.
    void forceDirectory(Path folder) throws IOException;

    /// Removes one file. A file that is not there is no error.
    void delete(Path file) throws IOException;

    /// Creates `folder` and those above it where they are missing.
    void createDirectories(Path folder) throws IOException;

    /// Bytes this program may still write beside `file`.
    long freeBytes(Path file) throws IOException;

    /// Replaces `target` by `bytes`, whole or not at all; see [AtomicFile#replace].
    default void replace(Path target, byte[] bytes) {
        AtomicFile.replace(this, target, Content.of(bytes));
    }

    /// Replaces `target` by `content`, whole or not at all; see [AtomicFile#replace].
    default void replace(Path target, Content content) {
        AtomicFile.replace(this, target, content);
    }

    /// An open file that is being written.
    interface Output extends AutoCloseable {
        /// The file that is written.
        Path path();

        /// Writes all remaining bytes behind those written before.
        void write(ByteBuffer bytes) throws IOException;

        /// Returns once everything written so far lies on the disk. After a failure the file is dead: nobody knows what
        /// it holds, and trying again would report success without writing.
        void force() throws IOException;

        @Override
        void close() throws IOException;
    }
}
