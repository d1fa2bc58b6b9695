package narwhal.engine.cpu;

import java.util.Arrays;

/// [Pooling], one window after the other: the definition.
class ScalarPooling implements Pooling {
    @Override
    public void max(Plane plane, float[] x, int xAt, float[] y, int yAt) {
        forEachWindow(plane, (top, bottom, left, right, output) -> {
            for (int c = 0; c < plane.channels(); c++) {
                float largest = Float.NEGATIVE_INFINITY;
                for (int i = top; i < bottom; i++) {
                    for (int j = left; j < right; j++) {
                        largest = Math.max(largest, x[xAt + (i * plane.width() + j) * plane.channels() + c]);
                    }
                }
                y[yAt + output + c] = largest;
            }
        });
    }

    @Override
    public void maxGradient(Plane plane, float[] x, int xAt, float[] y, float[] dy, int yAt, float[] dx) {
        Arrays.fill(dx, xAt, xAt + plane.inputSize(), 0);
        forEachWindow(plane, (top, bottom, left, right, output) -> {
            for (int c = 0; c < plane.channels(); c++) {
                int first = first(plane, x, xAt + c, top, bottom, left, right, y[yAt + output + c]);
                if (first >= 0) dx[first] += dy[yAt + output + c];
            }
        });
    }

    /// The first element equal to `value` in row-major order, −1 where there is none (not a number).
    private static int first(Plane plane, float[] x, int at, int top, int bottom, int left, int right, float value) {
        for (int i = top; i < bottom; i++) {
            for (int j = left; j < right; j++) {
                int place = at + (i * plane.width() + j) * plane.channels();
                if (x[place] == value) return place;
            }
        }
        return -1;
    }

    @Override
    public void average(Plane plane, float[] x, int xAt, float[] y, int yAt) {
        forEachWindow(plane, (top, bottom, left, right, output) -> {
            for (int c = 0; c < plane.channels(); c++) {
                float sum = 0;
                for (int i = top; i < bottom; i++) {
                    for (int j = left; j < right; j++) sum += x[xAt + (i * plane.width() + j) * plane.channels() + c];
                }
                y[yAt + output + c] = sum / ((bottom - top) * (right - left));
            }
        });
    }

    @Override
    public void averageGradient(Plane plane, float[] dy, int yAt, float[] dx, int xAt) {
        Arrays.fill(dx, xAt, xAt + plane.inputSize(), 0);
        forEachWindow(plane, (top, bottom, left, right, output) -> {
            for (int c = 0; c < plane.channels(); c++) {
                float share = dy[yAt + output + c] / ((bottom - top) * (right - left));
                for (int i = top; i < bottom; i++) {
                    for (int j = left; j < right; j++)
                        dx[xAt + (i * plane.width() + j) * plane.channels() + c] += share;
                }
            }
        });
    }

    /// Calls `visit` with the part of each window that lies in the picture, in row-major order of the outputs.
    static void forEachWindow(Plane plane, WindowVisitor visit) {
        var window = plane.window();
        int rows = plane.rows();
        int columns = plane.columns();
        for (int i = 0; i < rows; i++) {
            int top = plane.top(i);
            for (int j = 0; j < columns; j++) {
                int left = plane.left(j);
                visit.visit(Math.max(top, 0), Math.min(top + window.height(), plane.height()), Math.max(left, 0),
                        Math.min(left + window.width(), plane.width()), (i * columns + j) * plane.channels());
            }
        }
    }

    /// Input rows `top` … `bottom` − 1, columns `left` … `right` − 1, and the place of the output's first channel.
    interface WindowVisitor {
        void visit(int top, int bottom, int left, int right, int output);
    }
}
