package narwhal.engine.cpu;

/// Losses of one sample and their gradients. A batch has few outputs, so there is no other version than the scalar one.
///
/// Sources: `keras/src/losses/losses.py` and `keras/src/backend/tensorflow/nn.py` of Keras 3.
final class Losses {
    private static final float LEAST = 1e-7f;
    private static final float MOST = 1 - 1e-7f;

    private Losses() {
    }

    /// A loss of one sample: `n` predictions at `x[at]` against targets at `t[at]`.
    interface Loss {
        float of(float[] x, float[] t, int at, int n);
    }

    /// Its gradient times `dy`, written to `dx[at]` and on.
    interface Gradient {
        void of(float[] x, float[] t, int at, int n, float dy, float[] dx);
    }

    static float sigmoidCrossentropy(float[] x, float[] t, int at, int n) {
        double sum = 0;
        for (int i = at; i < at + n; i++)
            sum += Math.max(x[i], 0) - (double) x[i] * t[i] + Math.log1p(Math.exp(-Math.abs(x[i])));
        return (float) (sum / n);
    }

    static void sigmoidCrossentropyGradient(float[] x, float[] t, int at, int n, float dy, float[] dx) {
        for (int i = at; i < at + n; i++) dx[i] = (float) ((1 / (1 + Math.exp(-x[i])) - t[i]) * dy / n);
    }

    static float binaryCrossentropy(float[] p, float[] t, int at, int n) {
        double sum = 0;
        for (int i = at; i < at + n; i++) {
            double q = clip(p[i]);
            sum -= t[i] * Math.log(q) + (1 - t[i]) * Math.log(1 - q);
        }
        return (float) (sum / n);
    }

    static void binaryCrossentropyGradient(float[] p, float[] t, int at, int n, float dy, float[] dx) {
        for (int i = at; i < at + n; i++) {
            double q = p[i];
            dx[i] = isClipped(p[i]) ? 0 : (float) ((q - t[i]) / (q * (1 - q)) * dy / n);
        }
    }

    static float softmaxCrossentropy(float[] x, float[] t, int at, int n) {
        double logSum = logSumExp(x, at, n);
        double sum = 0;
        for (int i = at; i < at + n; i++) sum += t[i] * (logSum - x[i]);
        return (float) sum;
    }

    static void softmaxCrossentropyGradient(float[] x, float[] t, int at, int n, float dy, float[] dx) {
        double logSum = logSumExp(x, at, n);
        double total = 0;
        for (int i = at; i < at + n; i++) total += t[i];
        for (int i = at; i < at + n; i++) dx[i] = (float) ((Math.exp(x[i] - logSum) * total - t[i]) * dy);
    }

    private static double logSumExp(float[] x, int at, int n) {
        double largest = Double.NEGATIVE_INFINITY;
        for (int i = at; i < at + n; i++) largest = Math.max(largest, x[i]);
        double sum = 0;
        for (int i = at; i < at + n; i++) sum += Math.exp(x[i] - largest);
        return largest + Math.log(sum);
    }

    static float categoricalCrossentropy(float[] p, float[] t, int at, int n) {
        double total = sum(p, at, n);
        double loss = 0;
        for (int i = at; i < at + n; i++) loss -= t[i] * Math.log(clip((float) (p[i] / total)));
        return (float) loss;
    }

    /// With q = p / Σp and g = ∂loss/∂q, the gradient for p is (g − Σ g·q) / Σp.
    static void categoricalCrossentropyGradient(float[] p, float[] t, int at, int n, float dy, float[] dx) {
        double total = sum(p, at, n);
        double mean = 0;
        for (int i = at; i < at + n; i++) mean += slope(p[i] / total, t[i]) * (p[i] / total);
        for (int i = at; i < at + n; i++) dx[i] = (float) ((slope(p[i] / total, t[i]) - mean) / total * dy);
    }

    private static double slope(double q, float t) {
        return isClipped((float) q) ? 0 : -t / q;
    }

    private static double sum(float[] p, int at, int n) {
        double sum = 0;
        for (int i = at; i < at + n; i++) sum += p[i];
        return sum;
    }

    private static boolean isClipped(float p) {
        return !(p >= LEAST && p <= MOST);
    }

    private static double clip(float p) {
        return Float.isNaN(p) ? p : Math.clamp(p, LEAST, MOST);
    }

    static void softmax(float[] x, int at, int n, float[] y) {
        double logSum = logSumExp(x, at, n);
        for (int i = at; i < at + n; i++) y[i] = (float) Math.exp(x[i] - logSum);
    }

    static void softmaxGradient(float[] y, float[] dy, int at, int n, float[] dx) {
        double mean = 0;
        for (int i = at; i < at + n; i++) mean += (double) y[i] * dy[i];
        for (int i = at; i < at + n; i++) dx[i] = (float) (y[i] * (dy[i] - mean));
    }
}
