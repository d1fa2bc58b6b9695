package narwhal.disk;

import java.util.Locale;

/// The number types a [Section] can hold, little-endian in the file.
public enum SectionType {
    FLOAT32(4),
    INT32(4),
    INT64(8),
    UINT8(1);

    private final int bytes;

    SectionType(int bytes) {
        this.bytes = bytes;
    }

    /// Bytes of one number in the file.
    public int bytes() {
        return bytes;
    }

    /// The name in the file's header, such as `float32`.
    public String label() {
        return name().toLowerCase(Locale.ROOT);
    }
}
