package narwhal.engine.cpu;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/// [Pooling] with the Vector API where lanes are channels: a window's cells are compared for several channels at once.
/// Pictures whose channels do not fill a vector are left to the scalar version.
final class VectorPooling extends ScalarPooling {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final int LANES = F.length();

    @Override
    public void max(Plane plane, float[] x, int xAt, float[] y, int yAt) {
        if (plane.channels() % LANES != 0) {
            super.max(plane, x, xAt, y, yAt);
            return;
        }
        int rowLength = plane.width() * plane.channels();
        forEachWindow(plane, (top, bottom, left, right, output) -> {
            for (int c = 0; c < plane.channels(); c += LANES) {
                int corner = xAt + top * rowLength + left * plane.channels() + c;
                largest(x, corner, bottom - top, right - left, rowLength, plane.channels(), y, yAt + output + c);
            }
        });
    }

    private static void largest(float[] x, int corner, int rows, int columns, int rowLength, int channels, float[] y,
            int at) {
        var largest = FloatVector.fromArray(F, x, corner);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                largest = largest.max(FloatVector.fromArray(F, x, corner + i * rowLength + j * channels));
            }
        }
        largest.intoArray(y, at);
    }

    @Override
    public void maxGradient(Plane plane, float[] x, int xAt, float[] y, float[] dy, int yAt, float[] dx) {
        if (plane.channels() % LANES != 0) {
            super.maxGradient(plane, x, xAt, y, dy, yAt, dx);
            return;
        }
        boolean apart = isTiled(plane);
        if (!apart) Arrays.fill(dx, xAt, xAt + plane.inputSize(), 0);
        int rowLength = plane.width() * plane.channels();
        forEachWindow(plane, (top, bottom, left, right, output) -> {
            for (int c = 0; c < plane.channels(); c += LANES) {
                int corner = xAt + top * rowLength + left * plane.channels() + c;
                toFirst(x, corner, bottom - top, right - left, rowLength, plane.channels(), y, dy, yAt + output + c,
                        apart, dx);
            }
        });
    }

    /// Whether every cell lies in exactly one window, so that gradients are written and not added.
    private static boolean isTiled(Plane plane) {
        var window = plane.window();
        return window.strideY() == window.height() && window.strideX() == window.width()
                && plane.rows() * window.height() == plane.height()
                && plane.columns() * window.width() == plane.width();
    }

    /// A lane that has found its largest cell gives its gradient away and has none left for the next equal cell.
    private static void toFirst(float[] x, int corner, int rows, int columns, int rowLength, int channels, float[] y,
            float[] dy, int at, boolean apart, float[] dx) {
        var largest = FloatVector.fromArray(F, y, at);
        var left = FloatVector.fromArray(F, dy, at);
        var zero = FloatVector.zero(F);
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                int place = corner + i * rowLength + j * channels;
                var found = FloatVector.fromArray(F, x, place).compare(VectorOperators.EQ, largest);
                var before = apart ? zero : FloatVector.fromArray(F, dx, place);
                before.add(zero.blend(left, found)).intoArray(dx, place);
                left = left.blend(zero, found);
            }
        }
    }
}
