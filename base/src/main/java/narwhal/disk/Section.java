package narwhal.disk;

import java.util.Arrays;

/// A named array of a [Container]. It holds the array it was made from, not a copy: a checkpoint costs no second copy of
/// the weights. The array must not change while a container with it is being saved.
public final class Section {
    /// The longest name, in characters.
    public static final int LONGEST_NAME = 256;

    private final String name;
    private final SectionType type;
    private final int[] shape;
    private final Object array;
    private final int size;

    private Section(String name, SectionType type, Object array, int size, int[] shape) {
        if (name.isEmpty() || name.length() > LONGEST_NAME)
            throw new IllegalArgumentException("a section's name has 1 to " + LONGEST_NAME + " characters, got "
                    + name.length());
        if (product(shape) != size)
            throw new IllegalArgumentException("section " + name + ": shape " + Arrays.toString(shape)
                    + " does not hold " + size + " values");
        this.name = name;
        this.type = type;
        this.shape = shape.clone();
        this.array = array;
        this.size = size;
    }

    /// A section of `float` values in row-major order; without a shape it holds one value.
    public static Section float32(String name, float[] values, int... shape) {
        return new Section(name, SectionType.FLOAT32, values, values.length, shape);
    }

    /// A section of `int` values in row-major order.
    public static Section int32(String name, int[] values, int... shape) {
        return new Section(name, SectionType.INT32, values, values.length, shape);
    }

    /// A section of `long` values in row-major order.
    public static Section int64(String name, long[] values, int... shape) {
        return new Section(name, SectionType.INT64, values, values.length, shape);
    }

    /// A section of bytes that count from 0 to 255, in row-major order.
    public static Section uint8(String name, byte[] values, int... shape) {
        return new Section(name, SectionType.UINT8, values, values.length, shape);
    }

    /// The name, unique in its container.
    public String name() {
        return name;
    }

    /// The type of the numbers.
    public SectionType type() {
        return type;
    }

    /// The shape; empty for a single number.
    public int[] shape() {
        return shape.clone();
    }

    /// How many numbers there are.
    public int size() {
        return size;
    }

    /// Bytes in the file.
    public long length() {
        return (long) size * type.bytes();
    }

    /// The array itself.
    ///
    /// @throws ClassCastException if the type is not FLOAT32
    public float[] floats() {
        return (float[]) array;
    }

    /// The array itself.
    ///
    /// @throws ClassCastException if the type is not INT32
    public int[] ints() {
        return (int[]) array;
    }

    /// The array itself.
    ///
    /// @throws ClassCastException if the type is not INT64
    public long[] longs() {
        return (long[]) array;
    }

    /// The array itself.
    ///
    /// @throws ClassCastException if the type is not UINT8
    public byte[] bytes() {
        return (byte[]) array;
    }

    @Override
    public String toString() {
        return name + " " + type.label() + Arrays.toString(shape);
    }

    private static long product(int[] shape) {
        long product = 1;
        for (int extent : shape) {
            if (extent < 0) throw new IllegalArgumentException("negative extent in shape " + Arrays.toString(shape));
            product = Math.multiplyExact(product, extent);
        }
        return product;
    }
}
