package narwhal.data.augmentation;

import narwhal.data.picture.Interpolation;

/// Resampling through a matrix: SciPy's `affine_transform` of order 1 (linear) or 0 (nearest pixel), channel by channel
/// (`ndimage/src/ni_interpolation.c`, `map_coordinate` and `NI_GeometricTransform`).
///
/// Input coordinates are `(row·m0 + column·m1) + offset` in double. Both are monotone along a row, rounding included, so
/// the columns whose four neighbours all lie inside are one interval, found by bisection. Most pixels are in it; there no
/// boundary is looked at, and coordinates (44 bits behind the point) and weights (27 bits) are integers, which is twice as
/// fast as double. What that differs from double is below 10⁻⁵ on the scale 0 … 255.
final class AffineWarp {
    private static final int POINT = 44;
    private static final int WEIGHT = 27;
    private static final long WEIGHT_MASK = (1L << WEIGHT) - 1;
    private static final float UNIT = 0x1p-54f;
    /// Kept from the boundary, so that rounding of integer coordinates cannot step over it.
    private static final double MARGIN = 0x1p-30;
    private static final int LARGEST = 1 << 18;

    private AffineWarp() {
    }

    /// @param m m00, m01, offset0, m10, m11, offset1
    static void warp(byte[] samples, int from, int height, int width, int channels, double[] m,
            Interpolation interpolation, FillMode mode, float fillValue, float[] target, int to) {
        if (interpolation == Interpolation.NEAREST) {
            nearest(samples, from, height, width, channels, m, mode, fillValue, target, to);
            return;
        }
        boolean exact = height > LARGEST || width > LARGEST || Math.abs(m[1]) > LARGEST || Math.abs(m[4]) > LARGEST;
        long stepY = Math.round(m[1] * (1L << POINT));
        long stepX = Math.round(m[4] * (1L << POINT));
        for (int row = 0; row < height; row++) {
            double y0 = row * m[0];
            double x0 = row * m[3];
            long interior = exact ? 0 : interior(y0, m[1], m[2], height, 0, width);
            interior = interior(x0, m[4], m[5], width, (int) (interior >> 32), (int) interior);
            int begin = (int) (interior >> 32);
            int end = (int) interior;
            int o = to + row * width * channels;
            edge(samples, from, height, width, channels, y0, x0, m, mode, fillValue, target, o, 0, begin);
            if (begin < end) {
                long y = Math.round(((y0 + begin * m[1]) + m[2]) * (1L << POINT));
                long x = Math.round(((x0 + begin * m[4]) + m[5]) * (1L << POINT));
                if (channels == 3) three(samples, from, width, y, x, stepY, stepX, target, o + begin * 3, end - begin);
                else
                    one(samples, from, width, y, x, stepY, stepX, target, o + begin, end - begin);
            }
            edge(samples, from, height, width, channels, y0, x0, m, mode, fillValue, target, o, end, width);
        }
    }

    private static void nearest(byte[] samples, int from, int height, int width, int channels, double[] m,
            FillMode mode, float fillValue, float[] target, int to) {
        for (int row = 0, o = to; row < height; row++) {
            for (int column = 0; column < width; column++, o += channels) {
                double y = mapped((row * m[0] + column * m[1]) + m[2], height, mode);
                double x = mapped((row * m[3] + column * m[4]) + m[5], width, mode);
                boolean outside = Double.isNaN(y) || Double.isNaN(x);
                int i = outside
                        ? 0
                        : from + (neighbour((int) Math.floor(y + 0.5), height) * width
                                + neighbour((int) Math.floor(x + 0.5), width)) * channels;
                for (int k = 0; k < channels; k++) target[o + k] = outside ? fillValue : samples[i + k] & 0xff;
            }
        }
    }

    /// The columns in [begin, end) whose coordinate lies well inside [0, extent − 1], as two halves of a long: first, and
    /// one behind the last.
    private static long interior(double base, double step, double offset, int extent, int begin, int end) {
        double lowest = MARGIN;
        double highest = extent - 1 - MARGIN;
        boolean falling = step < 0;
        int low = first(base, step, offset, begin, end, falling ? highest : lowest, falling);
        int high = first(base, step, offset, low, end, falling ? lowest : highest, falling);
        return (long) low << 32 | high;
    }

    /// The first column whose coordinate is at least the bound (falling: below the bound).
    private static int first(double base, double step, double offset, int begin, int end, double bound,
            boolean falling) {
        int low = begin;
        int high = end;
        while (low < high) {
            int middle = (low + high) >>> 1;
            double coordinate = (base + middle * step) + offset;
            if (falling ? coordinate < bound : coordinate >= bound) high = middle;
            else
                low = middle + 1;
        }
        return low;
    }

