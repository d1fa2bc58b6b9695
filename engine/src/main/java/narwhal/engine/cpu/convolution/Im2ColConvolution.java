package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import narwhal.engine.cpu.MatrixProduct;
import narwhal.engine.cpu.MatrixProduct.Matrix;
import narwhal.engine.cpu.Scratch;
import narwhal.engine.cpu.Sums;
import narwhal.engine.cpu.Team;
import org.jspecify.annotations.Nullable;

/// Convolution as a matrix product: strided, dilated, small and 1×1 ones.
///
/// The window under each output pixel is laid out as a row of a matrix (im2col: K. Chellapilla, S. Puri, P. Simard, "High
/// Performance Convolutional Neural Networks for Document Processing", 2006), a few dozen rows at a time so that they stay
/// in the cache:
///
///     y = X · K          X: pixels × (taps · inputs), K: (taps · inputs) × outputs
///     dX = dy · Kᵀ       each row added back to the window it stands for
///     dK = Xᵀ · dy       one partial sum per fixed range of pixels, added in order of the ranges
///
/// For a 1×1 kernel with stride 1 the picture is X.
public final class Im2ColConvolution implements Convolution {
    /// Floats of X at a time; 384 KiB.
    private static final int BLOCK = 96 << 10;
    /// Kernel gradients are summed over this many ranges of pixels at most.
    private static final int RANGES = 16;

    private final Geometry g;
    private final Team team;
    private final MatrixProduct product;
    /// Columns of X.
    private final int depth;
    private final boolean plain;
    private final int blockPixels;
    private final Scratch<float[]> blocks;
    /// Kᵀ.
    private float[] turned = {};
    private float[] partial = {};

    public Im2ColConvolution(Geometry geometry, Team team) {
        this.g = geometry;
        this.team = team;
        this.product = new MatrixProduct(team);
        depth = g.kernelHeight() * g.kernelWidth() * g.inputs();
        plain = g.kernelHeight() * g.kernelWidth() == 1 && g.strideY() == 1 && g.strideX() == 1
                && g.outputHeight() == g.height() && g.outputWidth() == g.width();
        // At least 16 blocks if there are that many pixels, to share the work; at least 12 pixels, to share the kernel.
        int pixels = pixels();
        blockPixels = Math.max(Math.min(12, pixels), Math.min(BLOCK / depth, Math.ceilDiv(pixels, 16)));
        blocks = new Scratch<>(() -> new float[plain ? 0 : blockPixels * depth]);
    }

    private int pixels() {
        return g.batch() * g.outputHeight() * g.outputWidth();
    }

    @Override
    public void forward(float[] x, float[] kernel, float @Nullable [] bias, Finish finish, float[] y) {
        var k = Matrix.rows(kernel, 0, g.outputs());
        team.run(Math.ceilDiv(pixels(), blockPixels), piece -> {
            int first = piece * blockPixels;
            int count = Math.min(blockPixels, pixels() - first);
            var block = blocks.take();
            product.multiplyHere(count, g.outputs(), depth, gather(x, first, count, block), k,
                    Matrix.rows(y, first * g.outputs(), g.outputs()), bias);
            blocks.giveBack(block);
            if (finish == Finish.RELU) relu(y, first * g.outputs(), (first + count) * g.outputs());
        });
    }

    private static void relu(float[] y, int from, int end) {
        for (int i = from; i < end; i++) y[i] = Math.max(y[i], 0);
    }

    @Override
    public void inputGradient(float[] dy, float[] kernel, float[] dx) {
        if (turned.length == 0) turned = new float[g.kernelSize()];
        var to = turned;
        // Kᵀ is read by every piece of work, so it is laid out once.
        team.run(g.outputs(), o -> {
            for (int d = 0; d < depth; d++) to[o * depth + d] = kernel[d * g.outputs() + o];
        });
        var transposed = Matrix.rows(to, 0, depth);
        if (plain) {
            product.multiply(pixels(), depth, g.outputs(), Matrix.rows(dy, 0, g.outputs()), transposed,
                    Matrix.rows(dx, 0, depth));
            return;
        }
        // Windows overlap, so a picture is one piece.
        int picture = g.outputHeight() * g.outputWidth();
        int size = g.height() * g.width() * g.inputs();
        team.run(g.batch(), b -> {
            Arrays.fill(dx, b * size, (b + 1) * size, 0);
            var block = blocks.take();
            for (int first = 0; first < picture; first += blockPixels) {
                int count = Math.min(blockPixels, picture - first);
                int from = b * picture + first;
                product.multiplyHere(count, depth, g.outputs(), Matrix.rows(dy, from * g.outputs(), g.outputs()),
                        transposed, Matrix.rows(block, 0, depth), false);
                scatter(block, from, count, dx);
            }
            blocks.giveBack(block);
        });
    }

