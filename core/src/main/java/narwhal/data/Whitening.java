package narwhal.data;

/// A matrix that makes the numbers of a picture uncorrelated and stays as near to them as such a matrix can (ZCA):
/// U · diag(√n ⁄ (s + ε)) · Uᵀ with the singular values s and left singular vectors U of the centered pictures, one in a
/// column. Directions in which none of fewer pictures than numbers differs are left out. Immutable.
public final class Whitening {
    private static final int LARGEST = 4096;
    private static final int SWEEPS = 60;
    /// Cosine between two columns that counts as a right angle.
    private static final double RIGHT_ANGLE = 1e-14;

    private final int size;
    private final float[] matrix;

    private Whitening(int size, float[] matrix) {
        this.size = size;
        this.matrix = matrix;
    }

    static Whitening fit(Dataset set, Featurewise centered, double epsilon) {
        int size = set.shape().size();
        if (size > LARGEST) {
            throw new IllegalArgumentException("ZCA whitening takes pictures of at most " + LARGEST + " numbers, got "
                    + set.shape());
        }
        var pictures = new double[set.size()][size];
        var pixels = new float[size];
        for (int i = 0; i < pictures.length; i++) {
            set.render(i, 0, pixels, 0);
            centered.apply(pixels, 0, size);
            for (int k = 0; k < size; k++) pictures[i][k] = pixels[k];
        }
        var matrix = new double[size * size];
        if (pictures.length <= size) {
            orthogonalise(pictures, new double[pictures.length][0]);
            for (var column : pictures) {
                double s = Math.sqrt(product(column, column));
                if (s > 0) add(matrix, column, Math.sqrt(pictures.length) / (s + epsilon) / (s * s));
            }
        } else {
            var columns = transposed(pictures, size);
            var turned = new double[size][size];
            for (int k = 0; k < size; k++) turned[k][k] = 1;
            orthogonalise(columns, turned);
            for (int k = 0; k < size; k++) {
                double s = Math.sqrt(product(columns[k], columns[k]));
                add(matrix, turned[k], Math.sqrt(pictures.length) / (s + epsilon));
            }
        }
        var rounded = new float[matrix.length];
        for (int i = 0; i < matrix.length; i++) rounded[i] = (float) matrix[i];
        return new Whitening(size, rounded);
    }

    private static double[][] transposed(double[][] rows, int size) {
        var columns = new double[size][rows.length];
        for (int i = 0; i < rows.length; i++) for (int k = 0; k < size; k++) columns[k][i] = rows[i][k];
        return columns;
    }

    /// Adds factor · v · vᵀ.
    private static void add(double[] matrix, double[] v, double factor) {
        for (int i = 0, o = 0; i < v.length; i++) {
            double row = factor * v[i];
            for (int k = 0; k < v.length; k++) matrix[o++] += row * v[k];
        }
    }

    /// Turns pairs of columns until all stand at right angles (one-sided Jacobi, Hestenes 1958): they are then the singular
    /// vectors, as long as their singular values. The same turns are done to `along`.
    private static void orthogonalise(double[][] columns, double[][] along) {
        boolean turned = true;
        for (int sweep = 0; turned && sweep < SWEEPS; sweep++) {
            turned = false;
            for (int p = 0; p < columns.length; p++) {
                for (int q = p + 1; q < columns.length; q++) {
                    double a = product(columns[p], columns[p]);
                    double b = product(columns[q], columns[q]);
                    double c = product(columns[p], columns[q]);
                    if (Math.abs(c) <= RIGHT_ANGLE * Math.sqrt(a * b)) continue;
                    turned = true;
                    double zeta = (b - a) / (2 * c);
                    double tangent = Math.copySign(1, zeta) / (Math.abs(zeta) + Math.sqrt(1 + zeta * zeta));
                    double cosine = 1 / Math.sqrt(1 + tangent * tangent);
                    turn(columns[p], columns[q], cosine, cosine * tangent);
                    turn(along[p], along[q], cosine, cosine * tangent);
                }
            }
        }
    }

    private static void turn(double[] p, double[] q, double cosine, double sine) {
        for (int i = 0; i < p.length; i++) {
            double kept = p[i];
            p[i] = cosine * kept - sine * q[i];
            q[i] = sine * kept + cosine * q[i];
        }
    }

    private static double product(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) sum += a[i] * b[i];
        return sum;
    }

    /// Multiplies the numbers of a picture with the matrix, in place.
    void apply(float[] pixels, int offset) {
        var sums = new double[size];
        for (int i = 0, o = 0; i < size; i++) {
            double value = pixels[offset + i];
            for (int k = 0; k < size; k++) sums[k] += value * matrix[o++];
        }
        for (int i = 0; i < size; i++) pixels[offset + i] = (float) sums[i];
    }
}
