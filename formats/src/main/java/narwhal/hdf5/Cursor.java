package narwhal.hdf5;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// Reads the fields of one structure in order. A field that reaches beyond the structure is damage.
final class Cursor {
    /// An address that says "nowhere".
    static final long UNDEFINED = -1;

    private final ByteBuffer buffer;
    private final Place place;

    /// Where a structure is: a file and a part of it.
    ///
    /// @param what path of the object it belongs to, or what it is
    /// @param address of its first byte
    record Place(String file, String what, long address) {
        @Override
        public String toString() {
            return file + ": " + what + " at byte " + Long.toUnsignedString(address);
        }
    }

    Cursor(ByteBuffer buffer, Place place) {
        this.buffer = buffer.order(ByteOrder.LITTLE_ENDIAN);
        this.place = place;
    }

    Place place() {
        return place;
    }

    int remaining() {
        return buffer.remaining();
    }

    int u8() {
        return need(1).get() & 0xff;
    }

    int u16() {
        return need(2).getShort() & 0xffff;
    }

    long u32() {
        return need(4).getInt() & 0xffff_ffffL;
    }

    /// An unsigned number of 64 bits, which no honest file needs beyond 63.
    long u64() {
        long value = need(8).getLong();
        if (value < 0) throw damaged("the number " + Long.toUnsignedString(value) + " is too large");
        return value;
    }

    /// An unsigned number of 1 to 8 bytes.
    long unsigned(int bytes) {
        long value = 0;
        for (int i = 0; i < bytes; i++) value |= (long) u8() << 8 * i;
        if (value < 0) throw damaged("the number " + Long.toUnsignedString(value) + " is too large");
        return value;
    }

    /// A place in the file, or [#UNDEFINED].
    long address() {
        long value = need(8).getLong();
        if (value < UNDEFINED) throw damaged("the address " + Long.toUnsignedString(value) + " is too large");
        return value;
    }

    /// A place in the file.
    long definedAddress(String of) {
        long value = address();
        if (value == UNDEFINED) throw damaged("has no " + of);
        return value;
    }

    Cursor skip(int bytes) {
        need(bytes).position(buffer.position() + bytes);
        return this;
    }

    byte[] bytes(int count) {
        var bytes = new byte[need(count) == buffer ? count : 0];
        buffer.get(bytes);
        return bytes;
    }

    /// A cursor of its own from here on.
    Cursor copy() {
        return new Cursor(buffer.slice(), place);
    }

    /// The next `count` bytes as a structure of their own.
    Cursor part(int count) {
        need(count);
        var part = new Cursor(buffer.slice(buffer.position(), count), place);
        skip(count);
        return part;
    }

    void signature(String expected) {
        var came = bytes(expected.length());
        if (!Arrays.equals(came, expected.getBytes(StandardCharsets.ISO_8859_1)))
            throw damaged("does not begin with " + expected);
    }

    void version(int expected, String of) {
        int came = u8();
        if (came != expected) throw unknown("version " + came + " of the " + of + ", expected " + expected);
    }

    NarwhalException damaged(String what) {
        return Problem.MODEL_DAMAGED.because(place + ": " + what);
    }

    /// For what is legal HDF5, but nothing Keras writes.
    NarwhalException unknown(String what) {
        return Problem.MODEL_UNKNOWN_FORMAT.because(place + ": " + what, "save the model again with Keras");
    }

    private ByteBuffer need(int bytes) {
        if (bytes < 0 || buffer.remaining() < bytes)
            throw damaged("needs " + Integer.toUnsignedString(bytes) + " bytes more, has " + buffer.remaining());
        return buffer;
    }
}
