package narwhal.data.picture;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import narwhal.errors.Problem;

/// JPEG, marker by marker up to the end of image (ITU-T T.81, annex B). Application segments and comments are left out of
/// what is decoded; in their place stands one marker that says which colours are meant, by the rules of libjpeg, so that
/// two decoders cannot disagree about it.
///
/// Components of half the height and full width (a 4:2:2 picture turned by a quarter) are smoothed by libjpeg-turbo and not
/// by the JDK's older libjpeg, so those are taken out raw and finished by [JpegComponents].
final class JpegWalk {
    private static final int EOI = 0xd9;
    private static final int SOS = 0xda;
    private static final int APP0 = 0xe0;
    private static final int APP1 = 0xe1;
    private static final int APP14 = 0xee;
    private static final int COMMENT = 0xfe;

    private final Cursor cursor;
    private final Limits limits;
    private final ByteArrayOutputStream rest;
    private final EnumSet<PictureNote> notes = EnumSet.noneOf(PictureNote.class);
    private int height;
    private int width;
    private int[] components = {};
    private final List<Boolean> halfHeight = new ArrayList<>();
    private boolean jfif;
    private int adobe = -1;
    private boolean scanned;

    private JpegWalk(byte[] bytes, Limits limits) {
        this.cursor = new Cursor(bytes);
        this.limits = limits;
        this.rest = new ByteArrayOutputStream(bytes.length);
    }

    static Walk of(byte[] bytes, Limits limits) {
        return new JpegWalk(bytes, limits).walk();
    }

    private Walk walk() {
        cursor.skip(2);
        while (true) {
            int marker = marker();
            if (marker == EOI) break;
            segment(marker);
            if (marker == SOS) scan();
        }
        if (!scanned) throw Problem.IMG_CORRUPT.because("has no pixel data");
        rest.write(0xff);
        rest.write(EOI);
        if (components.length == 4) notes.add(PictureNote.CMYK);
        boolean raw = components.length == 4 || halfHeight.contains(true);
        var colour = colour();
        byte[] essence = essence(raw || colour == Walk.Colour.RGB ? 0 : 1);
        return new Walk(height, width, notes, essence,
                raw ? new Walk.Reading.Components(colour, halfHeight) : new Walk.Reading.Plain());
    }

    /// libjpeg's `default_decompress_parms`: JFIF means luma and chroma; else Adobe's mark decides; else the names of the
    /// components.
    private Walk.Colour colour() {
        if (components.length == 4) return adobe == 2 ? Walk.Colour.YCCK : Walk.Colour.CMYK;
        boolean rgb = !jfif && (adobe >= 0 ? adobe == 0 : Arrays.equals(components, new int[]{'R', 'G', 'B'}));
        return rgb ? Walk.Colour.RGB : Walk.Colour.YCC;
    }

    private int marker() {
        cursor.inside("the markers");
        if (cursor.u8() != 0xff) throw cursor.corrupt("no marker where one belongs");
        int marker = cursor.u8();
        while (marker == 0xff) marker = cursor.u8();
        return marker;
    }

    private void segment(int marker) {
        if (marker == 0x01 || (marker >= 0xd0 && marker <= 0xd8) || marker == 0) {
            throw cursor.corrupt("marker " + Integer.toHexString(marker) + " where it does not belong");
        }
        int start = cursor.inside("segment " + Integer.toHexString(marker)).at();
        int length = cursor.u16();
        if (length < 2) throw cursor.corrupt("a segment of " + length + " bytes");
        cursor.skip(length - 2L);
        int end = cursor.at();
        cursor.moveTo(start + 2);
        if (isFrame(marker)) frame(marker, end);
        else if (marker == SOS && components.length == 0) throw cursor.corrupt("a scan before the frame header");
        else if (marker == APP0 && length >= 7 && cursor.text(5).equals("JFIF\0")) jfif = true;
        else if (marker == APP14 && length >= 14 && cursor.text(5).equals("Adobe"))
            adobe = cursor.bytes()[end - 1] & 0xff;
        else if (marker == APP1 && length >= 16 && cursor.text(6).equals("Exif\0\0")
                && Exif.rotated(cursor.bytes(), cursor.at(), end - cursor.at()))
            notes.add(PictureNote.EXIF_ROTATION);
        cursor.moveTo(end);
        boolean kept = (marker < APP0 || marker > 0xef) && marker != COMMENT;
        if (kept) {
            rest.write(0xff);
            rest.write(marker);
            rest.write(cursor.bytes(), start, length);
        }
    }

