package narwhal.data.picture;

/// Bilinear resizing with Pillow's arithmetic (`libImaging/Resample.c`): a triangle that widens when shrinking, weights in
/// 22-bit fixed point, rows first (columns first in very tall pictures), rounded to 8 bits in between.
final class BilinearResize {
    private static final int PRECISION = 22;
    private static final int HALF = 1 << (PRECISION - 1);

    private BilinearResize() {
    }

    static byte[] resize(byte[] samples, int height, int width, int channels, int toHeight, int toWidth) {
        boolean columnsFirst = height > 100 * width && toHeight < height; // Pillow's Image.resize
        if (columnsFirst) {
            byte[] shortened = vertically(samples, height, width, channels, toHeight);
            return horizontally(shortened, toHeight, width, channels, toWidth);
        }
        byte[] narrowed = horizontally(samples, height, width, channels, toWidth);
        return vertically(narrowed, height, toWidth, channels, toHeight);
    }

    private static byte[] horizontally(byte[] samples, int height, int width, int channels, int toWidth) {
        return width == toWidth ? samples : horizontal(samples, height, width, channels, new Weights(width, toWidth));
    }

    private static byte[] vertically(byte[] samples, int height, int width, int channels, int toHeight) {
        return height == toHeight ? samples : vertical(samples, width * channels, new Weights(height, toHeight));
    }

    private static byte[] horizontal(byte[] samples, int height, int width, int channels, Weights weights) {
        int toWidth = weights.first.length;
        var resized = new byte[height * toWidth * channels];
        for (int y = 0, o = 0; y < height; y++) {
            int row = y * width * channels;
            for (int x = 0; x < toWidth; x++) {
                int from = row + weights.first[x] * channels;
                for (int c = 0; c < channels; c++) {
                    int sum = HALF;
                    for (int k = weights.start[x], i = from + c; k < weights.start[x + 1]; k++, i += channels) {
                        sum += (samples[i] & 0xff) * weights.values[k];
                    }
                    resized[o++] = toEight(sum);
                }
            }
        }
        return resized;
    }

    private static byte[] vertical(byte[] samples, int row, Weights weights) {
        int toHeight = weights.first.length;
        var resized = new byte[toHeight * row];
        int[] sums = new int[row];
        for (int y = 0; y < toHeight; y++) {
            java.util.Arrays.fill(sums, HALF);
            for (int k = weights.start[y], i = weights.first[y] * row; k < weights.start[y + 1]; k++, i += row) {
                int weight = weights.values[k];
                for (int x = 0; x < row; x++) sums[x] += (samples[i + x] & 0xff) * weight;
            }
            for (int x = 0; x < row; x++) resized[y * row + x] = toEight(sums[x]);
        }
        return resized;
    }

    private static byte toEight(int sum) {
        return (byte) Math.max(0, Math.min(255, sum >> PRECISION));
    }

    /// Which samples of one axis make a sample of the new one, and how much of each.
    private static final class Weights {
        final int[] first;
        final int[] start;
        final int[] values;

        Weights(int from, int to) {
            double scale = (double) from / to;
            double support = Math.max(scale, 1);
            double inverse = 1 / support;
            first = new int[to];
            start = new int[to + 1];
            int[] all = new int[to * ((int) Math.ceil(support) * 2 + 1)];
            int count = 0;
            for (int i = 0; i < to; i++) {
                double centre = (i + 0.5) * scale;
                int low = Math.max(0, (int) (centre - support + 0.5));
                int high = Math.min(from, (int) (centre + support + 0.5));
                double[] weights = new double[high - low];
                double sum = 0;
                for (int k = 0; k < weights.length; k++) {
                    weights[k] = triangle((k + low - centre + 0.5) * inverse);
                    sum += weights[k];
                }
                first[i] = low;
                for (double weight : weights) all[count++] = (int) (0.5 + weight / sum * (1 << PRECISION));
                start[i + 1] = count;
            }
            values = java.util.Arrays.copyOf(all, count);
        }

        private static double triangle(double x) {
            return Math.max(0, 1 - Math.abs(x));
        }
    }
}
