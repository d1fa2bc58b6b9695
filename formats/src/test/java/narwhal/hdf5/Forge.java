package narwhal.hdf5;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;

/// A file of our own writer, to be spoilt byte by byte. What is where follows from the writer's order: children before their
/// group, each with its tree, names and header.
final class Forge {
    private final ByteBuffer bytes;

    private Forge(byte[] bytes) {
        this.bytes = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
    }

    /// One group `g` with a data set `k` of 2×3 numbers, a text, and a list of names.
    static Forge small() {
        var root = new Draft().ascii("config", "{}").texts("names", java.util.List.of("a", "b"));
        root.floats("g/k", new int[]{2, 3}, () -> new float[6]);
        return of(root);
    }

    static Forge of(Draft root) {
        var out = new ByteArrayOutputStream();
        try {
            Hdf5Writer.content(root).writeTo(piece -> {
                var copy = new byte[piece.remaining()];
                piece.get(copy);
                out.writeBytes(copy);
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return new Forge(out.toByteArray());
    }

    int length() {
        return bytes.capacity();
    }

    /// The place of the n-th structure with that signature, from 0.
    int find(String signature, int n) {
        var wanted = signature.getBytes(StandardCharsets.ISO_8859_1);
        int left = n;
        for (int at = 0; at + wanted.length <= length(); at++) {
            if (java.util.Arrays.equals(bytes.array(), at, at + wanted.length, wanted, 0, wanted.length) && left-- == 0)
                return at;
        }
        throw new IllegalArgumentException("no " + signature + " number " + n);
    }

    /// The body of the n-th message of a kind with that many bytes.
    int message(int kind, int length, int n) {
        int left = n;
        for (int at = 96; at + 8 < length(); at += 8) {
            boolean found = bytes.getShort(at) == kind && bytes.getShort(at + 2) == length
                    && bytes.getShort(at + 6) == 0
                    && (bytes.get(at + 4) & 0xfe) == 0 && bytes.get(at + 5) == 0;
            if (found && left-- == 0) return at + 8;
        }
        throw new IllegalArgumentException("no message " + kind);
    }

    long get64(int at) {
        return bytes.getLong(at);
    }

    Forge put(Consumer<ByteBuffer> change) {
        change.accept(bytes);
        return this;
    }

    Forge put8(int at, int value) {
        bytes.put(at, (byte) value);
        return this;
    }

    Forge put16(int at, int value) {
        bytes.putShort(at, (short) value);
        return this;
    }

    Forge put32(int at, long value) {
        bytes.putInt(at, (int) value);
        return this;
    }

    Forge put64(int at, long value) {
        bytes.putLong(at, value);
        return this;
    }

    byte[] toBytes() {
        return bytes.array();
    }
}
