package narwhal.data.picture;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;
import narwhal.errors.Problem;

/// Picture files of every kind, made when they are needed: good ones, whose pixels Pillow was asked for (`zoo.py`), and bad
/// ones with the problem that each must be.
final class PictureZoo {
    private PictureZoo() {
    }

    /// Writes the good files into a folder, for `zoo.py`.
    public static void main(String... arguments) throws IOException {
        for (var file : good().entrySet()) {
            Files.write(Path.of(arguments[0]).resolve(file.getKey()), file.getValue());
        }
    }

    private static final Map<String, byte[]> GOOD = made();

    static Map<String, byte[]> good() {
        return GOOD;
    }

    private static Map<String, byte[]> made() {
        var zoo = new LinkedHashMap<String, byte[]>();
        png(zoo);
        jpeg(zoo);
        gif(zoo);
        bmp(zoo);
        return Collections.unmodifiableMap(zoo);
    }

    private static void png(Map<String, byte[]> zoo) {
        int[][] kinds = {{0, 1}, {0, 2}, {0, 4}, {0, 8}, {0, 16}, {2, 8}, {2, 16}, {3, 1}, {3, 2}, {3, 4}, {3, 8},
            {4, 8}, {4, 16}, {6, 8}, {6, 16}};
        for (int[] kind : kinds) {
            for (boolean interlaced : new boolean[]{false, true}) {
                zoo.put("type" + kind[0] + "-" + kind[1] + (interlaced ? "-interlaced" : "") + ".png",
                        png(kind[0], kind[1], maker -> maker.interlaced = interlaced));
            }
        }
        zoo.put("trns-grey.png", png(0, 8, maker -> maker.before.put("tRNS", new byte[]{0, 40})));
        zoo.put("trns-rgb.png", png(2, 8, maker -> maker.before.put("tRNS", new byte[]{0, 1, 0, 2, 0, 3})));
        zoo.put("trns-palette.png", png(3, 8, maker -> maker.before.put("tRNS", new byte[]{0, 127, (byte) 255})));
        zoo.put("gamma.png", png(2, 8, maker -> maker.before.put("gAMA", new Bits().big(100_000, 4).toBytes())));
        zoo.put("gamma-grey.png", png(0, 8, maker -> maker.before.put("gAMA", new Bits().big(22_000, 4).toBytes())));
        zoo.put("profile.png", png(2, 8, maker -> maker.before.put("iCCP",
                new Bits().text("x\0\0").bytes(PngMaker.deflated(new byte[200])).toBytes())));
        zoo.put("text.png",
                png(2, 8, maker -> maker.before.put("tEXt", new Bits().text("Title\0a picture").toBytes())));
        zoo.put("exif-rotated.png", png(2, 8, maker -> maker.before.put("eXIf", new Bits().text("II*\0").little(8, 4)
                .little(1, 2).little(0x112, 2).little(3, 2).little(1, 4).little(6, 4).little(0, 4).toBytes())));
        zoo.put("suggested-palette.png",
                png(2, 8, maker -> maker.before.put("PLTE", new byte[]{1, 2, 3, 4, 5, 6})));
        zoo.put("short-palette.png", png(3, 8, maker -> maker.paletteEntries = 7));
        zoo.put("many-idat.png", png(6, 8, maker -> maker.idatParts = 9));
        zoo.put("one-pixel.png", png(2, 8, maker -> maker.width = maker.height = 1));
        zoo.put("one-pixel-interlaced.png", png(0, 1, maker -> {
            maker.width = maker.height = 1;
            maker.interlaced = true;
        }));
        zoo.put("one-row-16.png", png(6, 16, maker -> {
            maker.height = 1;
            maker.filterShift = 4;
        }));
        zoo.put("behind-the-end.png", joined(png(2, 8, _ -> {
        }), "more".getBytes(StandardCharsets.US_ASCII)));
        zoo.put("really-a-png.jpg", png(2, 8, _ -> {
        }));
    }

    static byte[] png(int colourType, int depth, Consumer<PngMaker> change) {
        var maker = new PngMaker(colourType, depth);
        change.accept(maker);
        return maker.make();
    }

