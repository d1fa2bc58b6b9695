package narwhal.engine.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import narwhal.engine.cpu.Team;

/// [DepthwiseConvolution] with the Vector API where lanes are channels: the sums of a pixel stay in registers while the taps
/// go by. Several multipliers, and channels that do not fill the vectors, are left to the definition.
public final class VectorDepthwise extends DepthwiseConvolution {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();
    /// Results that are computed side by side.
    private static final int TOGETHER = 4;

    public VectorDepthwise(Team team) {
        super(team);
    }

    private static boolean fits(Geometry g) {
        return g.inputs() == g.outputs() && g.inputs() % LANES == 0;
    }

    @Override
    void forwardRow(Geometry g, float[] x, float[] kernel, float[] y, int b, int i) {
        if (!fits(g)) {
            super.forwardRow(g, x, kernel, y, b, i);
            return;
        }
        int top = i * g.strideY() - g.top();
        int firstY = Math.max(0, Math.ceilDiv(-top, g.dilationY()));
        int endY = Math.min(g.kernelHeight(), Math.floorDiv(g.height() - 1 - top, g.dilationY()) + 1);
        int j = 0;
        while (j < g.outputWidth()) {
            int left = j * g.strideX() - g.left();
            int firstX = Math.max(0, Math.ceilDiv(-left, g.dilationX()));
            int endX = Math.min(g.kernelWidth(), Math.floorDiv(g.width() - 1 - left, g.dilationX()) + 1);
            int reach = left + (TOGETHER - 1) * g.strideX() + (g.kernelWidth() - 1) * g.dilationX();
            if (firstX == 0 && reach < g.width()) {
                for (int c = 0; c < g.inputs(); c += LANES) {
                    together(g, x, inputAt(g, b, top, left) + c, kernel, c, firstY, endY, y, outputAt(g, b, i, j) + c);
                }
                j += TOGETHER;
                continue;
            }
            for (int c = 0; c < g.inputs(); c += LANES) {
                var sum = FloatVector.zero(F);
                for (int ky = firstY; ky < endY; ky++) {
                    int row = inputAt(g, b, top + ky * g.dilationY(), left) + c;
                    for (int kx = firstX; kx < endX; kx++) {
                        sum = FloatVector.fromArray(F, x, row + kx * g.dilationX() * g.inputs())
                                .fma(FloatVector.fromArray(F, kernel, tapAt(g, ky, kx) + c), sum);
                    }
                }
                sum.intoArray(y, outputAt(g, b, i, j) + c);
            }
            j++;
        }
    }

    /// Four adjacent results whose taps all lie in the picture from side to side: four sums hide the latency of one.
    private static void together(Geometry g, float[] x, int from, float[] kernel, int c, int firstY, int endY,
            float[] y,
            int to) {
        int next = g.strideX() * g.inputs();
        var sum0 = FloatVector.zero(F);
        var sum1 = sum0;
        var sum2 = sum0;
        var sum3 = sum0;
        for (int ky = firstY; ky < endY; ky++) {
            int at = from + ky * g.dilationY() * g.width() * g.inputs();
            int tap = tapAt(g, ky, 0) + c;
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                var w = FloatVector.fromArray(F, kernel, tap);
                sum0 = FloatVector.fromArray(F, x, at).fma(w, sum0);
                sum1 = FloatVector.fromArray(F, x, at + next).fma(w, sum1);
                sum2 = FloatVector.fromArray(F, x, at + 2 * next).fma(w, sum2);
                sum3 = FloatVector.fromArray(F, x, at + 3 * next).fma(w, sum3);
                at += g.dilationX() * g.inputs();
                tap += g.outputs();
            }
        }
        sum0.intoArray(y, to);
        sum1.intoArray(y, to + g.outputs());
        sum2.intoArray(y, to + 2 * g.outputs());
        sum3.intoArray(y, to + 3 * g.outputs());
    }

    @Override
    void inputGradientRow(Geometry g, float[] dy, float[] kernel, float[] dx, int b, int row) {
        if (!fits(g)) {
            super.inputGradientRow(g, dy, kernel, dx, b, row);
            return;
        }
        for (int column = 0; column < g.width(); column++) {
            for (int c = 0; c < g.inputs(); c += LANES) {
                var sum = FloatVector.zero(F);
                for (int ky = 0; ky < g.kernelHeight(); ky++) {
                    int i = outputRow(g, ky, row);
                    if (i < 0) continue;
                    for (int kx = 0; kx < g.kernelWidth(); kx++) {
                        int j = column + g.left() - kx * g.dilationX();
                        if (j < 0 || j % g.strideX() != 0 || j / g.strideX() >= g.outputWidth()) continue;
                        sum = FloatVector.fromArray(F, dy, outputAt(g, b, i, j / g.strideX()) + c)
                                .fma(FloatVector.fromArray(F, kernel, tapAt(g, ky, kx) + c), sum);
                    }
                }
                sum.intoArray(dx, inputAt(g, b, row, column) + c);
            }
        }
    }

    @Override
    void kernelGradientRow(Geometry g, float[] x, float[] dy, float[] sums, int at, int b, int i) {
        if (!fits(g)) {
            super.kernelGradientRow(g, x, dy, sums, at, b, i);
            return;
        }
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            int row = i * g.strideY() + ky * g.dilationY() - g.top();
            if (row < 0 || row >= g.height()) continue;
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                int tap = at + tapAt(g, ky, kx);
                int first = firstColumn(g, kx);
                int count = endColumn(g, kx) - first;
                for (int c = 0; c < g.inputs(); c += LANES) {
                    var sum = FloatVector.zero(F);
                    int from = inputAt(g, b, row, column(g, kx, first)) + c;
                    int to = outputAt(g, b, i, first) + c;
                    for (int j = 0; j < count; j++) {
                        sum = FloatVector.fromArray(F, x, from + j * g.strideX() * g.inputs())
                                .fma(FloatVector.fromArray(F, dy, to + j * g.outputs()), sum);
                    }
                    FloatVector.fromArray(F, sums, tap + c).add(sum).intoArray(sums, tap + c);
                }
            }
        }
    }
}