    @Override
    public void kernelGradient(float[] x, float[] dy, float[] dkernel) {
        int wanted = Math.ceilDiv(Math.ceilDiv(pixels(), RANGES), blockPixels) * blockPixels;
        int ranges = Math.ceilDiv(pixels(), wanted);
        int size = depth * g.outputs();
        if (partial.length < ranges * size) partial = new float[ranges * size];
        var sums = partial;
        team.run(ranges, range -> {
            var block = blocks.take();
            int end = Math.min((range + 1) * wanted, pixels());
            for (int first = range * wanted; first < end; first += blockPixels) {
                int count = Math.min(blockPixels, end - first);
                product.multiplyHere(depth, g.outputs(), count, gather(x, first, count, block).transposed(),
                        Matrix.rows(dy, first * g.outputs(), g.outputs()),
                        Matrix.rows(sums, range * size, g.outputs()), first > range * wanted);
            }
            blocks.giveBack(block);
        });
        team.run(Math.ceilDiv(size, 1024), piece -> {
            int at = piece * 1024;
            int count = Math.min(1024, size - at);
            for (int range = 1; range < ranges; range++) Sums.add(sums, range * size + at, sums, at, count);
        });
        System.arraycopy(sums, 0, dkernel, 0, size);
    }

    /// Rows of X for `count` output pixels, laid out in `block` unless x itself will do.
    private Matrix gather(float[] x, int first, int count, float[] block) {
        if (plain) return Matrix.rows(x, first * depth, depth);
        for (int p = 0; p < count; p++) {
            int pixel = first + p;
            int j = pixel % g.outputWidth();
            int i = pixel / g.outputWidth() % g.outputHeight();
            int b = pixel / (g.outputWidth() * g.outputHeight());
            gatherRow(x, b, i, j, block, p * depth);
        }
        return Matrix.rows(block, 0, depth);
    }

    private void gatherRow(float[] x, int b, int i, int j, float[] block, int to) {
        int left = j * g.strideX() - g.left();
        int line = g.kernelWidth() * g.inputs();
        for (int ky = 0; ky < g.kernelHeight(); ky++, to += line) {
            int row = i * g.strideY() + ky * g.dilationY() - g.top();
            if (row < 0 || row >= g.height()) {
                Arrays.fill(block, to, to + line, 0);
                continue;
            }
            int from = (b * g.height() + row) * g.width();
            if (g.dilationX() == 1) gatherRun(x, from, left, block, to);
            else
                gatherTaps(x, from, left, block, to);
        }
    }

    /// Taps that are neighbours in the picture: one copy with zeros on both sides.
    private void gatherRun(float[] x, int from, int left, float[] block, int to) {
        int before = Math.clamp(-left, 0, g.kernelWidth());
        int after = Math.clamp(left + g.kernelWidth() - g.width(), 0, g.kernelWidth() - before);
        int c = g.inputs();
        int inside = (g.kernelWidth() - before - after) * c;
        Arrays.fill(block, to, to + before * c, 0);
        System.arraycopy(x, inside == 0 ? 0 : (from + left + before) * c, block, to + before * c, inside);
        Arrays.fill(block, to + before * c + inside, to + g.kernelWidth() * c, 0);
    }

    private void gatherTaps(float[] x, int from, int left, float[] block, int to) {
        int c = g.inputs();
        for (int k = 0; k < g.kernelWidth(); k++, to += c) {
            int column = left + k * g.dilationX();
            if (column < 0 || column >= g.width()) Arrays.fill(block, to, to + c, 0);
            else
                System.arraycopy(x, (from + column) * c, block, to, c);
        }
    }

    private void scatter(float[] block, int first, int count, float[] dx) {
        for (int p = 0; p < count; p++) {
            int pixel = first + p;
            int j = pixel % g.outputWidth();
            int i = pixel / g.outputWidth() % g.outputHeight();
            int b = pixel / (g.outputWidth() * g.outputHeight());
            scatterRow(block, p * depth, b, i, j, dx);
        }
    }

    private void scatterRow(float[] block, int from, int b, int i, int j, float[] dx) {
        int c = g.inputs();
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int row = i * g.strideY() + ky * g.dilationY() - g.top();
            for (int kx = 0; kx < g.kernelWidth(); kx++, from += c) {
                int column = j * g.strideX() + kx * g.dilationX() - g.left();
                if (row < 0 || row >= g.height() || column < 0 || column >= g.width()) continue;
                Sums.add(block, from, dx, ((b * g.height() + row) * g.width() + column) * c, c);
            }
        }
    }
}