    private static void jpeg(Map<String, byte[]> zoo) {
        int[][] samplings = {{1, 1}, {2, 1}, {2, 2}, {1, 2}, {4, 1}};
        for (int[] sampling : samplings) {
            var name = sampling[0] + "x" + sampling[1];
            zoo.put("colour-" + name + ".jpg", JpegMaker.colour(sampling[0], sampling[1]).make());
            zoo.put("colour-" + name + "-progressive.jpg",
                    JpegMaker.colour(sampling[0], sampling[1]).frame(0xc2).make());
        }
        zoo.put("grey.jpg", JpegMaker.grey().make());
        zoo.put("grey-progressive.jpg", JpegMaker.grey().frame(0xc2).make());
        zoo.put("extended.jpg", JpegMaker.colour(2, 2).frame(0xc1).make());
        zoo.put("restart.jpg", JpegMaker.colour(2, 2).restart(2).make());
        zoo.put("restart-progressive.jpg", JpegMaker.colour(2, 1).restart(3).frame(0xc2).make());
        zoo.put("rgb-adobe.jpg", new JpegMaker().adobe(0).component(1, 1, 1).component(2, 1, 1).component(3, 1, 1)
                .make());
        zoo.put("ycc-adobe.jpg", new JpegMaker().adobe(1).component(1, 2, 1).component(2, 1, 1).component(3, 1, 1)
                .make());
        zoo.put("rgb-named.jpg", new JpegMaker().component('R', 1, 1).component('G', 1, 1).component('B', 1, 1).make());
        zoo.put("unmarked-444.jpg", new JpegMaker().component(1, 1, 1).component(2, 1, 1).component(3, 1, 1).make());
        zoo.put("unmarked-420.jpg", new JpegMaker().component(1, 2, 2).component(2, 1, 1).component(3, 1, 1).make());
        zoo.put("unmarked-odd-names.jpg",
                new JpegMaker().component(7, 1, 1).component(9, 1, 1).component(30, 1, 1).make());
        zoo.put("jfif-and-adobe-rgb.jpg", JpegMaker.colour(1, 1).adobe(0).make());
        zoo.put("cmyk-adobe.jpg", JpegMaker.four().adobe(0).make());
        zoo.put("cmyk-unmarked.jpg", JpegMaker.four().make());
        zoo.put("ycck-adobe.jpg", JpegMaker.four().adobe(2).make());
        zoo.put("exif-rotated.jpg", JpegMaker.colour(2, 1).exif(6).make());
        zoo.put("exif-upright.jpg", JpegMaker.colour(2, 1).exif(1).make());
        zoo.put("comment.jpg", JpegMaker.grey().segment(0xfe, "hello".getBytes(StandardCharsets.US_ASCII)).make());
        var filled = JpegMaker.grey();
        filled.fillBytes = true;
        zoo.put("fill-bytes.jpg", filled.make());
        var small = JpegMaker.colour(2, 2);
        small.width = 1;
        small.height = 1;
        zoo.put("one-pixel.jpg", small.make());
        zoo.put("behind-the-end.jpeg", joined(JpegMaker.colour(1, 1).make(), new byte[]{1, 2, 3}));
        zoo.put("really-a-jpeg.png", JpegMaker.colour(1, 1).make());
    }

