package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import narwhal.engine.cpu.Team;

/// Convolution in which every channel has kernels of its own. Pictures are NHWC, kernels height × width × channels ×
/// multiplier; output channel `c·multiplier + q` is channel `c` under kernel `q`. The geometry's outputs are the channels
/// times the multiplier.
///
/// This class is the definition, term by term in a fixed order with one fma a term: a row of an output picture, a row of an
/// input picture or a whole picture is one piece of work. [VectorDepthwise] does the same for several channels at once.
public class DepthwiseConvolution {
    private final Team team;

    public DepthwiseConvolution(Team team) {
        this.team = team;
    }

    /// y = x ∗ kernel.
    public final void forward(Geometry g, float[] x, float[] kernel, float[] y) {
        team.run(g.batch() * g.outputHeight(), row -> {
            int size = g.outputWidth() * g.outputs();
            Arrays.fill(y, row * size, (row + 1) * size, 0);
            forwardRow(g, x, kernel, y, row / g.outputHeight(), row % g.outputHeight());
        });
    }

    /// dx: the gradient of Σ dy · y with respect to x.
    public final void inputGradient(Geometry g, float[] dy, float[] kernel, float[] dx) {
        team.run(g.batch() * g.height(), row -> {
            int size = g.width() * g.inputs();
            Arrays.fill(dx, row * size, (row + 1) * size, 0);
            inputGradientRow(g, dy, kernel, dx, row / g.height(), row % g.height());
        });
    }

    /// dkernel: the gradient of Σ dy · y with respect to the kernel. Each row of a picture is summed on its own, then the
    /// rows of a picture, then the pictures in double precision.
    ///
    /// @param sums scratch memory of batch × kernel
    public final void kernelGradient(Geometry g, float[] x, float[] dy, float[] sums, float[] dkernel) {
        int size = g.kernelHeight() * g.kernelWidth() * g.outputs();
        team.run(g.batch(), b -> {
            Arrays.fill(sums, b * size, (b + 1) * size, 0);
            for (int i = 0; i < g.outputHeight(); i++) kernelGradientRow(g, x, dy, sums, b * size, b, i);
        });
        for (int k = 0; k < size; k++) {
            double sum = 0;
            for (int b = 0; b < g.batch(); b++) sum += sums[b * size + k];
            dkernel[k] = (float) sum;
        }
    }

    /// Adds to output row `i` of picture `b`, taps in row-major order.
    void forwardRow(Geometry g, float[] x, float[] kernel, float[] y, int b, int i) {
        int multiplier = multiplier(g);
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int row = i * g.strideY() + ky * g.dilationY() - g.top();
            if (row < 0 || row >= g.height()) continue;
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                for (int j = firstColumn(g, kx); j < endColumn(g, kx); j++) {
                    int from = inputAt(g, b, row, column(g, kx, j));
                    int to = outputAt(g, b, i, j);
                    int tap = tapAt(g, ky, kx);
                    for (int o = 0; o < g.outputs(); o++) {
                        y[to + o] = Math.fma(x[from + o / multiplier], kernel[tap + o], y[to + o]);
                    }
                }
            }
        }
    }

    /// Adds to input row `row` of picture `b`, taps in row-major order.
    void inputGradientRow(Geometry g, float[] dy, float[] kernel, float[] dx, int b, int row) {
        int multiplier = multiplier(g);
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int i = outputRow(g, ky, row);
            if (i < 0) continue;
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                for (int j = firstColumn(g, kx); j < endColumn(g, kx); j++) {
                    int to = inputAt(g, b, row, column(g, kx, j));
                    int from = outputAt(g, b, i, j);
                    int tap = tapAt(g, ky, kx);
                    for (int o = 0; o < g.outputs(); o++) {
                        dx[to + o / multiplier] = Math.fma(dy[from + o], kernel[tap + o], dx[to + o / multiplier]);
                    }
                }
            }
        }
    }

    /// Adds what output row `i` of picture `b` gives to each tap at `sums[at]` and on.
    void kernelGradientRow(Geometry g, float[] x, float[] dy, float[] sums, int at, int b, int i) {
        int multiplier = multiplier(g);
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int row = i * g.strideY() + ky * g.dilationY() - g.top();
            if (row < 0 || row >= g.height()) continue;
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                for (int o = 0; o < g.outputs(); o++) {
                    float sum = 0;
                    for (int j = firstColumn(g, kx); j < endColumn(g, kx); j++) {
                        sum = Math.fma(x[inputAt(g, b, row, column(g, kx, j)) + o / multiplier],
                                dy[outputAt(g, b, i, j) + o], sum);
                    }
                    sums[at + tapAt(g, ky, kx) + o] += sum;
                }
            }
        }
    }

    static int multiplier(Geometry g) {
        return g.outputs() / g.inputs();
    }

    static int inputAt(Geometry g, int b, int row, int column) {
        return ((b * g.height() + row) * g.width() + column) * g.inputs();
    }

    static int outputAt(Geometry g, int b, int i, int j) {
        return ((b * g.outputHeight() + i) * g.outputWidth() + j) * g.outputs();
    }

    static int tapAt(Geometry g, int ky, int kx) {
        return (ky * g.kernelWidth() + kx) * g.outputs();
    }

    /// Input column that tap `kx` of output column `j` sees.
    static int column(Geometry g, int kx, int j) {
        return j * g.strideX() + kx * g.dilationX() - g.left();
    }

    /// First output column whose tap `kx` lies in the picture.
    static int firstColumn(Geometry g, int kx) {
        return Math.max(0, Math.ceilDiv(g.left() - kx * g.dilationX(), g.strideX()));
    }

    /// End of the output columns whose tap `kx` lies in the picture.
    static int endColumn(Geometry g, int kx) {
        return Math.min(g.outputWidth(),
                Math.floorDiv(g.width() - 1 + g.left() - kx * g.dilationX(), g.strideX()) + 1);
    }

    /// Output row whose tap `ky` sees input row `row`, −1 where there is none.
    static int outputRow(Geometry g, int ky, int row) {
        int i = row + g.top() - ky * g.dilationY();
        if (i < 0 || i % g.strideY() != 0) return -1;
        return i / g.strideY() < g.outputHeight() ? i / g.strideY() : -1;
    }
}