    private static void three(byte[] samples, int from, int width, long y, long x, long stepY, long stepX,
            float[] target, int o, int count) {
        int line = width * 3;
        for (int end = o + count * 3; o < end; o += 3, y += stepY, x += stepX) {
            int i = from + (int) (y >> POINT) * line + (int) (x >> POINT) * 3;
            int j = i + line;
            long fy = (y >> (POINT - WEIGHT)) & WEIGHT_MASK;
            long fx = (x >> (POINT - WEIGHT)) & WEIGHT_MASK;
            target[o] = mixed(samples[i], samples[i + 3], samples[j], samples[j + 3], fy, fx);
            target[o + 1] = mixed(samples[i + 1], samples[i + 4], samples[j + 1], samples[j + 4], fy, fx);
            target[o + 2] = mixed(samples[i + 2], samples[i + 5], samples[j + 2], samples[j + 5], fy, fx);
        }
    }

    private static void one(byte[] samples, int from, int width, long y, long x, long stepY, long stepX,
            float[] target, int o, int count) {
        for (int end = o + count; o < end; o++, y += stepY, x += stepX) {
            int i = from + (int) (y >> POINT) * width + (int) (x >> POINT);
            int j = i + width;
            target[o] = mixed(samples[i], samples[i + 1], samples[j], samples[j + 1],
                    (y >> (POINT - WEIGHT)) & WEIGHT_MASK, (x >> (POINT - WEIGHT)) & WEIGHT_MASK);
        }
    }

    /// Four samples by their weights: 8 + 27 + 27 bits.
    private static float mixed(byte a, byte b, byte c, byte d, long fy, long fx) {
        int above = a & 0xff;
        int below = c & 0xff;
        long upper = ((long) above << WEIGHT) + ((b & 0xff) - above) * fx;
        long lower = ((long) below << WEIGHT) + ((d & 0xff) - below) * fx;
        return ((upper << WEIGHT) + (lower - upper) * fy) * UNIT;
    }

    /// Columns whose neighbours may lie outside.
    private static void edge(byte[] samples, int from, int height, int width, int channels, double y0, double x0,
            double[] m, FillMode mode, float fillValue, float[] target, int o, int begin, int end) {
        for (int column = begin; column < end; column++) {
            double y = mapped((y0 + column * m[1]) + m[2], height, mode);
            double x = mapped((x0 + column * m[4]) + m[5], width, mode);
            int place = o + column * channels;
            if (Double.isNaN(y) || Double.isNaN(x)) {
                for (int k = 0; k < channels; k++) target[place + k] = fillValue;
                continue;
            }
            int r = (int) Math.floor(y);
            int c = (int) Math.floor(x);
            double fy = y - r;
            double fx = x - c;
            int above = from + neighbour(r, height) * width * channels;
            int below = from + neighbour(r + 1, height) * width * channels;
            int left = neighbour(c, width) * channels;
            int right = neighbour(c + 1, width) * channels;
            for (int k = 0; k < channels; k++) {
                target[place + k] = (float) ((samples[above + left + k] & 0xff) * ((1 - fy) * (1 - fx))
                        + (samples[above + right + k] & 0xff) * ((1 - fy) * fx)
                        + (samples[below + left + k] & 0xff) * (fy * (1 - fx))
                        + (samples[below + right + k] & 0xff) * (fy * fx));
            }
        }
    }

    /// The neighbour of a coordinate that was mapped already: at most one step outside, and there with weight 0 or equal to
    /// the edge.
    private static int neighbour(int index, int extent) {
        return index < 0 ? 0 : Math.min(index, extent - 1);
    }

    /// A coordinate brought back into the picture; not a number where the fill value stands.
    private static double mapped(double coordinate, int extent, FillMode mode) {
        if (coordinate >= 0 && coordinate <= extent - 1) return coordinate;
        return switch (mode) {
            case CONSTANT -> Double.NaN;
            case NEAREST -> coordinate < 0 ? 0 : extent - 1;
            case REFLECT -> reflected(coordinate, extent);
            case WRAP -> wrapped(coordinate, extent);
        };
    }

    private static double reflected(double coordinate, int extent) {
        if (extent <= 1) return 0;
        double period = 2.0 * extent;
        if (coordinate < 0) {
            double in = coordinate < -period ? period * (long) (-coordinate / period) + coordinate : coordinate;
            return in < -extent ? in + period : -in - 1;
        }
        double in = coordinate - period * (long) (coordinate / period);
        return in >= extent ? period - in - 1 : in;
    }

    private static double wrapped(double coordinate, int extent) {
        if (extent <= 1) return 0;
        double period = extent - 1.0;
        return coordinate < 0
                ? coordinate + period * ((long) (-coordinate / period) + 1)
                : coordinate - period * (long) (coordinate / period);
    }
}
