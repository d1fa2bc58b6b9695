package narwhal.data.picture;

import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import narwhal.errors.Problem;

/// The bytes of a file, and what identifies this state of it.
///
/// @param bytes all of it
/// @param size in bytes
/// @param modified nanoseconds since 1970
@SuppressWarnings("ArrayRecordComponent")
public record PictureFile(byte[] bytes, long size, long modified) {
    /// The largest file that is opened, in bytes.
    public static final long LARGEST = 256L << 20;

    /// Reads a regular file whole. Pipes, sockets and devices are never opened, because opening one may wait for ever.
    ///
    /// @throws narwhal.errors.NarwhalException `IMG_NOT_A_FILE`, `IMG_UNREADABLE`, `IMG_TOO_LARGE`
    public static PictureFile read(Path file) {
        try {
            var attributes = Files.readAttributes(file, BasicFileAttributes.class);
            if (!attributes.isRegularFile()) {
                throw Problem.IMG_NOT_A_FILE.because(file + ": is " + kind(attributes) + ", expected a file");
            }
            if (attributes.size() > LARGEST) throw tooLarge(file, attributes.size());
            byte[] bytes;
            try (var in = Files.newInputStream(file)) {
                bytes = in.readNBytes((int) LARGEST + 1);
            }
            if (bytes.length > LARGEST) throw tooLarge(file, bytes.length);
            return new PictureFile(bytes, attributes.size(), modified(attributes));
        } catch (IOException e) {
            throw Problem.IMG_UNREADABLE.because(file + ": " + reason(e), e);
        }
    }

    /// Nanoseconds since 1970 of a file's last change.
    public static long modified(BasicFileAttributes attributes) {
        var instant = attributes.lastModifiedTime().toInstant();
        return instant.getEpochSecond() * 1_000_000_000 + instant.getNano();
    }

    private static String kind(BasicFileAttributes attributes) {
        return attributes.isDirectory() ? "a folder" : "a pipe, socket or device";
    }

    private static String reason(IOException e) {
        if (e instanceof AccessDeniedException) return "no permission to read it";
        if (e instanceof NoSuchFileException) return "is gone";
        return "cannot be read (" + e.getMessage() + ")";
    }

    private static RuntimeException tooLarge(Path file, long size) {
        return Problem.IMG_TOO_LARGE.because(
                file + ": is " + (size >> 20) + " MiB, the limit is " + (LARGEST >> 20) + " MiB",
                "shrink it or remove it");
    }
}
