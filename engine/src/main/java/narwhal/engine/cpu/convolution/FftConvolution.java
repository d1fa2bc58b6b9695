package narwhal.engine.cpu.convolution;

import narwhal.engine.cpu.Scratch;
import narwhal.engine.cpu.Team;
import org.jspecify.annotations.Nullable;

/// Convolution by tiled Fourier transforms (overlap-save), stride 1.
///
/// A circular correlation of N × N cells is a product at each frequency,
///
///     y = x ⋆ w     ⟺   Y(f) = Σc X(f)[c] · conj(W(f)[c, o])
///     dx = dy ∗ w   ⟺   dX(f) = Σo dY(f)[o] · W(f)[c, o]
///     dw = x ⋆ dy   ⟺   dW(f) = Σtiles X(f)[c] · conj(dY(f)[o])
///
/// and a window of N × N cells gives (N − K + 1)² results that do not reach round its end. Per result and pair of channels
/// that is 2N² / (N − K + 1)² real multiplications in place of K²: for 7×7 and N = 32, 3 in place of 49.
///
/// * Lanes are channels: no transform ever moves a number between lanes.
/// * Two tiles make one complex transform, one as its real, one as its imaginary part. A real kernel keeps them apart, so
///   they need no separation between the transforms. W(−f) = conj(W(f)): only half of the kernel's spectrum is kept, and
///   each part of it read once for f and −f. In the kernel's gradient, S(f) + conj(S(−f)) removes what the two tiles of a
///   pair have mixed.
/// * Work goes in blocks of a few pairs of tiles: rows of all windows, then for each horizontal frequency the columns, the
///   products and the columns back, then the rows back.
///
/// Sources: M. Mathieu, M. Henaff, Y. LeCun, "Fast Training of Convolutional Networks through FFTs" (arXiv 1312.5851); N.
/// Vasilache et al., "Fast Convolutional Nets With fbfft" (arXiv 1412.7580); A. Zlateski, Z. Jia, K. Li, F. Durand, "FFT
/// Convolutions are Faster than Winograd on Modern CPUs, Here is Why" (arXiv 1809.07851), whose cost model chooses the
/// tiles in [Chooser].
///
/// A NaN or an infinity in a picture reaches all results of its tile and of the tile it is paired with.
public final class FftConvolution implements Convolution {
    /// Floats transformed side by side: enough that the start of a loop over them costs little, few enough for the caches.
    private static final int CHUNK = 128;
    /// Floats between the planes of two frequencies, so that they do not all fall on one cache set.
    private static final int GAP = 32;

    private final Geometry g;
    private final Team team;
    private final Fourier fourierY;
    private final Fourier fourierX;
    private final int height;
    private final int width;
    private final int inputs;
    /// As [#inputs], of pictures that are only read.
    private final int sources;
    private final int outputs;
    private final Tiling forward;
    private final Tiling backward;
    private final KernelSpectrum spectrum;
    private final Scratch<Block> forwardBlocks;
    private final Scratch<Block> backwardBlocks;
    private final float[] zeros;
    private final float[] bias;
    private final KernelSum kernelSum;

    /// @throws IllegalArgumentException if the convolution has strides or dilation, or the tiles do not hold its kernel
    public FftConvolution(Geometry geometry, Team team, int tileHeight, int tileWidth) {
        this.g = geometry;
        this.team = team;
        if (!supports(g)) throw new IllegalArgumentException("not by Fourier transforms: " + g);
        fourierY = Fourier.of(tileHeight);
        fourierX = Fourier.of(tileWidth);
        height = tileHeight;
        width = tileWidth;
        inputs = Layout.HERE.padded(g.inputs());
        sources = Layout.HERE.packed(g.inputs());
        outputs = Layout.HERE.padded(g.outputs());
        forward = Tiling.forward(g, tileHeight, tileWidth);
        backward = Tiling.backward(g, tileHeight, tileWidth);
        spectrum = new KernelSpectrum(g, team, fourierY, fourierX);
        forwardBlocks = new Scratch<>(() -> new Block(forward.blockPairs(), true));
        backwardBlocks = new Scratch<>(() -> new Block(backward.blockPairs(), false));
        zeros = new float[Math.max(inputs, outputs)];
        bias = new float[outputs];
        kernelSum = new KernelSum(g, team, fourierY, fourierX, backward.blocks());
    }

