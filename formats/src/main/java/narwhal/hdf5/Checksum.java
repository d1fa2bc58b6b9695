package narwhal.hdf5;

/// Bob Jenkins' `lookup3` hash, which newer structures carry in their last 4 bytes.
///
/// Source: Bob Jenkins, `lookup3.c`, May 2006, public domain (function `hashlittle`).
final class Checksum {
    private Checksum() {
    }

    /// Compares the last 4 bytes of a structure, of which nothing was read yet, with the hash of those before.
    static void verify(Cursor structure) {
        int length = structure.remaining() - 4;
        if (length < 0) throw structure.damaged("too short for a checksum");
        var copy = structure.copy();
        int expected = of(copy.bytes(length));
        if ((int) copy.u32() != expected) throw structure.damaged("its checksum does not match");
    }

    static int of(byte[] bytes) {
        int a = 0xdeadbeef + bytes.length;
        int b = a;
        int c = a;
        int at = 0;
        for (; bytes.length - at > 12; at += 12) {
            a += word(bytes, at);
            b += word(bytes, at + 4);
            c += word(bytes, at + 8);
            a = (a - c) ^ Integer.rotateLeft(c, 4);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 6);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 8);
            b += a;
            a = (a - c) ^ Integer.rotateLeft(c, 16);
            c += b;
            b = (b - a) ^ Integer.rotateLeft(a, 19);
            a += c;
            c = (c - b) ^ Integer.rotateLeft(b, 4);
            b += a;
        }
        if (at == bytes.length) return c;
        a += word(bytes, at);
        b += word(bytes, at + 4);
        c += word(bytes, at + 8);
        c = (c ^ b) - Integer.rotateLeft(b, 14);
        a = (a ^ c) - Integer.rotateLeft(c, 11);
        b = (b ^ a) - Integer.rotateLeft(a, 25);
        c = (c ^ b) - Integer.rotateLeft(b, 16);
        a = (a ^ c) - Integer.rotateLeft(c, 4);
        b = (b ^ a) - Integer.rotateLeft(a, 14);
        return (c ^ b) - Integer.rotateLeft(b, 24);
    }

    /// Four bytes, little-endian; what lies behind the end counts as 0.
    private static int word(byte[] bytes, int at) {
        int word = 0;
        for (int i = 0; i < 4 && at + i < bytes.length; i++) word |= (bytes[at + i] & 0xff) << 8 * i;
        return word;
    }
}
