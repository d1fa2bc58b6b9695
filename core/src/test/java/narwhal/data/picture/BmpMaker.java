package narwhal.data.picture;

/// BMP files of every depth, header and compression.
final class BmpMaker {
    int height = 11;
    int width = 13;
    int bits = 24;
    int header = 40;
    int compression;
    int colours;
    boolean topDown;
    int[] masks = {};
    /// Runs instead of rows, for compressions 1 and 2.
    byte[] runs = {};

    BmpMaker(int bits) {
        this.bits = bits;
    }

    byte[] make() {
        int entries = bits > 8 ? 0 : colours == 0 ? 1 << bits : colours;
        var behind = new Bits();
        if (header == 40) for (int mask : masks) behind.little(mask, 4);
        for (int i = 0; i < entries; i++) {
            behind.u8(i * 9, 255 - i * 3, i * 5 + 20);
            if (header > 12) behind.u8(0);
        }
        byte[] pixels = runs.length > 0 ? runs : rows();
        int offset = 14 + header + behind.size();
        var bmp = new Bits().text("BM").little(offset + pixels.length, 4).little(0, 4).little(offset, 4)
                .little(header, 4);
        if (header == 12) bmp.little(width, 2).little(height, 2).little(1, 2).little(bits, 2);
        else {
            bmp.little(width, 4).little(topDown ? -height : height, 4).little(1, 2).little(bits, 2)
                    .little(compression, 4).little(pixels.length, 4).little(2835, 4).little(2835, 4)
                    .little(colours, 4).little(0, 4);
            int rest = header - 40;
            if (rest > 0) {
                var extra = new Bits();
                for (int mask : masks) extra.little(mask, 4);
                while (extra.size() < 16) extra.u8(0);
                extra.text("BGRs");
                while (extra.size() < rest) extra.u8(0);
                bmp.bytes(extra.toBytes());
            }
        }
        return bmp.bytes(behind.toBytes()).bytes(pixels).toBytes();
    }

    private byte[] rows() {
        var all = new Bits();
        for (int row = 0; row < height; row++) {
            int y = topDown ? row : height - 1 - row;
            var line = new Bits();
            for (int x = 0; x < width; x++) {
                int value = y * 37 + x * 11 + x * y * 5;
                switch (bits) {
                    case 1, 4, 8 -> {
                        int entries = colours == 0 ? 1 << bits : colours;
                        line.high(value % entries, bits);
                    }
                    case 16 -> line.little(value * 331, 2);
                    case 24 -> line.u8(value, value * 3, value * 7);
                    default -> line.u8(value, value * 3, value * 7, value * 13);
                }
            }
            line.align(true);
            while (line.size() % 4 != 0) line.u8(0);
            all.bytes(line.toBytes());
        }
        return all.toBytes();
    }
}
