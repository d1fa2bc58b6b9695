package narwhal.hdf5;

import java.util.function.Supplier;

/// An array of numbers to be written.
///
/// @param shape its extents; none for a single number
/// @param whole whether it is a single `int64` and not an array of `float32`
/// @param values called while the file is written, so that only one array is in memory at a time
record Numbers(int[] shape, boolean whole, Supplier<float[]> values, long number) {
    long bytes() {
        if (whole) return 8;
        long count = 1;
        for (int extent : shape) count = Math.multiplyExact(count, extent);
        return 4 * count;
    }
}
