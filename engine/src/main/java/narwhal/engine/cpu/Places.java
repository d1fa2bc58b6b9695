package narwhal.engine.cpu;

import narwhal.engine.Shape;

/// Copies a box of elements from one array to another, each with a stride of its own along every axis. A stride of 0 repeats
/// an element. Slices, transposed tensors, tensors side by side and repeated tensors are all such copies.
///
/// Axes that lie side by side in both arrays are one axis here, so that the innermost loop is long.
final class Places {
    private final int[] extents;
    private final int[] from;
    private final int[] to;

    private Places(int[] extents, int[] from, int[] to) {
        this.extents = extents;
        this.from = from;
        this.to = to;
    }

    /// A box of `extents`, read with strides `from`, written with strides `to`.
    static Places of(int[] extents, int[] from, int[] to) {
        int rank = extents.length;
        if (rank == 0) return new Places(new int[]{1}, new int[]{0}, new int[]{0});
        int[] e = new int[rank];
        int[] f = new int[rank];
        int[] t = new int[rank];
        int n = 0;
        for (int i = 0; i < rank; i++) {
            // The first axis stays alone: it is cut into pieces of work.
            if (n > 1 && f[n - 1] == from[i] * extents[i] && t[n - 1] == to[i] * extents[i]) {
                e[n - 1] *= extents[i];
                n--;
            } else {
                e[n] = extents[i];
            }
            f[n] = from[i];
            t[n] = to[i];
            n++;
        }
        return new Places(java.util.Arrays.copyOf(e, n), java.util.Arrays.copyOf(f, n), java.util.Arrays.copyOf(t, n));
    }

    /// A box of shape `box` inside row-major arrays of the other two shapes.
    static Places of(Shape box, Shape from, Shape to) {
        return of(extents(box), strides(from), strides(to));
    }

    /// `small` repeated along its axes of extent 1 until it fills `large`.
    static Places repeating(Shape small, Shape large) {
        int[] from = strides(small);
        for (int i = 0; i < from.length; i++) if (small.dim(i) == 1) from[i] = 0;
        return of(extents(large), from, strides(large));
    }

    static int[] strides(Shape shape) {
        int[] strides = new int[shape.rank()];
        int stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= shape.dim(i);
        }
        return strides;
    }

    /// Where the element at `index` lies.
    static int at(Shape shape, int[] index) {
        int[] strides = strides(shape);
        int at = 0;
        for (int i = 0; i < strides.length; i++) at += index[i] * strides[i];
        return at;
    }

    private static int[] extents(Shape shape) {
        int[] extents = new int[shape.rank()];
        for (int i = 0; i < extents.length; i++) extents[i] = shape.dim(i);
        return extents;
    }

    void copy(Team team, float[] x, int xAt, float[] y, int yAt) {
        if (extents.length == 1) copy(x, xAt, y, yAt, 0);
        else
            team.run(extents[0], i -> copy(x, xAt + i * from[0], y, yAt + i * to[0], 1));
    }

    private void copy(float[] x, int xAt, float[] y, int yAt, int axis) {
        if (axis < extents.length - 1) {
            for (int i = 0; i < extents[axis]; i++) copy(x, xAt + i * from[axis], y, yAt + i * to[axis], axis + 1);
        } else if (from[axis] == 1 && to[axis] == 1) {
            System.arraycopy(x, xAt, y, yAt, extents[axis]);
        } else {
            line(x, xAt, from[axis], y, yAt, to[axis], extents[axis]);
        }
    }

    private static void line(float[] x, int xAt, int from, float[] y, int yAt, int to, int count) {
        for (int i = 0; i < count; i++) y[yAt + i * to] = x[xAt + i * from];
    }

    /// The other way round: every element of `large` is added to the one it was copied from, in row-major order and double
    /// precision. A piece of work is one index of the first axis if that axis is not summed over.
    ///
    /// @param size elements of `small`
    void sum(Team team, float[] large, float[] small, int size) {
        if (extents.length > 1 && from[0] > 0) {
            int part = from[0];
            team.run(extents[0], i -> sum(large, i * to[0], small, i * part, part, 1));
        } else {
            sum(large, 0, small, 0, size, 0);
        }
    }

    private void sum(float[] large, int at, float[] small, int smallAt, int size, int axis) {
        var sums = new double[size];
        add(large, at, sums, 0, axis);
        for (int i = 0; i < size; i++) small[smallAt + i] = (float) sums[i];
    }

    private void add(float[] large, int at, double[] sums, int sum, int axis) {
        int step = from[axis];
        if (axis < extents.length - 1) {
            for (int i = 0; i < extents[axis]; i++) add(large, at + i * to[axis], sums, sum + i * step, axis + 1);
        } else if (step == 0) {
            double total = sums[sum];
            for (int i = 0; i < extents[axis]; i++) total += large[at + i];
            sums[sum] = total;
        } else {
            for (int i = 0; i < extents[axis]; i++) sums[sum + i * step] += large[at + i];
        }
    }
}