    private static void gif(Map<String, byte[]> zoo) {
        zoo.put("plain.gif", new GifMaker().whole().make());
        var old = new GifMaker().whole();
        old.version = "GIF87a";
        zoo.put("87a.gif", old.make());
        zoo.put("interlaced.gif", new GifMaker().frame(0, 0, 23, 17, true, false).make());
        zoo.put("local-table.gif", new GifMaker().frame(0, 0, 23, 17, false, true).make());
        var local = new GifMaker().frame(0, 0, 23, 17, false, true);
        local.globalTable = false;
        zoo.put("only-local-table.gif", local.make());
        var two = new GifMaker().whole();
        two.bits = 1;
        zoo.put("two-colours.gif", two.make());
        var many = new GifMaker();
        many.bits = 8;
        many.width = 120;
        many.height = 90;
        zoo.put("long-codes.gif", many.whole().make());
        zoo.put("animated.gif", new GifMaker().whole().whole().frame(3, 2, 9, 8, false, true).make());
        var transparent = new GifMaker().whole();
        transparent.extensions.u8(0x21, 0xf9, 4, 1, 0, 0, 5, 0);
        zoo.put("transparent.gif", transparent.make());
        var comment = new GifMaker().whole();
        comment.extensions.u8(0x21, 0xfe, 3).text("abc").u8(0);
        zoo.put("comment.gif", comment.make());
        var smaller = new GifMaker().frame(4, 3, 11, 9, false, false);
        zoo.put("smaller-frame.gif", smaller.make());
        var background = new GifMaker().frame(4, 3, 11, 9, false, false);
        background.background = 9;
        zoo.put("smaller-frame-background.gif", background.make());
        var hole = new GifMaker().frame(4, 3, 11, 9, false, false);
        hole.extensions.u8(0x21, 0xf9, 4, 1, 0, 0, 5, 0);
        zoo.put("smaller-frame-transparent.gif", hole.make());
        zoo.put("larger-frame.gif", new GifMaker().frame(5, 4, 23, 17, false, false).make());
        zoo.put("behind-the-end.gif", joined(new GifMaker().whole().make(), new byte[]{0, 0}));
    }

    private static void bmp(Map<String, byte[]> zoo) {
        for (int bits : new int[]{1, 4, 8, 16, 24, 32}) zoo.put("bits" + bits + ".bmp", new BmpMaker(bits).make());
        zoo.put("top-down.bmp", bmp(24, maker -> maker.topDown = true));
        zoo.put("top-down-8.bmp", bmp(8, maker -> maker.topDown = true));
        zoo.put("core-header-24.bmp", bmp(24, maker -> maker.header = 12));
        zoo.put("core-header-8.bmp", bmp(8, maker -> maker.header = 12));
        zoo.put("v4.bmp", bmp(24, maker -> maker.header = 108));
        zoo.put("v5.bmp", bmp(24, maker -> maker.header = 124));
        zoo.put("few-colours.bmp", bmp(8, maker -> maker.colours = 20));
        zoo.put("few-colours-4.bmp", bmp(4, maker -> maker.colours = 5));
        zoo.put("fields-555.bmp", bmp(16, maker -> {
            maker.compression = 3;
            maker.masks = new int[]{0x7c00, 0x3e0, 0x1f};
        }));
        zoo.put("fields-565.bmp", bmp(16, maker -> {
            maker.compression = 3;
            maker.masks = new int[]{0xf800, 0x7e0, 0x1f};
        }));
        zoo.put("fields-888.bmp", bmp(32, maker -> {
            maker.compression = 3;
            maker.masks = new int[]{0xff0000, 0xff00, 0xff};
        }));
        zoo.put("fields-8888-v4.bmp", bmp(32, maker -> {
            maker.compression = 3;
            maker.header = 108;
            maker.masks = new int[]{0xff0000, 0xff00, 0xff, 0xff000000};
        }));
        zoo.put("runs-8.bmp", bmp(8, maker -> {
            maker.compression = 1;
            var runs = new Bits();
            for (int y = 0; y < maker.height; y++) runs.u8(5, y * 3, 0, 3, 7, 8, 9, 0, 5, 200 - y, 0, 0);
            maker.runs = runs.u8(0, 1).toBytes();
        }));
        zoo.put("runs-8-with-jump.bmp", bmp(8, maker -> {
            maker.compression = 1;
            var runs = new Bits().u8(13, 50, 0, 0, 0, 2, 3, 2, 10, 77, 0, 0);
            for (int y = 4; y < maker.height; y++) runs.u8(13, y * 20, 0, 0);
            maker.runs = runs.u8(0, 1).toBytes();
        }));
        zoo.put("runs-4.bmp", bmp(4, maker -> {
            maker.compression = 2;
            var runs = new Bits();
            for (int y = 0; y < maker.height; y++) runs.u8(7, 0x3a, 0, 6, 0x12, 0x34, 0x56, 0, 0, 0);
            maker.runs = runs.u8(0, 1).toBytes();
        }));
    }

    static byte[] bmp(int bits, Consumer<BmpMaker> change) {
        var maker = new BmpMaker(bits);
        change.accept(maker);
        return maker.make();
    }

