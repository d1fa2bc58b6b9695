package narwhal.data.picture;

import java.io.ByteArrayOutputStream;
import java.util.EnumSet;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;
import narwhal.errors.Problem;

/// PNG, chunk by chunk with checksums up to `IEND` (W3C PNG specification, sections 5 and 11). The JDK's reader checks
/// neither that end nor the checksums of header and palette.
final class PngWalk {
    /// Bytes of inflated text and profiles that a file may carry; Pillow's limit.
    private static final long TEXT_BUDGET = 64L << 20;

    private final Cursor cursor;
    private final Limits limits;
    private final ByteArrayOutputStream essence;
    private final EnumSet<PictureNote> notes = EnumSet.noneOf(PictureNote.class);
    private int height;
    private int width;
    private int bitDepth;
    private int colourType;
    private int paletteEntries;
    private boolean data;
    private boolean dataEnded;
    private long text;

    private PngWalk(byte[] bytes, Limits limits) {
        this.cursor = new Cursor(bytes);
        this.limits = limits;
        this.essence = new ByteArrayOutputStream(bytes.length);
    }

    static Walk of(byte[] bytes, Limits limits) {
        return new PngWalk(bytes, limits).walk();
    }

    private Walk walk() {
        essence.write(cursor.bytes(), 0, 8);
        cursor.skip(8);
        for (boolean first = true, end = false; !end; first = false) {
            int start = cursor.at();
            long length = cursor.inside("a chunk header").u32();
            var type = cursor.text(4);
            cursor.inside("chunk " + type);
            if (length > Integer.MAX_VALUE) throw cursor.corrupt("chunk " + type + " of " + length + " bytes");
            int content = cursor.at();
            cursor.skip(length);
            checkCrc(type, content, (int) length);
            if (first != type.equals("IHDR")) throw cursor.corrupt("chunk " + type + " where IHDR belongs");
            boolean kept = chunk(type, content, (int) length);
            if (kept) essence.write(cursor.bytes(), start, (int) length + 12);
            end = type.equals("IEND");
        }
        if (!data) throw Problem.IMG_CORRUPT.because("has no pixel data");
        return new Walk(height, width, notes, essence.toByteArray(), new Walk.Reading.Plain());
    }

    private void checkCrc(String type, int content, int length) {
        var crc = new CRC32();
        crc.update(cursor.bytes(), content - 4, length + 4);
        if (cursor.u32() != crc.getValue()) throw cursor.corrupt("wrong checksum of chunk " + type);
    }

    /// Whether pixels depend on the chunk.
    private boolean chunk(String type, int content, int length) {
        if (data && !type.equals("IDAT")) dataEnded = true;
        switch (type) {
            case "IHDR" -> header(content, length);
            case "PLTE" -> {
                if (length % 3 != 0 || length == 0 || length > 768 || paletteEntries > 0 || data)
                    throw cursor.corrupt("a palette of " + length + " bytes or at the wrong place");
                paletteEntries = length / 3;
                return colourType == 3;
            }
            case "IDAT" -> {
                if (dataEnded) throw cursor.corrupt("pixel data in two places");
                if (colourType == 3 && paletteEntries == 0) throw cursor.corrupt("pixel data without a palette");
                data = true;
            }
            case "IEND" -> {
                if (length != 0) throw cursor.corrupt("an end chunk with content");
            }
            case "acTL" -> notes.add(PictureNote.ANIMATED);
            case "eXIf" -> {
                if (Exif.rotated(cursor.bytes(), content, length)) notes.add(PictureNote.EXIF_ROTATION);
            }
            case "tEXt", "zTXt", "iTXt", "iCCP" -> text(type, content, length);
            default -> {
                if (Character.isUpperCase(type.charAt(0))) throw cursor.corrupt("unknown critical chunk " + type);
            }
        }
        return Character.isUpperCase(type.charAt(0));
    }

    private void header(int content, int length) {
        if (length != 13) throw cursor.corrupt("a header of " + length + " bytes");
        int after = cursor.at();
        cursor.moveTo(content);
        long w = cursor.u32();
        long h = cursor.u32();
        bitDepth = cursor.u8();
        colourType = cursor.u8();
        int compression = cursor.u8();
        int filter = cursor.u8();
        int interlace = cursor.u8();
        boolean known = switch (colourType) {
            case 0 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8 || bitDepth == 16;
            case 3 -> bitDepth == 1 || bitDepth == 2 || bitDepth == 4 || bitDepth == 8;
            case 2, 4, 6 -> bitDepth == 8 || bitDepth == 16;
            default -> false;
        };
        if (!known || compression != 0 || filter != 0 || interlace > 1) {
            throw cursor.corrupt("colour type " + colourType + " with " + bitDepth + " bits, compression " + compression
                    + ", filter " + filter + ", interlace " + interlace);
        }
        limits.check(h, w);
        height = (int) h;
        width = (int) w;
        if (bitDepth == 16) notes.add(PictureNote.SIXTEEN_BIT);
        cursor.moveTo(after);
    }

    /// Text is never used; what it would inflate to is counted all the same, because other programs inflate it.
    private void text(String type, int content, int length) {
        text += length;
        if (!type.equals("tEXt")) {
            int zlib = content;
            while (zlib < content + length && cursor.bytes()[zlib] != 0) zlib++;
            zlib += 2; // behind the keyword's end and the compression method
            if (type.equals("iTXt")) {
                if (zlib >= content + length || cursor.bytes()[zlib - 1] == 0) zlib = content + length;
                else {
                    zlib++;
                    for (int strings = 0; strings < 2 && zlib < content + length; zlib++) {
                        if (cursor.bytes()[zlib] == 0) strings++;
                    }
                }
            }
            if (zlib < content + length) text += inflated(zlib, content + length - zlib);
        }
        if (text > TEXT_BUDGET) {
            throw Problem.IMG_TOO_LARGE.because("carries more than " + (TEXT_BUDGET >> 20) + " MiB of text",
                    "strip its text chunks or remove it");
        }
    }

    private long inflated(int from, int length) {
        try (var inflater = new Inflater()) {
            inflater.setInput(cursor.bytes(), from, length);
            var drain = new byte[1 << 14];
            long count = 0;
            while (!inflater.finished() && text + count <= TEXT_BUDGET) {
                int n = inflater.inflate(drain);
                if (n == 0) break;
                count += n;
            }
            return count;
        } catch (DataFormatException e) {
            return 0; // broken text breaks no pixel
        }
    }
}
