package narwhal.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;

/// Little-endian bytes that grow, and can be corrected later.
final class Bag {
    private ByteBuffer buffer = ByteBuffer.allocate(1 << 12).order(ByteOrder.LITTLE_ENDIAN);

    int length() {
        return buffer.position();
    }

    Bag u8(int... values) {
        for (int value : values) room(1).put((byte) value);
        return this;
    }

    Bag u16(int value) {
        room(2).putShort((short) value);
        return this;
    }

    Bag u32(long value) {
        room(4).putInt((int) value);
        return this;
    }

    Bag u64(long value) {
        room(8).putLong(value);
        return this;
    }

    Bag bytes(byte[] bytes) {
        room(bytes.length).put(bytes);
        return this;
    }

    Bag ascii(String text) {
        return bytes(Draft.utf8(text));
    }

    Bag zeros(int count) {
        return bytes(new byte[count]);
    }

    /// Zeros up to a multiple of 8.
    Bag align() {
        return zeros(-length() & 7);
    }

    void patch16(int at, int value) {
        buffer.putShort(at, (short) value);
    }

    void patch32(int at, int value) {
        buffer.putInt(at, value);
    }

    void patch64(int at, long value) {
        buffer.putLong(at, value);
    }

    byte[] toBytes() {
        return Arrays.copyOf(buffer.array(), length());
    }

    private ByteBuffer room(int bytes) {
        if (buffer.remaining() < bytes) {
            int needed = Math.addExact(length(), bytes);
            var larger = ByteBuffer
                    .allocate(Math.max(needed, length() < 1 << 29 ? 2 * length() : Integer.MAX_VALUE - 8))
                    .order(ByteOrder.LITTLE_ENDIAN);
            buffer = larger.put(buffer.flip());
        }
        return buffer;
    }
}
