package narwhal.disk;

import java.io.IOException;
import java.nio.ByteBuffer;

/// What a file is to hold: how long it is, and a way to write it that streams, so that a large model is never in memory
/// twice.
public interface Content {
    /// The number of bytes [#writeTo] writes, exactly.
    long length();

    /// Writes the bytes in order.
    void writeTo(Target out) throws IOException;

    /// Content that lies in memory; the array must not change until it is written.
    static Content of(byte[] bytes) {
        return new Content() {
            @Override
            public long length() {
                return bytes.length;
            }

            @Override
            public void writeTo(Target out) throws IOException {
                out.write(ByteBuffer.wrap(bytes));
            }
        };
    }

    /// Where content goes.
    @FunctionalInterface
    interface Target {
        /// Takes all remaining bytes.
        void write(ByteBuffer bytes) throws IOException;
    }
}
