package narwhal.data.picture;

import narwhal.errors.NarwhalException;

/// The one thing we look up in EXIF data: whether a viewer would turn the picture (TIFF 6.0, tag 274).
final class Exif {
    private static final int ORIENTATION = 0x0112;
    private static final int UPRIGHT = 1;

    private Exif() {
    }

    /// Whether EXIF data asks for a rotation or reflection. Damaged EXIF data asks for nothing.
    ///
    /// @param from where the TIFF header starts
    static boolean rotated(byte[] bytes, int from, int length) {
        var cursor = new Cursor(java.util.Arrays.copyOfRange(bytes, from, from + length));
        try {
            var order = cursor.text(2);
            boolean little = order.equals("II");
            if (!little && !order.equals("MM")) return false;
            cursor.skip(2);
            long directory = little ? cursor.u32LittleEndian() : cursor.u32();
            cursor.moveTo((int) Math.min(directory, length));
            int entries = little ? cursor.u16LittleEndian() : cursor.u16();
            for (int i = 0; i < entries; i++) {
                int tag = little ? cursor.u16LittleEndian() : cursor.u16();
                cursor.skip(6);
                int value = little ? cursor.u16LittleEndian() : cursor.u16();
                cursor.skip(2);
                if (tag == ORIENTATION) return value > UPRIGHT && value <= 8;
            }
            return false;
        } catch (NarwhalException e) {
            return false;
        }
    }
}
