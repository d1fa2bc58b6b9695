package narwhal.disk;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;

/// Moves the numbers of a [Section] to and from little-endian bytes, a piece at a time.
final class SectionBytes {
    private static final int PIECE = 1 << 16;

    private SectionBytes() {
    }

    static void write(Section section, Content.Target out) throws IOException {
        var piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
        int step = PIECE / section.type().bytes();
        for (int from = 0; from < section.size(); from += step) {
            int count = Math.min(step, section.size() - from);
            piece.clear().limit(count * section.type().bytes());
            switch (section.type()) {
                case FLOAT32 -> piece.asFloatBuffer().put(section.floats(), from, count);
                case INT32 -> piece.asIntBuffer().put(section.ints(), from, count);
                case INT64 -> piece.asLongBuffer().put(section.longs(), from, count);
                case UINT8 -> piece.put(section.bytes(), from, count).flip();
            }
            out.write(piece);
        }
    }

    /// Fills the arrays of `section`, which was made with empty ones.
    static void read(Section section, InputStream in) throws IOException {
        var bytes = new byte[PIECE];
        var piece = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        int step = PIECE / section.type().bytes();
        for (int from = 0; from < section.size(); from += step) {
            int count = Math.min(step, section.size() - from);
            int length = count * section.type().bytes();
            if (in.readNBytes(bytes, 0, length) < length) throw new EOFException("ends inside " + section);
            piece.clear().limit(length);
            switch (section.type()) {
                case FLOAT32 -> piece.asFloatBuffer().get(section.floats(), from, count);
                case INT32 -> piece.asIntBuffer().get(section.ints(), from, count);
                case INT64 -> piece.asLongBuffer().get(section.longs(), from, count);
                case UINT8 -> piece.get(section.bytes(), from, count);
            }
        }
    }

    static Section allocate(String name, SectionType type, int size, int[] shape) {
        return switch (type) {
            case FLOAT32 -> Section.float32(name, new float[size], shape);
            case INT32 -> Section.int32(name, new int[size], shape);
            case INT64 -> Section.int64(name, new long[size], shape);
            case UINT8 -> Section.uint8(name, new byte[size], shape);
        };
    }
}