    /// Whether a convolution can be computed this way at all.
    public static boolean supports(Geometry g) {
        return g.strideY() == 1 && g.strideX() == 1 && g.dilationY() == 1 && g.dilationX() == 1;
    }

    /// Scratch memory of one block of tiles. `rows` hold row spectra: horizontal frequency, row, pair, channel; `columns`
    /// full spectra at one horizontal frequency and at its negative: vertical frequency, pair at u, pair at −u, channel.
    private final class Block {
        final Complex line = Complex.of(width * Math.max(CHUNK, Math.max(inputs, outputs)));
        final Complex middle = Complex.of(Math.max(width, height) * CHUNK);
        final Complex rows;
        final Complex otherRows;
        final Complex x;
        final Complex y;
        final int plane;

        Block(int pairs, boolean forward) {
            plane = height * pairs * Math.max(inputs, outputs) + GAP;
            rows = Complex.of(width * plane);
            otherRows = forward ? rows : Complex.of(width * plane);
            x = Complex.of(2 * height * pairs * inputs);
            y = Complex.of(2 * height * pairs * outputs);
        }
    }

    @Override
    public void forward(float[] x, float[] kernel, float @Nullable [] bias, Finish finish, float[] y) {
        spectrum.transform(kernel, false);
        if (bias != null) System.arraycopy(bias, 0, this.bias, 0, g.outputs());
        var added = bias == null ? zeros : this.bias;
        team.run(forward.blocks(), block -> forward(block, x, added, finish, y));
    }

    private void forward(int block, float[] x, float[] bias, Finish finish, float[] y) {
        var s = forwardBlocks.take();
        int pairs = forward.blockPairs();
        int live = live(forward, block);
        rowsIn(forward, block, x, g.inputs(), sources, false, s, s.rows);
        for (int u = 0; u <= width / 2; u++) {
            columnsIn(s, s.rows, u, sources, pairs, live, s.x);
            multiply(u, live, g.inputs(), sources, outputs, s.x, s.y);
            columnsOut(s, s.y, s.rows, u, outputs, pairs, live);
        }
        rowsOut(forward, block, s, s.rows, y, g.outputs(), bias, finish);
        forwardBlocks.giveBack(s);
    }

    @Override
    public void inputGradient(float[] dy, float[] kernel, float[] dx) {
        spectrum.transform(kernel, true);
        team.run(backward.blocks(), block -> {
            var s = backwardBlocks.take();
            backward(block, null, dy, dx, -1, s);
            backwardBlocks.giveBack(s);
        });
    }

    @Override
    public void kernelGradient(float[] x, float[] dy, float[] dkernel) {
        sums(x, dy, null, dkernel);
    }

    @Override
    public void gradients(float[] x, float[] dy, float[] kernel, float[] dx, float[] dkernel) {
        spectrum.transform(kernel, true);
        sums(x, dy, dx, dkernel);
    }

    private void sums(float[] x, float[] dy, float @Nullable [] dx, float[] dkernel) {
        int blocks = backward.blocks();
        int ranges = kernelSum.ranges();
        team.run(ranges, range -> {
            kernelSum.clear(range);
            var s = backwardBlocks.take();
            for (int block = range * blocks / ranges; block < (range + 1) * blocks / ranges; block++) {
                backward(block, x, dy, dx, range, s);
            }
            backwardBlocks.giveBack(s);
        });
        kernelSum.write(dkernel);
    }

    /// One block of both gradients; without `x` no kernel gradient, without `dx` no input gradient.
    private void backward(int block, float @Nullable [] x, float[] dy, float @Nullable [] dx, int range, Block s) {
        int pairs = backward.blockPairs();
        int live = live(backward, block);
        rowsIn(backward, block, dy, g.outputs(), outputs, false, s, s.rows);
        if (x != null) rowsIn(backward, block, x, g.inputs(), sources, true, s, s.otherRows);
        for (int u = 0; u <= width / 2; u++) {
            columnsIn(s, s.rows, u, outputs, pairs, live, s.y);
            if (x != null) {
                columnsIn(s, s.otherRows, u, sources, pairs, live, s.x);
                kernelSum.add(range, u, slices(u, live), stride(u, live), s.x, sources, s.y);
            }
            if (dx != null) {
                multiply(u, live, g.outputs(), outputs, inputs, s.y, s.x);
                columnsOut(s, s.x, s.otherRows, u, inputs, pairs, live);
            }
        }
        if (dx != null) rowsOut(backward, block, s, s.otherRows, dx, g.inputs(), zeros, Finish.LINEAR);
    }

