package narwhal.data.augmentation;

/// Resampling through a matrix with linear interpolation: SciPy's `affine_transform` of order 1, channel by channel
/// (`ndimage/src/ni_interpolation.c`, `map_coordinate` and `NI_GeometricTransform`).
///
/// Input coordinates are `(row·m0 + column·m1) + offset` in double. Both are monotone along a row, rounding included, so
/// the columns whose four neighbours all lie inside are one interval; there no boundary is looked at.
final class AffineWarp {
    private AffineWarp() {
    }

    /// @param m m00, m01, offset0, m10, m11, offset1
    static void warp(byte[] samples, int from, int height, int width, int channels, double[] m, FillMode mode,
            float fillValue, float[] target, int to) {
        for (int row = 0; row < height; row++) {
            double y0 = row * m[0];
            double x0 = row * m[3];
            long interior = interior(y0, m[1], m[2], height, 0, width);
            interior = interior(x0, m[4], m[5], width, (int) (interior >> 32), (int) interior);
            int begin = (int) (interior >> 32);
            int end = (int) interior;
            int o = to + row * width * channels;
            edge(samples, from, height, width, channels, y0, x0, m, mode, fillValue, target, o, 0, begin);
            if (channels == 3) three(samples, from, width, y0, x0, m, target, o, begin, end);
            else
                some(samples, from, width, channels, y0, x0, m, target, o, begin, end);
            edge(samples, from, height, width, channels, y0, x0, m, mode, fillValue, target, o, end, width);
        }
    }

    /// The columns in [begin, end) whose coordinate lies in [0, extent − 1), as two halves of a long: first, and one behind
    /// the last.
    private static long interior(double base, double step, double offset, int extent, int begin, int end) {
        int low = begin;
        int high = end;
        if (step >= 0) {
            low = first(base, step, offset, begin, end, 0, false);
            high = first(base, step, offset, low, end, extent - 1.0, false);
        } else {
            low = first(base, step, offset, begin, end, extent - 1.0, true);
            high = first(base, step, offset, low, end, 0, true);
        }
        return (long) low << 32 | high;
    }

    /// The first column whose coordinate is at least the bound (falling: below the bound), by bisection.
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

    private static void three(byte[] samples, int from, int width, double y0, double x0, double[] m, float[] target,
            int o, int begin, int end) {
        double m01 = m[1];
        double m02 = m[2];
        double m11 = m[4];
        double m12 = m[5];
        int line = width * 3;
        o += begin * 3;
        for (int column = begin; column < end; column++, o += 3) {
            double y = (y0 + column * m01) + m02;
            double x = (x0 + column * m11) + m12;
            int r = (int) y;
            int c = (int) x;
            double fy = y - r;
            double fx = x - c;
            double gy = 1 - fy;
            double gx = 1 - fx;
            double w00 = gy * gx;
            double w01 = gy * fx;
            double w10 = fy * gx;
            double w11 = fy * fx;
            int i = from + r * line + c * 3;
            int j = i + line;
            target[o] = (float) ((samples[i] & 0xff) * w00 + (samples[i + 3] & 0xff) * w01
                    + (samples[j] & 0xff) * w10 + (samples[j + 3] & 0xff) * w11);
            target[o + 1] = (float) ((samples[i + 1] & 0xff) * w00 + (samples[i + 4] & 0xff) * w01
                    + (samples[j + 1] & 0xff) * w10 + (samples[j + 4] & 0xff) * w11);
            target[o + 2] = (float) ((samples[i + 2] & 0xff) * w00 + (samples[i + 5] & 0xff) * w01
                    + (samples[j + 2] & 0xff) * w10 + (samples[j + 5] & 0xff) * w11);
        }
    }

    private static void some(byte[] samples, int from, int width, int channels, double y0, double x0, double[] m,
            float[] target, int o, int begin, int end) {
        int line = width * channels;
        for (int column = begin; column < end; column++) {
            double y = (y0 + column * m[1]) + m[2];
            double x = (x0 + column * m[4]) + m[5];
            int r = (int) y;
            int c = (int) x;
            double fy = y - r;
            double fx = x - c;
            int i = from + r * line + c * channels;
            for (int k = 0; k < channels; k++, i++) {
                target[o + column * channels + k] = (float) ((samples[i] & 0xff) * ((1 - fy) * (1 - fx))
                        + (samples[i + channels] & 0xff) * ((1 - fy) * fx)
                        + (samples[i + line] & 0xff) * (fy * (1 - fx))
                        + (samples[i + line + channels] & 0xff) * (fy * fx));
            }
        }
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
