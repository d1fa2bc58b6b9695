package narwhal.engine;

import java.util.Arrays;
import java.util.stream.Collectors;

/// The extents of a tensor, outermost first. Pictures are height × width × channels (channels last), a batch of them has
/// one more axis in front. A scalar has no axes. Immutable.
public final class Shape {
    private final int[] dims;
    private final int size;

    private Shape(int[] dims) {
        int size = 1;
        for (int d : dims) {
            if (d < 0)
                throw new IllegalArgumentException("a shape has no negative extent, got " + Arrays.toString(dims));
            size = Math.multiplyExact(size, d);
        }
        this.dims = dims;
        this.size = size;
    }

    /// A shape of the given extents, each at least 0, whose product fits an `int`.
    ///
    /// @throws IllegalArgumentException if an extent is negative
    /// @throws ArithmeticException if the product is larger than `Integer.MAX_VALUE`
    public static Shape of(int... dims) {
        return new Shape(dims.clone());
    }

    /// Number of axes.
    public int rank() {
        return dims.length;
    }

    /// Extent of one axis; negative axes count from the end, −1 being the last.
    public int dim(int axis) {
        return dims[axis < 0 ? dims.length + axis : axis];
    }

    /// Extent of the last axis; for pictures the channels.
    public int last() {
        return dim(-1);
    }

    /// Product of all extents; 1 for a scalar.
    public int size() {
        return size;
    }

    /// This shape with another axis of extent `n` in front: from one sample to a batch of `n`.
    public Shape batch(int n) {
        var batched = new int[dims.length + 1];
        batched[0] = n;
        System.arraycopy(dims, 0, batched, 1, dims.length);
        return new Shape(batched);
    }

    /// This shape without its first axis: from a batch to one sample.
    public Shape sample() {
        return new Shape(Arrays.copyOfRange(dims, 1, dims.length));
    }

    /// This shape with its last axis replaced.
    public Shape withLast(int n) {
        var changed = dims.clone();
        changed[changed.length - 1] = n;
        return new Shape(changed);
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Shape shape && Arrays.equals(dims, shape.dims);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(dims);
    }

    /// Such as `128×128×3`; `scalar` without axes.
    @Override
    public String toString() {
        if (dims.length == 0) return "scalar";
        return Arrays.stream(dims).mapToObj(Integer::toString).collect(Collectors.joining("×"));
    }
}