    /// Pairs of a block that are computed: those in it, and empty ones until they fill whole vectors.
    private int live(Tiling t, int block) {
        int fill = Layout.HERE.toFill(sources);
        return Math.ceilDiv(t.pairsIn(block), fill) * fill;
    }

    private boolean isOwnNegative(int u) {
        return u == (width - u) % width;
    }

    /// Slices of a spectrum at horizontal frequency u: those of −u follow those of u.
    private int slices(int u, int live) {
        return isOwnNegative(u) ? live : 2 * live;
    }

    /// Slices from one vertical frequency to the next: whole rows of the products.
    private int stride(int u, int live) {
        return Math.ceilDiv(slices(u, live), SpectralProducts.ROWS) * SpectralProducts.ROWS;
    }

    /// Products at all vertical frequencies of horizontal frequency u and −u.
    private void multiply(int u, int live, int inner, int from, int to, Complex x, Complex y) {
        int rows = stride(u, live);
        var w = spectrum.values();
        for (int v = 0; v < height; v++) {
            SpectralProducts.multiply(rows, inner, to, x.re(), x.im(), v * rows * from, from, w.re(), w.im(),
                    (u * height + v) * inner * to, y.re(), y.im(), v * rows * to);
        }
    }

    /// Row spectra of a block of windows, or of the tiles themselves (`results`) for the kernel's gradient; of several pairs
    /// at a time where their channels are few.
    ///
    /// @param padded channels of a pixel in the block
    private void rowsIn(Tiling t, int block, float[] picture, int channels, int padded, boolean results, Block s,
            Complex rows) {
        int pairs = t.blockPairs();
        int live = live(t, block);
        int group = group(padded);
        for (int r = 0; r < height; r++) {
            for (int p = 0; p < live; p += group) {
                rowIn(t, picture, channels, padded, results, 2 * (block * pairs + p), Math.min(group, live - p), r, s,
                        rows, (r * pairs + p) * padded);
            }
        }
    }

    private static int group(int padded) {
        return Math.max(1, CHUNK / padded);
    }

    /// The number of the first pixel of the picture's row at place r of a tile's window, −1 outside the picture.
    private static int rowStart(Tiling t, int tile, int r, boolean results) {
        int cell = results ? t.y().resultCell(t.tileY(tile), r) : t.y().windowCell(t.tileY(tile), r);
        int extentY = results ? t.y().results() : t.y().source();
        int extentX = results ? t.x().results() : t.x().source();
        return cell < 0 ? -1 : (t.picture(tile) * extentY + cell) * extentX;
    }

    private void rowIn(Tiling t, float[] picture, int channels, int padded, boolean results, int first, int count,
            int r, Block s, Complex rows, int to) {
        int stride = count * padded;
        boolean empty = true;
        for (int p = 0; p < count; p++) {
            empty &= load(t, picture, channels, results, first + 2 * p, r, s.line.re(), p * padded, stride)
                    & load(t, picture, channels, results, first + 2 * p + 1, r, s.line.im(), p * padded, stride);
        }
        if (empty) {
            Lines.clear(rows.re(), to, s.plane, width, stride);
            Lines.clear(rows.im(), to, s.plane, width, stride);
            return;
        }
        for (int c = 0; c < stride; c += CHUNK) {
            fourierX.transform(s.line.re(), c, s.line.im(), c, stride, rows.re(), rows.im(), to + c, s.plane,
                    Math.min(CHUNK, stride - c), s.middle.re(), s.middle.im());
        }
    }

    /// Loads the row at place r of a tile's window.
    ///
    /// @return whether it lies outside the picture and is all zeros
    private boolean load(Tiling t, float[] picture, int channels, boolean results, int tile, int r, float[] line,
            int out, int stride) {
        int start = tile < t.tiles() ? rowStart(t, tile, r, results) : -1;
        if (start < 0) {
            Lines.clear(line, out, stride, width, channels);
            return true;
        }
        var x = t.x();
        int tileX = t.tileX(tile);
        int first = results ? tileX * x.step() : x.firstSource(tileX);
        int count = results ? x.countResults(tileX) : x.countSource(tileX);
        int place = results ? x.shift() : x.placeSource(tileX);
        Lines.load(picture, (start + first) * channels, count, channels, line, out, stride, place % width, width);
        return false;
    }

