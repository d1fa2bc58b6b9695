package narwhal.engine.cpu;

/// Rows brought to mean 0 and variance 1, over rows `from` … `to` − 1 of length `n`. Sums are in double precision.
///
/// Source: Ba, Kiros and Hinton, "Layer normalization", arXiv 1607.06450.
final class RowNormalization {
    private RowNormalization() {
    }

    static void forward(float[] x, int n, float epsilon, float[] y, int from, int to) {
        for (int at = from * n; at < to * n; at += n) {
            double mean = mean(x, at, n);
            double factor = factor(x, at, n, mean, epsilon);
            for (int i = at; i < at + n; i++) y[i] = (float) ((x[i] - mean) * factor);
        }
    }

    /// With s = 1/√(variance + ε) and ŷ = (x − mean)·s: dx = s·(dy − mean(dy) − ŷ·mean(dy·ŷ)).
    static void gradient(float[] x, float[] dy, int n, float epsilon, float[] dx, int from, int to) {
        for (int at = from * n; at < to * n; at += n) {
            double mean = mean(x, at, n);
            double factor = factor(x, at, n, mean, epsilon);
            double meanDy = mean(dy, at, n);
            double product = 0;
            for (int i = at; i < at + n; i++) product += dy[i] * ((x[i] - mean) * factor);
            product /= n;
            for (int i = at; i < at + n; i++) {
                dx[i] = (float) (factor * (dy[i] - meanDy - (x[i] - mean) * factor * product));
            }
        }
    }

    private static double mean(float[] x, int at, int n) {
        double sum = 0;
        for (int i = at; i < at + n; i++) sum += x[i];
        return sum / n;
    }

    private static double factor(float[] x, int at, int n, double mean, float epsilon) {
        double sum = 0;
        for (int i = at; i < at + n; i++) sum += (x[i] - mean) * (x[i] - mean);
        return 1 / Math.sqrt(sum / n + epsilon);
    }
}
