package narwhal.hdf5;

import java.nio.ByteOrder;

/// What one element of an attribute or a data set is. Section IV.A.2.d.
sealed interface Datatype {
    /// Bytes of one element in the file.
    int size();

    /// A binary number with a fraction, in IEEE 754's 16, 32 or 64 bits.
    record Fraction(int size, ByteOrder order) implements Datatype {
        @Override
        public String toString() {
            return "float" + 8 * size;
        }
    }

    /// A whole number of 1, 2, 4 or 8 bytes.
    record Whole(int size, ByteOrder order, boolean signed) implements Datatype {
        @Override
        public String toString() {
            return (signed ? "int" : "uint") + 8 * size;
        }
    }

    /// Text of a fixed number of bytes.
    record FixedText(int size, Padding padding) implements Datatype {
        @Override
        public String toString() {
            return "text of " + size + " bytes";
        }
    }

    /// Text that lies in the global heap.
    record VariableText(int size) implements Datatype {
        @Override
        public String toString() {
            return "text";
        }
    }

    /// Something that no Keras weight or name is.
    record Other(int size, String name) implements Datatype {
        @Override
        public String toString() {
            return name;
        }
    }

    /// What follows a text shorter than its place.
    enum Padding {
        ZERO_TERMINATED,
        ZEROS,
        SPACES
    }

    private static ByteOrder order(int flags) {
        return (flags & 1) == 0 ? ByteOrder.LITTLE_ENDIAN : ByteOrder.BIG_ENDIAN;
    }

    /// Parses a datatype message.
    static Datatype read(Cursor in) {
        int kind = in.u8() & 0x0f;
        int flags = (int) in.unsigned(3);
        long size = in.u32();
        if (size == 0 || size > 1 << 20) throw in.damaged("a datatype of " + size + " bytes");
        return switch (kind) {
            case 0 -> whole(in, flags, (int) size);
            case 1 -> fraction(in, flags, (int) size);
            case 3 -> new FixedText((int) size, padding(in, flags & 0x0f));
            case 8 -> new Other((int) size, "an enumeration");
            case 9 -> variable(in, flags, (int) size);
            case 5 -> new Other((int) size, "opaque, as bfloat16 is");
            default -> new Other((int) size, "datatype class " + kind);
        };
    }

    private static Datatype whole(Cursor in, int flags, int size) {
        boolean plain = in.u16() == 0 && in.u16() == 8 * size && (size == 1 || size == 2 || size == 4 || size == 8);
        return plain
                ? new Whole(size, order(flags), (flags & 8) != 0)
                : new Other(size, "a whole number of unusual bits");
    }

    private static Datatype fraction(Cursor in, int flags, int size) {
        boolean plain = in.u16() == 0 && in.u16() == 8 * size && (flags & 0x40) == 0;
        int exponentAt = in.u8();
        int exponentBits = in.u8();
        int mantissaAt = in.u8();
        int mantissaBits = in.u8();
        long bias = in.u32();
        boolean ieee = plain && mantissaAt == 0 && exponentAt == mantissaBits && switch (size) {
            case 2 -> exponentBits == 5 && mantissaBits == 10 && bias == 15;
            case 4 -> exponentBits == 8 && mantissaBits == 23 && bias == 127;
            case 8 -> exponentBits == 11 && mantissaBits == 52 && bias == 1023;
            default -> false;
        };
        return ieee ? new Fraction(size, order(flags)) : new Other(size, "an unusual floating-point number");
    }

    private static Datatype variable(Cursor in, int flags, int size) {
        if (size != 16) throw in.damaged("a reference to the heap of " + size + " bytes, expected 16");
        return (flags & 0x0f) == 1 ? new VariableText(size) : new Other(size, "a sequence of variable length");
    }

    private static Padding padding(Cursor in, int code) {
        var all = Padding.values();
        if (code >= all.length) throw in.damaged("padding " + code + " of a text, expected 0 to 2");
        return all[code];
    }
}
