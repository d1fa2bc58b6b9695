package narwhal.engine.cpu;

import narwhal.engine.Shape;
import narwhal.engine.Window;
import org.jspecify.annotations.Nullable;

/// Products and convolutions by their definition, until the fast ones are here.
final class InterimProducts {
    private InterimProducts() {
    }

    static void multiply(float[] a, boolean transposeA, float[] b, boolean transposeB, float[] y, int rows, int inner,
            int columns, Workers workers) {
        workers.run(rows, i -> {
            for (int j = 0; j < columns; j++) {
                float sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(a[transposeA ? k * rows + i : i * inner + k],
                            b[transposeB ? j * inner + k : k * columns + j], sum);
                }
                y[i * columns + j] = sum;
            }
        });
    }

    static void forward(float[] x, Shape xs, float[] k, Shape ks, float @Nullable [] bias, Window w, float[] y,
            Shape ys,
            Workers workers) {
        workers.run(ys.dim(0) * ys.dim(1), piece -> {
            int b = piece / ys.dim(1);
            int i = piece % ys.dim(1);
            for (int j = 0; j < ys.dim(2); j++) {
                for (int o = 0; o < ys.dim(3); o++) {
                    float sum = bias == null ? 0 : bias[o];
                    for (int p = 0; p < ks.dim(0); p++) {
                        int r = i * w.strideY() + p * w.dilationY() - w.top(xs.dim(1));
                        if (r < 0 || r >= xs.dim(1)) continue;
                        for (int q = 0; q < ks.dim(1); q++) {
                            int s = j * w.strideX() + q * w.dilationX() - w.left(xs.dim(2));
                            if (s < 0 || s >= xs.dim(2)) continue;
                            for (int c = 0; c < ks.dim(2); c++) {
                                sum = Math.fma(x[((b * xs.dim(1) + r) * xs.dim(2) + s) * xs.dim(3) + c],
                                        k[((p * ks.dim(1) + q) * ks.dim(2) + c) * ks.dim(3) + o], sum);
                            }
                        }
                    }
                    y[(piece * ys.dim(2) + j) * ys.dim(3) + o] = sum;
                }
            }
        });
    }

    static void inputGradient(float[] dy, Shape ys, float[] k, Shape ks, Window w, float[] dx, Shape xs,
            Workers workers) {
        java.util.Arrays.fill(dx, 0, xs.size(), 0);
        workers.run(ys.dim(0), b -> each(ys, ks, xs, w, b, (x, kk, y) -> dx[x] = Math.fma(dy[y], k[kk], dx[x])));
    }

    static void kernelGradient(float[] x, Shape xs, float[] dy, Shape ys, Window w, float[] dk, Shape ks,
            Workers workers) {
        java.util.Arrays.fill(dk, 0, ks.size(), 0);
        for (int b = 0; b < ys.dim(0); b++)
            each(ys, ks, xs, w, b, (xx, kk, y) -> dk[kk] = Math.fma(dy[y], x[xx], dk[kk]));
    }

    private interface Term {
        void of(int x, int k, int y);
    }

    private static void each(Shape ys, Shape ks, Shape xs, Window w, int b, Term term) {
        for (int i = 0; i < ys.dim(1); i++) for (int j = 0; j < ys.dim(2); j++) for (int p = 0; p < ks.dim(0); p++) {
            int r = i * w.strideY() + p * w.dilationY() - w.top(xs.dim(1));
            if (r < 0 || r >= xs.dim(1)) continue;
            for (int q = 0; q < ks.dim(1); q++) {
                int s = j * w.strideX() + q * w.dilationX() - w.left(xs.dim(2));
                if (s < 0 || s >= xs.dim(2)) continue;
                for (int c = 0; c < ks.dim(2); c++) for (int o = 0; o < ks.dim(3); o++) {
                    term.of(((b * xs.dim(1) + r) * xs.dim(2) + s) * xs.dim(3) + c,
                            ((p * ks.dim(1) + q) * ks.dim(2) + c) * ks.dim(3) + o,
                            ((b * ys.dim(1) + i) * ys.dim(2) + j) * ys.dim(3) + o);
                }
            }
        }
    }
}
