package narwhal.data.picture;

import java.util.EnumSet;
import narwhal.errors.Problem;

/// BMP: the sizes it announces against the length of the file (Microsoft, "Bitmap Storage").
final class BmpWalk {
    private static final int RGB = 0;
    private static final int RLE8 = 1;
    private static final int RLE4 = 2;
    private static final int BITFIELDS = 3;

    private BmpWalk() {
    }

    static Walk of(byte[] bytes, Limits limits) {
        var cursor = new Cursor(bytes);
        cursor.skip(2);
        cursor.skip(8); // the announced file size is often wrong, and nobody needs it
        long pixels = cursor.u32LittleEndian();
        long header = cursor.u32LittleEndian();
        long width;
        long height;
        int bits;
        long compression = RGB;
        long colours = 0;
        if (header == 12) {
            width = cursor.u16LittleEndian();
            height = cursor.u16LittleEndian();
            cursor.skip(2);
            bits = cursor.u16LittleEndian();
        } else if (header == 40 || header == 52 || header == 56 || header == 64 || header == 108 || header == 124) {
            width = (int) cursor.u32LittleEndian();
            height = Math.abs((long) (int) cursor.u32LittleEndian());
            cursor.skip(2);
            bits = cursor.u16LittleEndian();
            compression = cursor.u32LittleEndian();
            cursor.skip(12);
            colours = cursor.u32LittleEndian();
            cursor.skip(4);
        } else {
            throw cursor.corrupt("a header of " + header + " bytes");
        }
        limits.check(height, width);
        if (bits != 1 && bits != 4 && bits != 8 && bits != 16 && bits != 24 && bits != 32) {
            throw cursor.corrupt(bits + " bits a pixel");
        }
        boolean fits = switch ((int) Math.min(compression, Integer.MAX_VALUE)) {
            case RGB -> true;
            case RLE8 -> bits == 8;
            case RLE4 -> bits == 4;
            case BITFIELDS -> bits == 16 || bits == 32;
            default -> throw Problem.IMG_UNSUPPORTED.because("BMP with compression " + compression
                    + " is not supported");
        };
        if (!fits) throw cursor.corrupt("compression " + compression + " with " + bits + " bits a pixel");
        if (bits <= 8 && colours > 1L << bits) throw cursor.corrupt("a palette of " + colours + " colours");
        cursor.inside("the palette");
        long behindHeader = 14 + header + (header == 40 && compression == BITFIELDS ? 12 : 0);
        if (bits <= 8) behindHeader += (colours == 0 ? 1L << bits : colours) * (header == 12 ? 3 : 4);
        if (behindHeader > bytes.length) throw cursor.truncated();
        if (pixels > bytes.length) throw cursor.inside("the header").truncated();
        cursor.moveTo((int) pixels);
        cursor.inside("the pixel data");
        if (compression == RLE8 || compression == RLE4) runs(cursor, compression == RLE4);
        else
            cursor.skip(Math.multiplyExact((width * bits + 31) / 32 * 4, height));
        return new Walk((int) height, (int) width, EnumSet.noneOf(PictureNote.class), bytes, new Walk.Reading.Plain());
    }

    /// Runs up to the end-of-bitmap mark.
    private static void runs(Cursor cursor, boolean fourBits) {
        while (true) {
            int count = cursor.u8();
            int value = cursor.u8();
            if (count > 0) continue;
            if (value == 1) return;
            if (value == 2) cursor.skip(2);
            else if (value > 2) {
                int length = fourBits ? (value + 1) / 2 : value;
                cursor.skip(length + (length & 1));
            }
        }
    }
}
