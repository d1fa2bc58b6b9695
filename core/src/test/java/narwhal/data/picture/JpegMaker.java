package narwhal.data.picture;

import java.util.ArrayList;
import java.util.List;

/// JPEG files of every kind that is read, and some that are not: any sampling, sequential and progressive, any application
/// segments. Huffman codes are of equal length, which is legal and simple.
final class JpegMaker {
    /// A component: its name and how many samples it has for each MCU.
    record Component(int id, int across, int down) {}

    private static final int[] ZIGZAG = {0, 1, 8, 16, 9, 2, 3, 10, 17, 24, 32, 25, 18, 11, 4, 5, 12, 19, 26, 33, 40, 48,
        41, 34, 27, 20, 13, 6, 7, 14, 21, 28, 35, 42, 49, 56, 57, 50, 43, 36, 29, 22, 15, 23, 30, 37, 44, 51, 58, 59,
        52, 45, 38, 31, 39, 46, 53, 60, 61, 54, 47, 55, 62, 63};
    private static final int EOB = 0;
    private static final double[] COSINES = cosines();

    int height = 37;
    int width = 45;
    int frame = 0xc0;
    int precision = 8;
    int restart;
    boolean fillBytes;
    boolean quantisation = true;
    final List<Component> components = new ArrayList<>();
    final Bits segments = new Bits();

    static JpegMaker grey() {
        return new JpegMaker().jfif().component(1, 1, 1);
    }

    static JpegMaker colour(int across, int down) {
        return new JpegMaker().jfif().component(1, across, down).component(2, 1, 1).component(3, 1, 1);
    }

    static JpegMaker four() {
        return new JpegMaker().component(1, 1, 1).component(2, 1, 1).component(3, 1, 1).component(4, 1, 1);
    }

    JpegMaker component(int id, int across, int down) {
        components.add(new Component(id, across, down));
        return this;
    }

    JpegMaker segment(int marker, byte[] content) {
        segments.u8(0xff, marker).big(content.length + 2, 2).bytes(content);
        return this;
    }

    JpegMaker jfif() {
        return segment(0xe0, new Bits().text("JFIF\0").u8(1, 1, 0, 0, 1, 0, 1, 0, 0).toBytes());
    }

    JpegMaker adobe(int transform) {
        return segment(0xee, new Bits().text("Adobe").u8(0, 100, 0, 0, 0, 0, transform).toBytes());
    }

    JpegMaker exif(int orientation) {
        return segment(0xe1, new Bits().text("Exif\0\0").text("MM\0*").big(8, 4).big(1, 2).big(0x112, 2).big(3, 2)
                .big(1, 4).big(orientation, 2).big(0, 2).big(0, 4).toBytes());
    }

    JpegMaker frame(int marker) {
        frame = marker;
        return this;
    }

    JpegMaker restart(int interval) {
        restart = interval;
        return this;
    }

    byte[] make() {
        var jpeg = new Bits().u8(0xff, 0xd8).bytes(segments.toBytes());
        if (quantisation) {
            jpeg.u8(0xff, 0xdb).big(67, 2).u8(0);
            for (int i = 0; i < 64; i++) jpeg.u8(quantum(i));
        }
        if (fillBytes) jpeg.u8(0xff, 0xff);
        jpeg.u8(0xff, frame).big(8 + 3 * components.size(), 2).u8(precision).big(height, 2).big(width, 2)
                .u8(components.size());
        for (var component : components) jpeg.u8(component.id, component.across << 4 | component.down, 0);
        jpeg.u8(0xff, 0xc4).big(19 + 12, 2).u8(0);
        for (int length = 1; length <= 16; length++) jpeg.u8(length == 4 ? 12 : 0);
        for (int i = 0; i < 12; i++) jpeg.u8(i);
        jpeg.u8(0xff, 0xc4).big(19 + 162, 2).u8(0x10);
        for (int length = 1; length <= 16; length++) jpeg.u8(length == 8 ? 162 : 0);
        for (int i = 0; i < 162; i++) jpeg.u8(symbol(i));
        if (restart > 0) jpeg.u8(0xff, 0xdd).big(4, 2).big(restart, 2);
        if (frame == 0xc2) progressive(jpeg);
        else
            scan(jpeg, components, 0, 63, 0, 0);
        return jpeg.u8(0xff, 0xd9).toBytes();
    }

    private void progressive(Bits jpeg) {
        scan(jpeg, components, 0, 0, 0, 1);
        for (var component : components) {
            scan(jpeg, List.of(component), 1, 5, 0, 0);
            scan(jpeg, List.of(component), 6, 63, 0, 0);
        }
        scan(jpeg, components, 0, 0, 1, 0);
    }

    private int acrossMax() {
        return components.stream().mapToInt(Component::across).max().orElse(1);
    }

    private int downMax() {
        return components.stream().mapToInt(Component::down).max().orElse(1);
    }

