package narwhal.data.picture;

import java.util.EnumSet;
import narwhal.errors.Problem;

/// GIF, block by block up to the trailer (CompuServe, GIF89a specification). The JDK's reader accepts a file without its
/// end in silence, and allocates by the frame's announced size.
final class GifWalk {
    private GifWalk() {
    }

    static Walk of(byte[] bytes, Limits limits) {
        var cursor = new Cursor(bytes);
        var notes = EnumSet.noneOf(PictureNote.class);
        cursor.skip(6);
        int width = cursor.u16LittleEndian();
        int height = cursor.u16LittleEndian();
        limits.check(height, width);
        int flags = cursor.u8();
        cursor.skip(2);
        boolean globalTable = table(cursor, flags);
        int frames = 0;
        int left = 0;
        int top = 0;
        while (true) {
            int block = cursor.inside("the blocks").u8();
            if (block == 0x3b) break;
            if (block == 0x21) {
                cursor.u8();
                blocks(cursor.inside("an extension"));
                continue;
            }
            if (block != 0x2c) throw cursor.corrupt("block " + Integer.toHexString(block));
            cursor.inside("a frame");
            int x = cursor.u16LittleEndian();
            int y = cursor.u16LittleEndian();
            int w = cursor.u16LittleEndian();
            int h = cursor.u16LittleEndian();
            limits.check(h, w);
            boolean localTable = table(cursor, cursor.u8());
            if (!localTable && !globalTable) throw cursor.corrupt("a frame without a colour table");
            int codeSize = cursor.u8();
            if (codeSize < 1 || codeSize > 8) throw cursor.corrupt("codes of " + codeSize + " bits");
            blocks(cursor.inside("the pixel data"));
            if (frames == 0) {
                left = x;
                top = y;
                width = Math.max(width, x + w);
                height = Math.max(height, y + h);
                limits.check(height, width);
            }
            frames++;
        }
        if (frames == 0) throw Problem.IMG_CORRUPT.because("has no frame");
        if (frames > 1) notes.add(PictureNote.ANIMATED);
        return new Walk(height, width, notes, bytes, left, top, Walk.Colour.MODEL);
    }

    private static boolean table(Cursor cursor, int flags) {
        boolean present = (flags & 0x80) != 0;
        if (present) cursor.inside("a colour table").skip(3L << (1 + (flags & 7)));
        return present;
    }

    private static void blocks(Cursor cursor) {
        for (int length = cursor.u8(); length > 0; length = cursor.u8()) cursor.skip(length);
    }
}