    private static boolean isFrame(int marker) {
        return marker >= 0xc0 && marker <= 0xcf && marker != 0xc4 && marker != 0xc8 && marker != 0xcc;
    }

    private void frame(int marker, int end) {
        if (marker > 0xc2) {
            throw Problem.IMG_UNSUPPORTED.because("JPEG of a kind that is not supported (frame type "
                    + Integer.toHexString(marker) + ", lossless, hierarchical or arithmetic)");
        }
        if (components.length > 0) throw cursor.corrupt("a second frame header");
        int precision = cursor.u8();
        if (precision != 8) throw Problem.IMG_UNSUPPORTED.because("JPEG with " + precision + " bits is not supported");
        int h = cursor.u16();
        int w = cursor.u16();
        limits.check(h, w);
        int count = cursor.u8();
        if (count != 1 && count != 3 && count != 4) {
            throw Problem.IMG_UNSUPPORTED.because("JPEG with " + count + " components is not supported");
        }
        if (end - cursor.at() != 3 * count) throw cursor.corrupt("a frame header of the wrong length");
        height = h;
        width = w;
        components = new int[count];
        int[] across = new int[count];
        int[] down = new int[count];
        for (int i = 0; i < count; i++) {
            components[i] = cursor.u8();
            int sampling = cursor.u8();
            across[i] = sampling >> 4;
            down[i] = sampling & 15;
            if (across[i] < 1 || across[i] > 4 || down[i] < 1 || down[i] > 4) {
                throw cursor.corrupt("a component of " + across[i] + "×" + down[i] + " samples");
            }
            cursor.skip(1);
        }
        int widest = Arrays.stream(across).max().orElse(1);
        int highest = Arrays.stream(down).max().orElse(1);
        for (int i = 0; i < count; i++) halfHeight.add(count > 1 && across[i] == widest && down[i] * 2 == highest);
    }

    /// Skips the compressed data of a scan to the marker behind it.
    private void scan() {
        scanned = true;
        byte[] bytes = cursor.bytes();
        int start = cursor.inside("the pixel data").at();
        int i = start;
        while (true) {
            while (i < bytes.length && bytes[i] != (byte) 0xff) i++;
            if (i + 1 >= bytes.length) throw cursor.truncated();
            int next = bytes[i + 1] & 0xff;
            if (next == 0 || (next >= 0xd0 && next <= 0xd7)) i += 2;
            else if (next == 0xff) i++;
            else
                break;
        }
        rest.write(bytes, start, i - start);
        cursor.moveTo(i);
    }

    private byte[] essence(int transform) {
        byte[] behind = rest.toByteArray();
        byte[] mark = components.length == 1 ? new byte[0] : adobeMarker(transform);
        byte[] essence = new byte[2 + mark.length + behind.length];
        essence[0] = (byte) 0xff;
        essence[1] = (byte) 0xd8;
        System.arraycopy(mark, 0, essence, 2, mark.length);
        System.arraycopy(behind, 0, essence, 2 + mark.length, behind.length);
        return essence;
    }

    private static byte[] adobeMarker(int transform) {
        return new byte[]{(byte) 0xff, (byte) APP14, 0, 14, 'A', 'd', 'o', 'b', 'e', 0, 100, 0, 0, 0, 0,
            (byte) transform};
    }
}