    /// How much of a good file is needed: the bytes behind its end are not.
    static int end(String name, byte[] bytes) {
        return bytes.length - switch (name) {
            case "behind-the-end.png" -> 4;
            case "behind-the-end.jpeg" -> 3;
            case "behind-the-end.gif" -> 2;
            default -> 0;
        };
    }

    /// A file and what is wrong with it.
    @SuppressWarnings("ArrayRecordComponent")
    record Bad(String name, Problem problem, byte[] bytes) {
        @Override
        public String toString() {
            return name;
        }
    }

    static List<Bad> bad() {
        var zoo = new ArrayList<Bad>();
        strangers(zoo);
        badPng(zoo);
        badJpeg(zoo);
        badGif(zoo);
        badBmp(zoo);
        return zoo;
    }

    private static void strangers(List<Bad> zoo) {
        var unknown = Problem.IMG_UNKNOWN_FORMAT;
        zoo.add(new Bad("empty.jpg", unknown, new byte[0]));
        zoo.add(new Bad("text.jpg", unknown, latin("hello, I am a note")));
        zoo.add(new Bad("page.png", unknown, latin("<!DOCTYPE html><html><body>404</body></html>")));
        zoo.add(new Bad("model.jpg", unknown, latin("\u0089HDF\r\n\u001a\n\0\0\0\0")));
        zoo.add(new Bad("archive.jpg", unknown, latin("PK\u0003\u0004\0\0\0\0")));
        zoo.add(new Bad("zeros.bmp", unknown, new byte[100]));
        zoo.add(new Bad("noise.gif", unknown, new byte[]{7, 1, -3, 99, 4, 5}));
        var unsupported = Problem.IMG_UNSUPPORTED;
        zoo.add(new Bad("a.webp", unsupported, latin("RIFF\0\0\0\0WEBPVP8 ")));
        zoo.add(new Bad("a.tif", unsupported, latin("II*\0\u0008\0\0\0")));
        zoo.add(new Bad("b.tiff", unsupported, latin("MM\0*\0\0\0\u0008")));
        zoo.add(new Bad("a.heic", unsupported, latin("\0\0\0\u0018ftypheic")));
        zoo.add(new Bad("a.avif", unsupported, latin("\0\0\0\u0018ftypavif")));
        zoo.add(new Bad("a.ppm", unsupported, latin("P6\n2 2\n255\nabcabcabcabc")));
        zoo.add(new Bad("a.svg", unsupported, latin("<svg xmlns='http://www.w3.org/2000/svg'/>")));
        zoo.add(new Bad("b.svg", unsupported, latin("<?xml version='1.0'?>\n<svg/>")));
    }

    private static byte[] latin(String text) {
        return text.getBytes(StandardCharsets.ISO_8859_1);
    }

