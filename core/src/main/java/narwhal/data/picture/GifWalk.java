package narwhal.data.picture;

import java.util.EnumSet;
import narwhal.errors.Problem;

/// GIF, block by block up to the trailer (CompuServe, GIF89a specification). The JDK's reader accepts a file without its
/// end in silence, and allocates by the frame's announced size.
///
/// The picture is the first frame on the whole screen. Around it lies, as in Pillow, the transparent colour if the frame has
/// one, else colour 0.
final class GifWalk {
    private final Cursor cursor;
    private final Limits limits;
    private final EnumSet<PictureNote> notes = EnumSet.noneOf(PictureNote.class);
    private int height;
    private int width;
    private int globalTable;
    private int transparent;
    private int frames;
    private Walk.Reading reading = new Walk.Reading.Plain();

    private GifWalk(byte[] bytes, Limits limits) {
        this.cursor = new Cursor(bytes);
        this.limits = limits;
    }

    static Walk of(byte[] bytes, Limits limits) {
        return new GifWalk(bytes, limits).walk();
    }

    private Walk walk() {
        cursor.skip(6);
        width = cursor.u16LittleEndian();
        height = cursor.u16LittleEndian();
        limits.check(height, width);
        int flags = cursor.u8();
        cursor.skip(2);
        globalTable = table(flags);
        for (int block = block(); block != 0x3b; block = block()) {
            if (block == 0x21) extension();
            else if (block == 0x2c) frame();
            else
                throw cursor.corrupt("block " + Integer.toHexString(block));
        }
        if (frames == 0) throw Problem.IMG_CORRUPT.because("has no frame");
        if (frames > 1) notes.add(PictureNote.ANIMATED);
        return new Walk(height, width, notes, cursor.bytes(), reading);
    }

    private int block() {
        return cursor.inside("the blocks").u8();
    }

    private void extension() {
        int label = cursor.inside("an extension").u8();
        int start = cursor.at();
        blocks();
        boolean control = label == 0xf9 && cursor.at() - start >= 6 && frames == 0;
        if (control && (cursor.bytes()[start + 1] & 1) != 0) transparent = cursor.bytes()[start + 4] & 0xff;
    }

    private void frame() {
        cursor.inside("a frame");
        int left = cursor.u16LittleEndian();
        int top = cursor.u16LittleEndian();
        int w = cursor.u16LittleEndian();
        int h = cursor.u16LittleEndian();
        limits.check(h, w);
        int localTable = table(cursor.u8());
        if (localTable == 0 && globalTable == 0) throw cursor.corrupt("a frame without a colour table");
        int codeSize = cursor.u8();
        if (codeSize < 1 || codeSize > 8) throw cursor.corrupt("codes of " + codeSize + " bits");
        int start = cursor.at();
        blocks();
        if (frames++ > 0) return;
        if (!GifCodes.fill(cursor.bytes(), start, codeSize, (long) w * h)) {
            throw cursor.corrupt("pixel data that does not fill its frame");
        }
        if (w != width || h != height || left != 0 || top != 0) {
            width = Math.max(width, left + w);
            height = Math.max(height, top + h);
            limits.check(height, width);
            int colour = (localTable == 0 ? globalTable : localTable) + 3 * transparent;
            byte[] bytes = cursor.bytes();
            reading = new Walk.Reading.Within(left, top, bytes[colour] & 0xff, bytes[colour + 1] & 0xff,
                    bytes[colour + 2] & 0xff);
        }
    }

    /// Where a colour table starts; 0 if there is none.
    private int table(int flags) {
        if ((flags & 0x80) == 0) return 0;
        int start = cursor.inside("a colour table").at();
        cursor.skip(3L << (1 + (flags & 7)));
        return start;
    }

    private void blocks() {
        for (int length = cursor.u8(); length > 0; length = cursor.u8()) cursor.skip(length);
    }
}
