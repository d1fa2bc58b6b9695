package narwhal.guarded;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import narwhal.errors.Problem;

/// An open file that nobody vouches for. Its [#bytes] are good until it is closed.
public final class UntrustedFile implements AutoCloseable {
    private final FileChannel channel;
    private final Bytes bytes;

    private UntrustedFile(FileChannel channel, Bytes bytes) {
        this.channel = channel;
        this.bytes = bytes;
    }

    /// Opens a regular file; a pipe, socket or device is never opened.
    ///
    /// @throws NarwhalException `MODEL_UNKNOWN_FORMAT` if there is no such file; `MODEL_DAMAGED` if it cannot be read;
    ///     `MODEL_LIMIT` if it is larger than [Limits#bytes]
    public static UntrustedFile open(Path file, Limits limits) {
        var place = file.toString();
        if (!Files.exists(file)) throw Problem.MODEL_UNKNOWN_FORMAT.because(place + ": no such file", "check the path");
        if (!Files.isRegularFile(file))
            throw Problem.MODEL_UNKNOWN_FORMAT.because(place + ": not a regular file", "check the path");
        try {
            var channel = FileChannel.open(file, StandardOpenOption.READ);
            try {
                long length = channel.size();
                if (length > limits.bytes())
                    throw limits.exceeded(place, "bytes", "has " + length + " bytes", limits.bytes());
                return new UntrustedFile(channel, Bytes.of(channel, length, place));
            } catch (IOException | RuntimeException e) {
                channel.close();
                throw e;
            }
        } catch (NoSuchFileException e) {
            throw Problem.MODEL_UNKNOWN_FORMAT.because(place + ": no such file", "check the path");
        } catch (IOException e) {
            throw Problem.MODEL_DAMAGED.because(place + ": cannot be read: " + e.getClass().getSimpleName(), e);
        }
    }

    /// Its bytes.
    public Bytes bytes() {
        return bytes;
    }

    @Override
    public void close() {
        try {
            channel.close();
        } catch (IOException e) {
            // It was only read: there is nothing to lose.
            System.getLogger(UntrustedFile.class.getName()).log(System.Logger.Level.DEBUG, "close failed", e);
        }
    }
}
