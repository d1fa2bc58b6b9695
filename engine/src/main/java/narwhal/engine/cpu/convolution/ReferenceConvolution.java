package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/// The definition of [Convolution], term by term in double precision on one thread. The other families are tested
/// against it.
public final class ReferenceConvolution implements Convolution {
    private final Geometry g;

    public ReferenceConvolution(Geometry geometry) {
        this.g = geometry;
    }

    /// A product of one input pixel, one tap and one output pixel.
    private interface Term {
        /// @param x first channel of the input pixel
        /// @param tap first weight of the tap
        /// @param y first channel of the output pixel
        void at(int x, int tap, int y);
    }

    @Override
    public void forward(float[] x, float[] kernel, float @Nullable [] bias, Finish finish, float[] y) {
        var sums = new double[g.outputSize()];
        forEachTerm((px, tap, py) -> {
            for (int c = 0; c < g.inputs(); c++) {
                double v = x[px + c];
                for (int o = 0; o < g.outputs(); o++) sums[py + o] += v * kernel[tap + c * g.outputs() + o];
            }
        });
        for (int p = 0; p < sums.length; p++) {
            double sum = bias == null ? sums[p] : sums[p] + bias[p % g.outputs()];
            y[p] = (float) (finish == Finish.RELU ? Math.max(sum, 0) : sum);
        }
    }

    @Override
    public void inputGradient(float[] dy, float[] kernel, float[] dx) {
        var sums = new double[g.inputSize()];
        forEachTerm((px, tap, py) -> {
            for (int c = 0; c < g.inputs(); c++) {
                double sum = 0;
                for (int o = 0; o < g.outputs(); o++) sum += (double) dy[py + o] * kernel[tap + c * g.outputs() + o];
                sums[px + c] += sum;
            }
        });
        narrow(sums, dx);
    }

    @Override
    public void kernelGradient(float[] x, float[] dy, float[] dkernel) {
        var sums = new double[g.kernelSize()];
        forEachTerm((px, tap, py) -> {
            for (int c = 0; c < g.inputs(); c++) {
                double v = x[px + c];
                for (int o = 0; o < g.outputs(); o++) sums[tap + c * g.outputs() + o] += v * dy[py + o];
            }
        });
        narrow(sums, dkernel);
    }

    private static void narrow(double[] from, float[] to) {
        Arrays.setAll(from, i -> to[i] = (float) from[i]);
    }

    private void forEachTerm(Term term) {
        for (int b = 0; b < g.batch(); b++) {
            for (int i = 0; i < g.outputHeight(); i++) {
                for (int j = 0; j < g.outputWidth(); j++) {
                    int y = ((b * g.outputHeight() + i) * g.outputWidth() + j) * g.outputs();
                    forEachTap(term, b, i * g.strideY() - g.top(), j * g.strideX() - g.left(), y);
                }
            }
        }
    }

    private void forEachTap(Term term, int b, int top, int left, int y) {
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                int row = top + ky * g.dilationY();
                int column = left + kx * g.dilationX();
                if (row < 0 || row >= g.height() || column < 0 || column >= g.width()) continue;
                int x = ((b * g.height() + row) * g.width() + column) * g.inputs();
                term.at(x, (ky * g.kernelWidth() + kx) * g.inputs() * g.outputs(), y);
            }
        }
    }
}
