package narwhal.data.picture;

import java.nio.charset.StandardCharsets;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// A place in the bytes of a file, which moves as numbers are read. Whoever reads past the end meets `IMG_TRUNCATED`.
final class Cursor {
    private final byte[] bytes;
    private int at;
    private String inside = "the header";

    Cursor(byte[] bytes) {
        this.bytes = bytes;
    }

    /// What is being read, for the error if the file ends there.
    Cursor inside(String what) {
        inside = what;
        return this;
    }

    int at() {
        return at;
    }

    int remaining() {
        return bytes.length - at;
    }

    byte[] bytes() {
        return bytes;
    }

    /// Moves to another place.
    void moveTo(int place) {
        if (place < 0 || place > bytes.length) throw truncated();
        at = place;
    }

    /// Moves `n` bytes on.
    void skip(long n) {
        if (n < 0 || n > remaining()) throw truncated();
        at += (int) n;
    }

    int u8() {
        if (at >= bytes.length) throw truncated();
        return bytes[at++] & 0xff;
    }

    int u16() {
        return u8() << 8 | u8();
    }

    /// 0 … 2³² − 1.
    long u32() {
        return (long) u16() << 16 | u16();
    }

    int u16LittleEndian() {
        return u8() | u8() << 8;
    }

    /// 0 … 2³² − 1.
    long u32LittleEndian() {
        return u16LittleEndian() | (long) u16LittleEndian() << 16;
    }

    /// The next `n` bytes as Latin text.
    String text(int n) {
        if (n > remaining()) throw truncated();
        var text = new String(bytes, at, n, StandardCharsets.ISO_8859_1);
        at += n;
        return text;
    }

    NarwhalException truncated() {
        return Problem.IMG_TRUNCATED.because("ends after " + bytes.length + " bytes, inside " + inside);
    }

    NarwhalException corrupt(String what) {
        return Problem.IMG_CORRUPT.because(what + " at byte " + at);
    }
}
