package narwhal.hdf5;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Collectors;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;
import narwhal.guarded.Bytes;

/// An array of numbers in a file. It is read only on request, and only into the shape that the reader expects: so what a file
/// claims never decides how much memory is taken.
public final class DataSet implements Node {
    private static final int PIECE = 1 << 16;

    private final String path;
    private final List<Attribute> attributes;
    private final Datatype type;
    private final List<Long> shape;
    private final Bytes bytes;

    /// @param bytes exactly those of its elements
    DataSet(String path, List<Attribute> attributes, Datatype type, List<Long> shape, Bytes bytes) {
        this.path = path;
        this.attributes = List.copyOf(attributes);
        this.type = type;
        this.shape = List.copyOf(shape);
        this.bytes = bytes;
    }

    @Override
    public String path() {
        return path;
    }

    @Override
    public List<Attribute> attributes() {
        return attributes;
    }

    /// The extents it declares; none for a single number.
    public List<Long> shape() {
        return shape;
    }

    /// Its type, such as `float32`.
    public String type() {
        return type.toString();
    }

    /// Checks that it holds floating-point numbers of the given shape; reads nothing.
    ///
    /// @throws NarwhalException `MODEL_SIZE_MISMATCH` for another shape, `MODEL_UNKNOWN_FORMAT` for another type
    public void expect(int... extents) {
        boolean equal = shape.size() == extents.length;
        for (int i = 0; equal && i < extents.length; i++) equal = shape.get(i) == extents[i];
        if (!equal)
            throw Problem.MODEL_SIZE_MISMATCH
                    .because(bytes.place() + ": has the shape " + show(shape) + ", expected " + show(extents));
        if (!(type instanceof Datatype.Fraction)) throw unsupported("16, 32 or 64-bit floating-point numbers");
    }

    /// Its numbers, in row-major order.
    ///
    /// @param extents the shape that is expected
    /// @throws NarwhalException `MODEL_SIZE_MISMATCH` for another shape, `MODEL_UNKNOWN_FORMAT` for another type
    public float[] floats(int... extents) {
        expect(extents);
        int count = Math.toIntExact(bytes.length() / type.size());
        var order = ((Datatype.Fraction) type).order();
        var values = new float[count];
        int step = PIECE / type.size();
        var piece = ByteBuffer.allocate(PIECE).order(order);
        for (int from = 0; from < count; from += step) {
            int n = Math.min(step, count - from);
            bytes.read((long) from * type.size(), piece.clear().limit(n * type.size()));
            convert(piece.flip(), values, from, n);
        }
        return values;
    }

    /// Its only number, whole or not: an iteration count or a learning rate.
    ///
    /// @throws NarwhalException `MODEL_SIZE_MISMATCH` if there are more or none, `MODEL_UNKNOWN_FORMAT` for another type
    public double number() {
        long count = 1;
        for (long extent : shape) count *= extent;
        if (count != 1)
            throw Problem.MODEL_SIZE_MISMATCH
                    .because(bytes.place() + ": has the shape " + show(shape) + ", expected one number");
        var value = bytes.read(0, type.size());
        return switch (type) {
            case Datatype.Fraction fraction -> fraction(value.order(fraction.order()), fraction.size());
            case Datatype.Whole whole -> whole(value.order(whole.order()), whole);
            default -> throw unsupported("a number");
        };
    }

    private void convert(ByteBuffer piece, float[] values, int from, int count) {
        switch (type.size()) {
            case 2 -> {
                for (int i = 0; i < count; i++) values[from + i] = Float.float16ToFloat(piece.getShort(2 * i));
            }
            case 4 -> piece.asFloatBuffer().get(values, from, count);
            default -> {
                for (int i = 0; i < count; i++) values[from + i] = (float) piece.getDouble(8 * i);
            }
        }
    }

    private static double fraction(ByteBuffer value, int size) {
        return switch (size) {
            case 2 -> Float.float16ToFloat(value.getShort(0));
            case 4 -> value.getFloat(0);
            default -> value.getDouble(0);
        };
    }

    private static double whole(ByteBuffer value, Datatype.Whole type) {
        return switch (type.size()) {
            case 1 -> type.signed() ? value.get(0) : value.get(0) & 0xff;
            case 2 -> type.signed() ? value.getShort(0) : value.getShort(0) & 0xffff;
            case 4 -> type.signed() ? value.getInt(0) : value.getInt(0) & 0xffff_ffffL;
            default -> value.getLong(0);
        };
    }

    private NarwhalException unsupported(String expected) {
        return Problem.MODEL_UNKNOWN_FORMAT.because(bytes.place() + ": is " + type + ", expected " + expected,
                "save the model again with floatx 'float32'");
    }

    static String show(List<Long> extents) {
        return extents.stream().map(String::valueOf).collect(Collectors.joining("×", "(", ")"));
    }

    private static String show(int[] extents) {
        return show(java.util.Arrays.stream(extents).mapToObj(Long::valueOf).toList());
    }
}
