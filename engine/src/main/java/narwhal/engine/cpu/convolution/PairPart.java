package narwhal.engine.cpu.convolution;

import java.util.Arrays;

/// A part of a [ConvolutionPair]: a matrix that takes the source cells of a position, and a 1 for the bias between the
/// convolutions, to the results of that position. Its rows are taps down, taps across, channel, and last the bias; its
/// columns results down, results across, filter. Positions lie in a picture row by row.
final class PairPart {
    private final PairAxis y;
    private final PairAxis x;
    private final Geometry first;
    private final Geometry second;
    private final int height;
    private final int width;
    private final float sign;

    /// @param y rows
    /// @param x columns
    /// @param sign 1 or −1: whether it is part of the sum or taken off
    PairPart(PairAxis y, PairAxis x, Geometry first, Geometry second, float sign) {
        this.y = y;
        this.x = x;
        this.first = first;
        this.second = second;
        this.sign = sign;
        height = first.height();
        width = first.width();
    }

    int positions() {
        return y.positions() * x.positions();
    }

    int rows() {
        return y.taps() * x.taps() * first.inputs() + 1;
    }

    int columns() {
        return y.results() * x.results() * second.outputs();
    }

    int size() {
        return rows() * columns();
    }

    /// Floats of the results of one picture.
    int resultSize() {
        return positions() * columns();
    }

    /// The matrix from the products of all taps of the first kernel with all taps of the second: a sum of them.
    ///
    /// @param products rows and columns as in [ConvolutionPair]
    void compose(float[] products, float[] matrix, int at) {
        Arrays.fill(matrix, at, at + size(), 0);
        eachBlock((product, element) -> add(products, product, matrix, at + element, 1));
    }

    /// The gradient of [#compose], added to that of the products.
    void decompose(float[] matrix, int at, float[] products) {
        eachBlock((product, element) -> add(matrix, at + element, products, product, sign));
    }

    private interface Block {
        /// One number per filter.
        void accept(int product, int element);
    }

    private void eachBlock(Block block) {
        int filters = second.outputs();
        int channels = first.inputs();
        int line = second.kernelHeight() * second.kernelWidth() * filters;
        for (var down : y.paths()) {
            for (var across : x.paths()) {
                int product = (down.first() * first.kernelWidth() + across.first()) * channels * line
                        + (down.second() * second.kernelWidth() + across.second()) * filters;
                int element = (down.tap() * x.taps() + across.tap()) * channels * columns()
                        + (down.result() * x.results() + across.result()) * filters;
                for (int c = 0; c < channels; c++) block.accept(product + c * line, element + c * columns());
            }
        }
        int bias = first.kernelHeight() * first.kernelWidth() * channels * line;
        for (var down : y.starts()) {
            for (var across : x.starts()) {
                block.accept(bias + (down.second() * second.kernelWidth() + across.second()) * filters,
                        (rows() - 1) * columns() + (down.result() * x.results() + across.result()) * filters);
            }
        }
    }

    private void add(float[] from, int at, float[] to, int out, float factor) {
        for (int o = 0; o < second.outputs(); o++) to[out + o] += factor * from[at + o];
    }

    /// The source cells of all positions of one picture: a matrix of positions × rows().
    void gather(float[] pictures, int picture, float[] to) {
        int channels = first.inputs();
        int out = 0;
        for (int i = 0; i < y.positions(); i++) {
            for (int j = 0; j < x.positions(); j++) {
                int from = x.firstSource() + j;
                int skipped = Math.clamp(-from, 0, x.taps());
                int count = Math.clamp(width - from, skipped, x.taps()) - skipped;
                for (int a = 0; a < y.taps(); a++) {
                    int row = y.firstSource() + i + a;
                    boolean inside = row >= 0 && row < height;
                    Arrays.fill(to, out, out + x.taps() * channels, 0);
                    if (inside && count > 0) {
                        System.arraycopy(pictures, ((picture * height + row) * width + from + skipped) * channels, to,
                                out + skipped * channels, count * channels);
                    }
                    out += x.taps() * channels;
                }
                to[out++] = 1;
            }
        }
    }

    /// The results of all positions of one picture: a matrix of positions × columns().
    void gatherResults(float[] pictures, int picture, float[] to) {
        int run = x.results() * second.outputs();
        for (int p = 0, at = 0; p < positions(); p++) {
            for (int r = 0; r < y.results(); r++, at += run) {
                System.arraycopy(pictures, result(picture, p, r), to, at, run);
            }
        }
    }

    /// Adds a matrix of positions × columns() to the results of one picture, or takes it off.
    void addResults(float[] from, int start, float[] pictures, int picture) {
        int run = x.results() * second.outputs();
        for (int p = 0, at = start; p < positions(); p++) {
            for (int r = 0; r < y.results(); r++, at += run) {
                int to = result(picture, p, r);
                for (int k = 0; k < run; k++) pictures[to + k] += sign * from[at + k];
            }
        }
    }

    private int result(int picture, int position, int down) {
        int row = y.firstResult() + position / x.positions() + down;
        int column = x.firstResult() + position % x.positions();
        return ((picture * height + row) * width + column) * second.outputs();
    }
}
