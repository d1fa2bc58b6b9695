package narwhal.data.picture;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;

/// GIF files with growing LZW codes.
final class GifMaker {
    /// A frame on the screen.
    record Frame(int left, int top, int width, int height, boolean interlaced, boolean localTable) {}

    int height = 17;
    int width = 23;
    int bits = 5;
    String version = "GIF89a";
    boolean globalTable = true;
    int background;
    final Bits extensions = new Bits();
    final List<Frame> frames = new ArrayList<>();

    GifMaker frame(int left, int top, int width, int height, boolean interlaced, boolean localTable) {
        frames.add(new Frame(left, top, width, height, interlaced, localTable));
        return this;
    }

    GifMaker whole() {
        return frame(0, 0, width, height, false, false);
    }

    byte[] make() {
        var gif = new Bits().text(version).little(width, 2).little(height, 2)
                .u8((globalTable ? 0x80 : 0) | 0x70 | (bits - 1), background, 0);
        if (globalTable) table(gif, 0);
        gif.bytes(extensions.toBytes());
        int number = 0;
        for (var frame : frames) {
            gif.u8(0x2c).little(frame.left, 2).little(frame.top, 2).little(frame.width, 2).little(frame.height, 2)
                    .u8((frame.localTable ? 0x80 : 0) | (frame.interlaced ? 0x40 : 0)
                            | (frame.localTable ? bits - 1 : 0));
            if (frame.localTable) table(gif, 77);
            int codeSize = Math.max(2, bits);
            gif.u8(codeSize);
            blocks(gif, compressed(indices(frame, number++), codeSize));
        }
        return gif.u8(0x3b).toBytes();
    }

    private void table(Bits gif, int shift) {
        for (int i = 0; i < 1 << bits; i++) gif.u8(i * 8 + shift, 255 - i * 5, i * 31 + shift);
    }

    static void blocks(Bits gif, byte[] data) {
        for (int i = 0; i < data.length; i += 200) {
            int n = Math.min(200, data.length - i);
            gif.u8(n);
            for (int k = 0; k < n; k++) gif.u8(data[i + k]);
        }
        gif.u8(0);
    }

    private int[] indices(Frame frame, int number) {
        var rows = new ArrayList<Integer>();
        if (frame.interlaced) {
            for (int[] pass : new int[][]{{0, 8}, {4, 8}, {2, 4}, {1, 2}}) {
                for (int y = pass[0]; y < frame.height; y += pass[1]) rows.add(y);
            }
        } else {
            for (int y = 0; y < frame.height; y++) rows.add(y);
        }
        int[] indices = new int[frame.width * frame.height];
        int i = 0;
        for (int y : rows) {
            for (int x = 0; x < frame.width; x++)
                indices[i++] = (y * 3 + x / 2 + x * y / 9 + number) & ((1 << bits) - 1);
        }
        return indices;
    }

    static byte[] compressed(int[] indices, int codeSize) {
        var out = new Bits();
        int clear = 1 << codeSize;
        int next = clear + 2;
        int size = codeSize + 1;
        var table = new HashMap<List<Integer>, Integer>();
        out.low(clear, size);
        List<Integer> current = new ArrayList<>();
        for (int index : indices) {
            var longer = new ArrayList<>(current);
            longer.add(index);
            if (longer.size() == 1 || table.containsKey(longer)) {
                current = longer;
                continue;
            }
            out.low(code(table, current), size);
            if (next < 4096) {
                table.put(List.copyOf(longer), next);
                if (next == 1 << size && size < 12) size++;
                next++;
            }
            current = new ArrayList<>(List.of(index));
        }
        out.low(code(table, current), size);
        if (next == 1 << size && size < 12) size++;
        return out.low(clear + 1, size).align(false).toBytes();
    }

    private static int code(HashMap<List<Integer>, Integer> table, List<Integer> string) {
        return string.size() == 1 ? string.getFirst() : table.get(string);
    }
}
