package narwhal.guarded;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import narwhal.errors.Problem;

/// A stretch of bytes that nobody vouches for, in a file or in memory. Every read is checked against its end; a file is read
/// where it lies and never mapped.
public final class Bytes {
    private final Source source;
    private final long base;
    private final long length;
    private final String place;

    private interface Source {
        /// Fills `into` from `at` on; the stretch lies inside.
        void read(long at, ByteBuffer into) throws IOException;
    }

    private Bytes(Source source, long base, long length, String place) {
        this.source = source;
        this.base = base;
        this.length = length;
        this.place = place;
    }

    /// Bytes in memory; the array must not change.
    ///
    /// @param place where they come from, as errors shall name it
    public static Bytes of(byte[] bytes, String place) {
        return new Bytes((at, into) -> into.put(bytes, (int) at, into.remaining()), 0, bytes.length, place);
    }

    static Bytes of(FileChannel channel, long length, String place) {
        return new Bytes((at, into) -> fill(channel, at, into), 0, length, place);
    }

    private static void fill(FileChannel channel, long at, ByteBuffer into) throws IOException {
        for (long from = at; into.hasRemaining();) {
            int n = channel.read(into, from);
            if (n < 0) throw new IOException("the file became shorter while it was read");
            from += n;
        }
    }

    /// Where these bytes come from.
    public String place() {
        return place;
    }

    /// How many there are.
    public long length() {
        return length;
    }

    /// Whether a stretch lies inside.
    public boolean contains(long at, long count) {
        return at >= 0 && count >= 0 && at <= length - count;
    }

    /// A stretch of these bytes as bytes of their own.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED` if it does not lie inside
    public Bytes slice(long at, long count, String name) {
        check(at, count);
        return new Bytes(source, base + at, count, name);
    }

    /// Reads `count` bytes from `at` on, little-endian.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED` if they do not lie inside
    public ByteBuffer read(long at, int count) {
        check(at, count);
        var buffer = ByteBuffer.allocate(count).order(ByteOrder.LITTLE_ENDIAN);
        read(at, buffer);
        return buffer.flip();
    }

    /// Fills the rest of `into` from `at` on.
    ///
    /// @throws NarwhalException `MODEL_DAMAGED` if that does not lie inside
    public void read(long at, ByteBuffer into) {
        check(at, into.remaining());
        try {
            source.read(base + at, into);
        } catch (IOException e) {
            throw Problem.MODEL_DAMAGED.because(place + ": cannot be read: " + e.getMessage(), e);
        }
    }

    private void check(long at, long count) {
        if (!contains(at, count))
            throw Problem.MODEL_DAMAGED
                    .because(place + ": needs " + count + " bytes from byte " + at + ", ends at byte " + length);
    }
}
