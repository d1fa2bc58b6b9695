package narwhal.museum;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.Random;

/// Spoils a file the way an attacker would rather than at random: fields of 1 to 8 bytes get numbers that matter (0, −1, lengths
/// and addresses of this very file, the edges of the types), parts are copied over each other, the end is cut or grown; single
/// bits flip as well.
public final class Mutator {
    private static final long[] EDGES = {0, 1, -1, -2, 0x7f, 0x80, 0xff, 0x100, 0x7fff, 0x8000, 0xffff, 0x10000,
        0x7fff_ffff,
        0x8000_0000L, 0xffff_ffffL, 0x1_0000_0000L, Long.MAX_VALUE, Long.MIN_VALUE, 1L << 62, 20_000, 64_512};

    private final Random random;

    /// @param seed of this one mutation
    public Mutator(long seed) {
        random = new Random(seed);
    }

    /// A spoilt copy.
    public byte[] spoil(byte[] file) {
        var spoilt = file.clone();
        for (int i = 1 + (int) Math.abs(random.nextGaussian() * 2); i > 0; i--) spoilt = once(spoilt);
        return spoilt;
    }

    private byte[] once(byte[] file) {
        if (file.length < 16) return new byte[random.nextInt(32)];
        switch (random.nextInt(10)) {
            case 0 -> file[random.nextInt(file.length)] ^= (byte) (1 << random.nextInt(8));
            case 1 -> file[random.nextInt(file.length)] = (byte) random.nextInt();
            case 2 -> {
                return Arrays.copyOf(file, random.nextInt(2 * file.length));
            }
            case 3 -> {
                int count = 1 + random.nextInt(Math.min(600, file.length));
                int from = random.nextInt(file.length - count + 1);
                System.arraycopy(file, from, file, random.nextInt(file.length - count + 1), count);
            }
            case 4 -> {
                int from = random.nextInt(file.length);
                Arrays.fill(file, from, Math.min(file.length, from + random.nextInt(64)), (byte) 0);
            }
            default -> field(file);
        }
        return file;
    }

    private void field(byte[] file) {
        int bytes = 1 << random.nextInt(4);
        int at = random.nextInt(file.length - 8) / bytes * bytes;
        var buffer = ByteBuffer.wrap(file).order(ByteOrder.LITTLE_ENDIAN);
        long value = switch (random.nextInt(5)) {
            case 0 -> random.nextInt(file.length + 1);
            case 1 -> random.nextInt(file.length + 1) & ~7;
            case 2 -> buffer.getLong(at) + random.nextInt(33) - 16;
            case 3 -> file.length + random.nextInt(17) - 8;
            default -> EDGES[random.nextInt(EDGES.length)];
        };
        switch (bytes) {
            case 1 -> buffer.put(at, (byte) value);
            case 2 -> buffer.putShort(at, (short) value);
            case 4 -> buffer.putInt(at, (int) value);
            default -> buffer.putLong(at, value);
        }
    }
}