    private static void badPng(List<Bad> zoo) {
        var corrupt = Problem.IMG_CORRUPT;
        var large = Problem.IMG_TOO_LARGE;
        byte[] palette = png(3, 8, _ -> {
        });
        for (var type : new String[]{"IHDR", "PLTE", "IDAT", "IEND"}) {
            byte[] bytes = palette.clone();
            int place = new String(bytes, StandardCharsets.ISO_8859_1).indexOf(type);
            bytes[place + 4 + (type.equals("IEND") ? 0 : 2)] ^= 1;
            zoo.add(new Bad("wrong-checksum-" + type + ".png", corrupt, bytes));
        }
        zoo.add(new Bad("no-pixels.png", corrupt, chunks(header(3, 4, 8, 2), chunk("IEND"))));
        zoo.add(new Bad("no-header.png", corrupt, chunks(chunk("IEND"))));
        zoo.add(new Bad("zero-width.png", corrupt, chunks(header(5, 0, 8, 2), chunk("IEND"))));
        zoo.add(new Bad("negative-height.png", large, chunks(header(-5, 7, 8, 2), chunk("IEND"))));
        zoo.add(new Bad("size-overflow.png", large, chunks(header(65536, 65536, 8, 2), chunk("IEND"))));
        zoo.add(new Bad("largest-size.png", large, chunks(header(-1, -1, 8, 2), chunk("IEND"))));
        zoo.add(new Bad("many-pixels.png", large, chunks(header(10_001, 10_000, 1, 0), chunk("IEND"))));
        zoo.add(new Bad("depth-3.png", corrupt, chunks(header(4, 4, 3, 2), chunk("IEND"))));
        zoo.add(new Bad("type-5.png", corrupt, chunks(header(4, 4, 8, 5), chunk("IEND"))));
        zoo.add(new Bad("two-headers.png", corrupt,
                chunks(header(4, 4, 8, 2), header(4, 4, 8, 2), chunk("IEND"))));
        zoo.add(new Bad("palette-missing.png", corrupt,
                chunks(header(1, 1, 8, 3), PngMaker.chunk("IDAT", PngMaker.deflated(new byte[2])), chunk("IEND"))));
        zoo.add(new Bad("palette-of-7-bytes.png", corrupt,
                chunks(header(1, 1, 8, 3), PngMaker.chunk("PLTE", new byte[7]), chunk("IEND"))));
        zoo.add(new Bad("unknown-critical.png", corrupt, chunks(header(1, 1, 8, 2), chunk("ABCD"), chunk("IEND"))));
        zoo.add(new Bad("rows-missing.png", corrupt,
                png(2, 8, maker -> maker.rows = rows -> Arrays.copyOf(rows, rows.length / 2))));
        zoo.add(new Bad("one-byte-missing.png", corrupt,
                png(2, 8, maker -> maker.rows = rows -> Arrays.copyOf(rows, rows.length - 1))));
        zoo.add(new Bad("rows-missing-interlaced.png", corrupt, png(2, 8, maker -> {
            maker.interlaced = true;
            maker.rows = rows -> Arrays.copyOf(rows, rows.length - 20);
        })));
        zoo.add(new Bad("filter-7.png", corrupt, png(2, 8, maker -> maker.rows = rows -> {
            rows[0] = 7;
            return rows;
        })));
        zoo.add(new Bad("not-deflated.png", corrupt, chunks(header(3, 4, 8, 2),
                PngMaker.chunk("IDAT", new byte[]{1, 2, 3, 4, 5, 6, 7, 8}), chunk("IEND"))));
        zoo.add(new Bad("empty-pixels.png", corrupt, chunks(header(3, 4, 8, 2), chunk("IDAT"), chunk("IEND"))));
        byte[] deflated = PngMaker.deflated(new byte[10 * 4]);
        deflated[deflated.length - 1] ^= 1;
        zoo.add(new Bad("wrong-adler.png", corrupt,
                chunks(header(4, 3, 8, 2), PngMaker.chunk("IDAT", deflated), chunk("IEND"))));
        zoo.add(new Bad("text-bomb.png", large, png(2, 8, maker -> maker.before.put("zTXt",
                new Bits().text("x\0\0").bytes(PngMaker.deflated(new byte[80 << 20])).toBytes()))));
        zoo.add(new Bad("international-text-bomb.png", large, png(2, 8, maker -> maker.before.put("iTXt",
                new Bits().text("x\0\u0001\0en\0x\0").bytes(PngMaker.deflated(new byte[80 << 20])).toBytes()))));
        zoo.add(new Bad("long-chunk.png", corrupt, chunks(header(4, 4, 8, 2),
                new Bits().big(-2, 4).text("IDAT").big(0, 4).toBytes())));
    }

    private static byte[] chunks(byte[]... chunks) {
        return joined(latin("\u0089PNG\r\n\u001a\n"), joined(chunks));
    }

    private static byte[] chunk(String type) {
        return PngMaker.chunk(type, new byte[0]);
    }

    private static byte[] header(int height, int width, int depth, int colourType) {
        return PngMaker.chunk("IHDR",
                new Bits().big(width, 4).big(height, 4).u8(depth, colourType, 0, 0, 0).toBytes());
    }

    private static byte[] jpeg(Consumer<JpegMaker> change) {
        var maker = JpegMaker.colour(2, 2);
        change.accept(maker);
        return maker.make();
    }

