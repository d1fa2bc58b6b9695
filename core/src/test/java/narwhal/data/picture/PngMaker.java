package narwhal.data.picture;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.CRC32;
import java.util.zip.Deflater;

/// PNG files of every kind, written from the specification; the row filters take turns.
public final class PngMaker {
    private static final int[][] ADAM7 = {{0, 0, 8, 8}, {0, 4, 8, 8}, {4, 0, 8, 4}, {0, 2, 4, 4}, {2, 0, 4, 2},
        {0, 1, 2, 2}, {1, 0, 2, 1}};

    int height = 13;
    int width = 19;
    int depth = 8;
    int colourType = 2;
    boolean interlaced;
    int paletteEntries = 256;
    int filterShift;
    int shade;
    int idatParts = 1;
    /// Chunks in front of the pixel data, by name.
    final Map<String, byte[]> before = new LinkedHashMap<>();
    /// What happens to the filtered rows before they are deflated.
    java.util.function.UnaryOperator<byte[]> rows = bytes -> bytes;

    PngMaker(int colourType, int depth) {
        this.colourType = colourType;
        this.depth = depth;
        if (colourType == 3) paletteEntries = Math.min(256, 1 << depth);
    }

    /// An RGB picture of a pattern.
    ///
    /// @param shade another one, another picture
    public static byte[] rgb(int height, int width, int shade) {
        var maker = new PngMaker(2, 8);
        maker.height = height;
        maker.width = width;
        maker.shade = shade;
        return maker.make();
    }

    int channels() {
        return switch (colourType) {
            case 2 -> 3;
            case 4 -> 2;
            case 6 -> 4;
            default -> 1;
        };
    }

    int sample(int y, int x, int c) {
        int value = y * 4099 + x * 9973 + y * x * 769 + c * 21001 + shade * 37;
        if (colourType == 3) return (value >> 3) % paletteEntries;
        return value & ((1 << depth) - 1);
    }

    byte[] make() {
        var png = new Bits().text("\u0089PNG\r\n\u001a\n");
        png.bytes(chunk("IHDR", header()));
        before.forEach((type, content) -> {
            if (!type.equals("tRNS")) png.bytes(chunk(type, content));
        });
        if (colourType == 3) png.bytes(chunk("PLTE", palette()));
        if (before.containsKey("tRNS")) png.bytes(chunk("tRNS", before.get("tRNS")));
        byte[] data = deflated(rows.apply(filtered()));
        for (int part = 0; part < idatParts; part++) {
            png.bytes(chunk("IDAT", Arrays.copyOfRange(data, data.length * part / idatParts,
                    data.length * (part + 1) / idatParts)));
        }
        return png.bytes(chunk("IEND", new byte[0])).toBytes();
    }

    byte[] header() {
        return new Bits().big(width, 4).big(height, 4).u8(depth, colourType, 0, 0, interlaced ? 1 : 0).toBytes();
    }

    byte[] palette() {
        var palette = new Bits();
        for (int i = 0; i < paletteEntries; i++) palette.u8(i * 7, i * 13 + 40, 255 - i);
        return palette.toBytes();
    }

    static byte[] chunk(String type, byte[] content) {
        byte[] typed = new Bits().text(type).bytes(content).toBytes();
        var crc = new CRC32();
        crc.update(typed);
        return new Bits().big(content.length, 4).bytes(typed).big((int) crc.getValue(), 4).toBytes();
    }

    static byte[] deflated(byte[] bytes) {
        var out = new Bits();
        try (var deflater = new Deflater(9)) {
            deflater.setInput(bytes);
            deflater.finish();
            byte[] buffer = new byte[4096];
            while (!deflater.finished()) out.bytes(Arrays.copyOf(buffer, deflater.deflate(buffer)));
        }
        return out.toBytes();
    }

    private byte[] filtered() {
        var all = new Bits();
        if (!interlaced) pass(all, 0, 0, 1, 1);
        else
            for (int[] pass : ADAM7) pass(all, pass[0], pass[1], pass[2], pass[3]);
        return all.toBytes();
    }

    private void pass(Bits all, int top, int left, int down, int right) {
        int columns = Math.ceilDiv(width - left, right);
        if (columns <= 0) return;
        int pixel = Math.max(1, channels() * depth / 8);
        byte[] above = new byte[Math.ceilDiv(columns * channels() * depth, 8)];
        for (int y = top, row = 0; y < height; y += down, row++) {
            var bits = new Bits();
            for (int x = left; x < width; x += right) {
                for (int c = 0; c < channels(); c++) bits.high(sample(y, x, c), depth);
            }
            byte[] line = bits.align(true).toBytes();
            int filter = (row + filterShift) % 5;
            all.u8(filter);
            for (int i = 0; i < line.length; i++) {
                int a = i < pixel ? 0 : line[i - pixel] & 0xff;
                int b = above[i] & 0xff;
                int c = i < pixel ? 0 : above[i - pixel] & 0xff;
                all.u8(line[i] - switch (filter) {
                    case 1 -> a;
                    case 2 -> b;
                    case 3 -> (a + b) / 2;
                    case 4 -> paeth(a, b, c);
                    default -> 0;
                });
            }
            above = line;
        }
    }

    private static int paeth(int a, int b, int c) {
        int p = a + b - c;
        int pa = Math.abs(p - a);
        int pb = Math.abs(p - b);
        int pc = Math.abs(p - c);
        return pa <= pb && pa <= pc ? a : pb <= pc ? b : c;
    }
}