    private void scan(Bits jpeg, List<Component> scanned, int from, int to, int high, int low) {
        jpeg.u8(0xff, 0xda).big(6 + 2 * scanned.size(), 2).u8(scanned.size());
        for (var component : scanned) jpeg.u8(component.id, 0);
        jpeg.u8(from, to, high << 4 | low);
        int[] last = new int[components.size()];
        var bits = new Bits();
        boolean single = scanned.size() == 1 && components.size() > 1;
        var only = scanned.getFirst();
        int mcuRows = single
                ? Math.ceilDiv(Math.ceilDiv(height * only.down, downMax()), 8)
                : Math.ceilDiv(height, 8 * downMax());
        int mcuColumns = single
                ? Math.ceilDiv(Math.ceilDiv(width * only.across, acrossMax()), 8)
                : Math.ceilDiv(width, 8 * acrossMax());
        if (components.size() == 1) {
            mcuRows = Math.ceilDiv(height, 8);
            mcuColumns = Math.ceilDiv(width, 8);
            single = true;
        }
        int total = mcuRows * mcuColumns;
        for (int mcu = 0; mcu < total; mcu++) {
            if (restart > 0 && mcu > 0 && mcu % restart == 0) {
                stuffed(jpeg, bits);
                bits = new Bits();
                jpeg.u8(0xff, 0xd0 + (mcu / restart - 1) % 8);
                last = new int[components.size()];
            }
            for (var component : scanned) {
                int index = components.indexOf(component);
                int down = single ? 1 : component.down;
                int across = single ? 1 : component.across;
                for (int v = 0; v < down; v++) {
                    for (int h = 0; h < across; h++) {
                        int[] block = block(index, mcu / mcuColumns * down + v, mcu % mcuColumns * across + h);
                        last[index] = encode(bits, block, last[index], from, to, high, low);
                    }
                }
            }
        }
        stuffed(jpeg, bits);
    }

    private static void stuffed(Bits jpeg, Bits bits) {
        for (byte b : bits.alignOnes().toBytes()) {
            jpeg.u8(b);
            if (b == (byte) 0xff) jpeg.u8(0);
        }
    }

    private static int encode(Bits bits, int[] block, int last, int from, int to, int high, int low) {
        if (from == 0 && high > 0) {
            bits.high(block[0] >> low & 1, 1);
            return last;
        }
        if (from == 0) {
            int value = block[0] >> low;
            int category = category(value - last);
            bits.high(category, 4);
            magnitude(bits, value - last, category);
            last = value;
        }
        int run = 0;
        for (int k = Math.max(1, from); k <= to; k++) {
            int value = block[k];
            if (value == 0) {
                run++;
                continue;
            }
            for (; run > 15; run -= 16) bits.high(place(15, 0), 8);
            int category = category(value);
            bits.high(place(run, category), 8);
            magnitude(bits, value, category);
            run = 0;
        }
        if (run > 0) bits.high(place(0, EOB), 8);
        return last;
    }

    private static int category(int value) {
        return 32 - Integer.numberOfLeadingZeros(Math.abs(value));
    }

    private static void magnitude(Bits bits, int value, int category) {
        bits.high(value < 0 ? value + (1 << category) - 1 : value, category);
    }

    private static int symbol(int place) {
        if (place == 160) return 0;
        if (place == 161) return 0xf0;
        return place / 10 << 4 | (place % 10 + 1);
    }

    private static int place(int run, int category) {
        return category == 0 ? run == 0 ? 160 : 161 : run * 10 + category - 1;
    }

    private static int quantum(int k) {
        return 3 + k / 3;
    }

    private static int sample(int c, int y, int x) {
        int wave = (y * 5 + x * 3 + c * 61 + y * x / 7) % 400;
        return 20 + Math.abs(wave - 200);
    }

    /// The quantised coefficients of a block in zigzag order.
    private static int[] block(int c, int row, int column) {
        double[] samples = new double[64];
        for (int i = 0; i < 64; i++) samples[i] = sample(c, row * 8 + i / 8, column * 8 + i % 8) - 128;
        int[] block = new int[64];
        for (int k = 0; k < 64; k++) {
            int u = ZIGZAG[k] / 8;
            int v = ZIGZAG[k] % 8;
            double sum = 0;
            for (int i = 0; i < 64; i++) {
                sum += samples[i] * cosine(i / 8, u) * cosine(i % 8, v);
            }
            double scale = (u == 0 ? StrictMath.sqrt(0.5) : 1) * (v == 0 ? StrictMath.sqrt(0.5) : 1) / 4;
            block[k] = (int) Math.rint(sum * scale / quantum(k));
        }
        return block;
    }

    private static double cosine(int x, int u) {
        return COSINES[x * 8 + u];
    }

    private static double[] cosines() {
        double[] cosines = new double[64];
        for (int i = 0; i < 64; i++) cosines[i] = StrictMath.cos((2 * (i / 8) + 1) * (i % 8) * Math.PI / 16);
        return cosines;
    }
}
