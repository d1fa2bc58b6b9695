package narwhal.cli;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;
import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;

/// Small grey PNGs of bars and dots on noise, from a seed: learnable in seconds.
final class TestPictures {
    private static final Randomness RANDOM = new Randomness(7);

    private TestPictures() {
    }

    /// A folder with `train/`, `validation/` and `test/` of two classes.
    static Path divided(Path folder, int train, int validation, int test, int side) throws IOException {
        classes(folder.resolve("train"), train, side, 0);
        classes(folder.resolve("validation"), validation, side, 10_000);
        if (test > 0) classes(folder.resolve("test"), test, side, 20_000);
        return folder;
    }

    /// Two class folders.
    ///
    /// @param first number of the first picture: other numbers, other pictures
    static Path classes(Path folder, int each, int side, int first) throws IOException {
        for (int i = first; i < first + each; i++) {
            write(folder.resolve("bar").resolve("bar-" + i + ".png"), side, bar(side, i));
            write(folder.resolve("dot").resolve("dot-" + i + ".png"), side, dot(side, i));
        }
        return folder;
    }

    private static byte[] bar(int side, int number) {
        var pixels = noise(side, number);
        int row = (int) (RANDOM.uniform(Purpose.SHUFFLE, number, 1) * side);
        for (int x = 0; x < side; x++) pixels[row * side + x] = (byte) 220;
        return pixels;
    }

    private static byte[] dot(int side, int number) {
        var pixels = noise(side, number + 1_000_000);
        int size = Math.max(2, side / 4);
        int row = (int) (RANDOM.uniform(Purpose.SHUFFLE, number, 2) * (side - size));
        int column = (int) (RANDOM.uniform(Purpose.SHUFFLE, number, 3) * (side - size));
        for (int i = 0; i < size * size; i++) pixels[(row + i / size) * side + column + i % size] = (byte) 220;
        return pixels;
    }

    private static byte[] noise(int side, int number) {
        var pixels = new byte[side * side];
        for (int i = 0; i < pixels.length; i++)
            pixels[i] = (byte) (60 * RANDOM.uniform(Purpose.AUGMENTATION, number, i));
        return pixels;
    }

    /// Writes square grey pixels as a PNG.
    static void write(Path file, int side, byte[] pixels) throws IOException {
        Files.createDirectories(file.getParent());
        Files.write(file, png(side, pixels));
    }

    /// Source: PNG specification, third edition, sections 5 and 11.
    static byte[] png(int side, byte[] pixels) throws IOException {
        var bytes = new ByteArrayOutputStream();
        bytes.writeBytes(new byte[]{(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'});
        var header = new ByteArrayOutputStream();
        var data = new DataOutputStream(header);
        data.writeInt(side);
        data.writeInt(side);
        header.writeBytes(new byte[]{8, 0, 0, 0, 0}); // 8 bits, grey
        chunk(bytes, "IHDR", header.toByteArray());
        var rows = new ByteArrayOutputStream();
        try (var deflater = new DeflaterOutputStream(rows)) {
            for (int y = 0; y < side; y++) {
                deflater.write(0); // no filter
                deflater.write(pixels, y * side, side);
            }
        }
        chunk(bytes, "IDAT", rows.toByteArray());
        chunk(bytes, "IEND", new byte[0]);
        return bytes.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream bytes, String type, byte[] content) throws IOException {
        var data = new DataOutputStream(bytes);
        data.writeInt(content.length);
        var name = type.getBytes(StandardCharsets.US_ASCII);
        data.write(name);
        data.write(content);
        var crc = new CRC32();
        crc.update(name);
        crc.update(content);
        data.writeInt((int) crc.getValue());
    }
}