    private static void badJpeg(List<Bad> zoo) {
        var corrupt = Problem.IMG_CORRUPT;
        zoo.add(new Bad("no-pixels.jpg", corrupt, latin("\u00ff\u00d8\u00ff\u00d9")));
        zoo.add(new Bad("zero-height.jpg", corrupt, jpeg(maker -> maker.height = 0)));
        zoo.add(new Bad("large.jpg", Problem.IMG_TOO_LARGE, JpegMakerHeader.of(65_000, 65_000)));
        zoo.add(new Bad("twelve-bits.jpg", Problem.IMG_UNSUPPORTED, jpeg(maker -> maker.precision = 12)));
        zoo.add(new Bad("arithmetic.jpg", Problem.IMG_UNSUPPORTED, jpeg(maker -> maker.frame = 0xc9)));
        zoo.add(new Bad("lossless.jpg", Problem.IMG_UNSUPPORTED, jpeg(maker -> maker.frame = 0xc3)));
        zoo.add(new Bad("two-components.jpg", Problem.IMG_UNSUPPORTED,
                new JpegMaker().jfif().component(1, 1, 1).component(2, 1, 1).make()));
        zoo.add(new Bad("no-quantisation.jpg", corrupt, jpeg(maker -> maker.quantisation = false)));
        byte[] good = jpeg(_ -> {
        });
        var text = new String(good, StandardCharsets.ISO_8859_1);
        int scan = text.indexOf("\u00ff\u00da");
        zoo.add(new Bad("short-scan.jpg", corrupt, joined(Arrays.copyOf(good, scan + 14 + 40), latin("\u00ff\u00d9"))));
        zoo.add(new Bad("no-scan-data.jpg", corrupt, joined(Arrays.copyOf(good, scan + 14), latin("\u00ff\u00d9"))));
        byte[] code = good.clone();
        for (int i = scan + 40; i < scan + 60; i++) code[i] = (byte) 0xfe;
        zoo.add(new Bad("bad-codes.jpg", corrupt, code));
        int tables = text.indexOf("\u00ff\u00c4");
        byte[] counts = good.clone();
        counts[tables + 5] = (byte) 200;
        zoo.add(new Bad("bad-huffman-table.jpg", corrupt, counts));
        zoo.add(new Bad("no-marker.jpg", corrupt, joined(latin("\u00ff\u00d8\u00ff\u00fe\0\u0002"), latin("abcdef"))));
        zoo.add(new Bad("scan-first.jpg", corrupt,
                joined(latin("\u00ff\u00d8\u00ff\u00da\0\u0003\0"), latin("\u00ff\u00d9"))));
        zoo.add(new Bad("segment-of-1-byte.jpg", corrupt, latin("\u00ff\u00d8\u00ff\u00e0\0\u0001\u00ff\u00d9")));
        byte[] restarts = jpeg(maker -> maker.restart = 2);
        int restart = new String(restarts, StandardCharsets.ISO_8859_1).indexOf("\u00ff\u00d3");
        restarts[restart + 1] = (byte) 0xd6;
        zoo.add(new Bad("wrong-restart.jpg", corrupt, restarts));
    }

    /// A JPEG that announces a size and holds next to nothing.
    private static final class JpegMakerHeader {
        static byte[] of(int height, int width) {
            return new Bits().u8(0xff, 0xd8, 0xff, 0xc0).big(11, 2).u8(8).big(height, 2).big(width, 2).u8(1, 1, 0x11, 0)
                    .u8(0xff, 0xd9).toBytes();
        }
    }

    private static byte[] gif(Consumer<GifMaker> change) {
        var maker = new GifMaker();
        change.accept(maker);
        return maker.make();
    }