    /// Spectra X(u, v) of the live pairs and behind them s(X(−u, −v)) = i · conj(X(−u, −v)), which is the transform of the
    /// exchanged parts.
    private void columnsIn(Block s, Complex rows, int u, int channels, int pairs, int live, Complex to) {
        int stride = pairs * channels;
        int outStride = stride(u, live) * channels;
        int behind = isOwnNegative(u) ? -1 : (width - u) * s.plane;
        for (int c = 0; c < live * channels; c += CHUNK) {
            int count = Math.min(CHUNK, live * channels - c);
            fourierY.transform(rows.re(), u * s.plane + c, rows.im(), u * s.plane + c, stride, to.re(), to.im(), c,
                    outStride, count, s.middle.re(), s.middle.im());
            if (behind < 0) continue;
            fourierY.transform(rows.im(), behind + c, rows.re(), behind + c, stride, to.re(), to.im(),
                    live * channels + c, outStride, count, s.middle.re(), s.middle.im());
        }
    }

    /// The way back of [#columnsIn]. The inverse of s(Y(−u, −v)) over v is s of the inverse of Y(−u, v).
    private void columnsOut(Block s, Complex from, Complex rows, int u, int channels, int pairs, int live) {
        int stride = stride(u, live) * channels;
        int outStride = pairs * channels;
        int behind = isOwnNegative(u) ? -1 : (width - u) * s.plane;
        for (int c = 0; c < live * channels; c += CHUNK) {
            int count = Math.min(CHUNK, live * channels - c);
            fourierY.transform(from.im(), c, from.re(), c, stride, rows.im(), rows.re(), u * s.plane + c, outStride,
                    count, s.middle.im(), s.middle.re());
            if (behind < 0) continue;
            int at = live * channels + c;
            fourierY.transform(from.im(), at, from.re(), at, stride, rows.re(), rows.im(), behind + c, outStride, count,
                    s.middle.im(), s.middle.re());
        }
    }

    private void rowsOut(Tiling t, int block, Block s, Complex rows, float[] picture, int channels, float[] bias,
            Finish finish) {
        int pairs = t.blockPairs();
        int live = t.pairsIn(block);
        int group = group(Layout.HERE.padded(channels));
        for (int i = 0; i < t.y().step(); i++) {
            for (int p = 0; p < live; p += group) {
                int from = ((i + t.y().shift()) % height * pairs + p) * Layout.HERE.padded(channels);
                rowOut(t, picture, channels, 2 * (block * pairs + p), Math.min(group, live - p), i, s, rows, from, bias,
                        finish);
            }
        }
    }

    private void rowOut(Tiling t, float[] picture, int channels, int first, int count, int row, Block s, Complex rows,
            int from, float[] bias, Finish finish) {
        int padded = Layout.HERE.padded(channels);
        int stride = count * padded;
        for (int c = 0; c < stride; c += CHUNK) {
            fourierX.transform(rows.im(), from + c, rows.re(), from + c, s.plane, s.line.im(), s.line.re(), c, stride,
                    Math.min(CHUNK, stride - c), s.middle.im(), s.middle.re());
        }
        for (int p = 0; p < count; p++) {
            store(t, first + 2 * p, row, s.line.re(), p * padded, stride, picture, channels, bias, finish);
            store(t, first + 2 * p + 1, row, s.line.im(), p * padded, stride, picture, channels, bias, finish);
        }
    }

    private void store(Tiling t, int tile, int row, float[] line, int in, int stride, float[] picture, int channels,
            float[] bias, Finish finish) {
        if (tile >= t.tiles() || row >= t.y().countResults(t.tileY(tile))) return;
        var x = t.x();
        int y = t.tileY(tile) * t.y().step() + row;
        int first = (t.picture(tile) * t.y().results() + y) * x.results() + t.tileX(tile) * x.step();
        Lines.store(line, in, stride, x.shift() % width, width, picture, first * channels,
                x.countResults(t.tileX(tile)), channels, bias, finish);
    }
}
