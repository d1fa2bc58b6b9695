package narwhal.engine.cpu;

import java.util.Arrays;
import narwhal.engine.Interpolation;
import narwhal.engine.Shape;

/// Pictures of another size, one picture after the other. Source of the sampling: TensorFlow's `ResizeBilinear` and
/// `ResizeNearestNeighbor` with half-pixel centres, which Keras calls.
final class Resizing {
    private final int channels;
    private final int height;
    private final int width;
    private final Axis rows;
    private final Axis columns;

    /// Two input places and the weight of the second, for each output place.
    @SuppressWarnings("ArrayRecordComponent")
    private record Axis(int[] lower, int[] upper, float[] weight) {
        static Axis of(int n, int m, Interpolation interpolation) {
            var axis = new Axis(new int[m], new int[m], new float[m]);
            float scale = (float) n / m;
            for (int i = 0; i < m; i++) {
                float centre = (i + 0.5f) * scale;
                if (interpolation == Interpolation.NEAREST) {
                    axis.lower[i] = Math.min((int) Math.floor(centre), n - 1);
                    axis.upper[i] = axis.lower[i];
                } else {
                    int floor = (int) Math.floor(centre - 0.5f);
                    axis.lower[i] = Math.max(floor, 0);
                    axis.upper[i] = Math.min(floor + 1, n - 1);
                    axis.weight[i] = centre - 0.5f - floor;
                }
            }
            return axis;
        }

        int outputs() {
            return lower.length;
        }
    }

    Resizing(Shape input, int height, int width, Interpolation interpolation) {
        this.height = input.dim(1);
        this.width = input.dim(2);
        this.channels = input.last();
        rows = Axis.of(this.height, height, interpolation);
        columns = Axis.of(this.width, width, interpolation);
    }

    private int input(int b, int i, int j) {
        return ((b * height + i) * width + j) * channels;
    }

    private int output(int b, int i, int j) {
        return ((b * rows.outputs() + i) * columns.outputs() + j) * channels;
    }

    void forward(float[] x, int b, float[] y) {
        for (int i = 0; i < rows.outputs(); i++) {
            for (int j = 0; j < columns.outputs(); j++) {
                mix(x, input(b, rows.lower[i], columns.lower[j]), input(b, rows.lower[i], columns.upper[j]),
                        input(b, rows.upper[i], columns.lower[j]), input(b, rows.upper[i], columns.upper[j]),
                        columns.weight[j], rows.weight[i], y, output(b, i, j));
            }
        }
    }

    private void mix(float[] x, int topLeft, int topRight, int bottomLeft, int bottomRight, float right, float down,
            float[] y, int at) {
        for (int c = 0; c < channels; c++) {
            float top = x[topLeft + c] + (x[topRight + c] - x[topLeft + c]) * right;
            float bottom = x[bottomLeft + c] + (x[bottomRight + c] - x[bottomLeft + c]) * right;
            y[at + c] = top + (bottom - top) * down;
        }
    }

    void backward(float[] dy, int b, float[] dx) {
        Arrays.fill(dx, input(b, 0, 0), input(b + 1, 0, 0), 0);
        for (int i = 0; i < rows.outputs(); i++) {
            for (int j = 0; j < columns.outputs(); j++) {
                int at = output(b, i, j);
                float down = rows.weight[i];
                float right = columns.weight[j];
                share(dy, at, (1 - down) * (1 - right), dx, input(b, rows.lower[i], columns.lower[j]));
                if (right != 0) share(dy, at, (1 - down) * right, dx, input(b, rows.lower[i], columns.upper[j]));
                if (down != 0) share(dy, at, down * (1 - right), dx, input(b, rows.upper[i], columns.lower[j]));
                if (down != 0 && right != 0) {
                    share(dy, at, down * right, dx, input(b, rows.upper[i], columns.upper[j]));
                }
            }
        }
    }

    private void share(float[] dy, int at, float weight, float[] dx, int to) {
        for (int c = 0; c < channels; c++) dx[to + c] += dy[at + c] * weight;
    }
}