    private static void badGif(List<Bad> zoo) {
        var corrupt = Problem.IMG_CORRUPT;
        zoo.add(new Bad("no-frame.gif", corrupt, gif(_ -> {
        })));
        zoo.add(new Bad("large-screen.gif", Problem.IMG_TOO_LARGE, gif(maker -> {
            maker.width = 60_000;
            maker.height = 60_000;
        })));
        zoo.add(new Bad("large-frame.gif", Problem.IMG_TOO_LARGE, joined(
                Arrays.copyOf(gif(_ -> {
                }), 13 + 96), new Bits().u8(0x2c).little(0, 4).little(65_535, 2).little(65_535, 2)
                        .u8(0, 2, 2, 0x4c, 1, 0, 0x3b).toBytes())));
        zoo.add(new Bad("zero-size.gif", corrupt, gif(maker -> maker.height = 0)));
        zoo.add(new Bad("unknown-block.gif", corrupt, joined(Arrays.copyOf(gif(_ -> {
        }), 13 + 96), new byte[]{0x55, 0x3b})));
        zoo.add(new Bad("no-table.gif", corrupt, gif(maker -> {
            maker.globalTable = false;
            maker.whole();
        })));
        UnaryOperator<byte[]> framed = data -> {
            var gif = new Bits().bytes(Arrays.copyOf(gif(_ -> {
            }), 13 + 96)).u8(0x2c).little(0, 4).little(23, 2).little(17, 2).u8(0, 5);
            GifMaker.blocks(gif, data);
            return gif.u8(0x3b).toBytes();
        };
        byte[] few = GifMaker.compressed(new int[100], 5);
        zoo.add(new Bad("pixels-missing.gif", corrupt, framed.apply(few)));
        zoo.add(new Bad("no-pixels.gif", corrupt, framed.apply(new byte[0])));
        byte[] whole = GifMaker.compressed(new int[23 * 17], 5);
        zoo.add(new Bad("codes-missing.gif", corrupt, framed.apply(Arrays.copyOf(whole, whole.length / 2))));
        zoo.add(new Bad("impossible-code.gif", corrupt,
                framed.apply(new Bits().low(32, 6).low(1, 6).low(60, 6).low(61, 6).low(33, 6).align(false).toBytes())));
    }

    private static void badBmp(List<Bad> zoo) {
        var corrupt = Problem.IMG_CORRUPT;
        zoo.add(new Bad("zero-width.bmp", corrupt, bmp(24, maker -> maker.width = 0)));
        byte[] negative = bmp(24, _ -> {
        });
        Arrays.fill(negative, 18, 22, (byte) 0xff);
        zoo.add(new Bad("negative-width.bmp", corrupt, negative));
        byte[] huge = bmp(24, _ -> {
        });
        huge[20] = 1;
        huge[24] = 1;
        zoo.add(new Bad("large.bmp", Problem.IMG_TOO_LARGE, huge));
        byte[] lowest = bmp(24, _ -> {
        });
        System.arraycopy(new byte[]{0, 0, 0, (byte) 0x80}, 0, lowest, 22, 4);
        zoo.add(new Bad("lowest-height.bmp", Problem.IMG_TOO_LARGE, lowest));
        zoo.add(new Bad("seven-bits.bmp", corrupt, changed(bmp(8, _ -> {
        }), 28, 7)));
        zoo.add(new Bad("header-of-41.bmp", corrupt, changed(bmp(8, _ -> {
        }), 14, 41)));
        zoo.add(new Bad("jpeg-inside.bmp", Problem.IMG_UNSUPPORTED, changed(bmp(24, _ -> {
        }), 30, 4)));
        zoo.add(new Bad("runs-with-24-bits.bmp", corrupt, changed(bmp(24, _ -> {
        }), 30, 1)));
        zoo.add(new Bad("pixels-behind-the-end.bmp", Problem.IMG_TRUNCATED, changed(bmp(24, _ -> {
        }), 12, 100)));
        zoo.add(new Bad("palette-of-70000.bmp", corrupt, changed(bmp(8, _ -> {
        }), 48, 1)));
        zoo.add(new Bad("rows-missing.bmp", Problem.IMG_TRUNCATED, changed(bmp(24, _ -> {
        }), 22, 200)));
        zoo.add(new Bad("colour-behind-palette.bmp", corrupt, bmp(8, maker -> {
            maker.colours = 3;
            maker.compression = 1;
            maker.runs = new Bits().u8(13, 200, 0, 1).toBytes();
        })));
    }

    private static byte[] changed(byte[] bytes, int place, int value) {
        bytes[place] = (byte) value;
        return bytes;
    }

    static byte[] joined(byte[]... parts) {
        var all = new Bits();
        for (byte[] part : parts) all.bytes(part);
        return all.toBytes();
    }
}
