package narwhal.data.picture;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/// Bytes and numbers of both orders, one after the other.
final class Bits {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private int pending;
    private int count;

    Bits u8(int... values) {
        for (int value : values) out.write(value);
        return this;
    }

    Bits big(int value, int bytes) {
        for (int i = bytes - 1; i >= 0; i--) out.write(value >>> (8 * i));
        return this;
    }

    Bits little(int value, int bytes) {
        for (int i = 0; i < bytes; i++) out.write(value >>> (8 * i));
        return this;
    }

    Bits text(String latin) {
        return bytes(latin.getBytes(StandardCharsets.ISO_8859_1));
    }

    Bits bytes(byte[] bytes) {
        out.write(bytes, 0, bytes.length);
        return this;
    }

    /// Bits from the highest on, as in PNG and JPEG.
    Bits high(int value, int bits) {
        for (int i = bits - 1; i >= 0; i--) {
            pending = pending << 1 | (value >>> i & 1);
            if (++count == 8) flushByte();
        }
        return this;
    }

    /// Bits from the lowest on, as in GIF.
    Bits low(int value, int bits) {
        for (int i = 0; i < bits; i++) {
            pending |= (value >>> i & 1) << count;
            if (++count == 8) flushByte();
        }
        return this;
    }

    private void flushByte() {
        out.write(pending);
        pending = 0;
        count = 0;
    }

    /// Fills the last byte with zeros (high) or leaves zeros (low).
    Bits align(boolean high) {
        while (count != 0) {
            if (high) high(0, 1);
            else
                low(0, 1);
        }
        return this;
    }

    /// Fills the last byte with ones, as JPEG wants it.
    Bits alignOnes() {
        while (count != 0) high(1, 1);
        return this;
    }

    int size() {
        return out.size();
    }

    byte[] toBytes() {
        return out.toByteArray();
    }
}
