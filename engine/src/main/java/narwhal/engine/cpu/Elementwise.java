package narwhal.engine.cpu;

import narwhal.engine.Activation;

/// Kernels that treat every element alike, over elements `from` … `to` − 1 of plain arrays. The scalar version is the
/// definition.
interface Elementwise {
    void add(float[] a, float[] b, float[] y, int from, int to);

    void multiply(float[] a, float[] b, float[] y, int from, int to);

    void scale(float[] x, float factor, float offset, float[] y, int from, int to);

    void activate(Activation function, float[] x, float[] y, int from, int to);

    void activateGradient(Activation function, float[] x, float[] y, float[] dy, float[] dx, int from, int to);

    void dropout(float[] x, float rate, long key, float[] y, int from, int to);

    void adam(float[] p, float[] g, float[] m, float[] v, float rate, float beta1, float beta2, float epsilon, int from,
            int to);

    void sgd(float[] p, float[] g, float[] velocity, float rate, float momentum, boolean nesterov, int from, int to);

    /// `y[r, c] = x[r, c] + bias[c]` for rows `from` … `to` − 1.
    void addBias(float[] x, float[] bias, int channels, float[] y, int from, int to);

    /// `sums[at + c] = Σ x[r, c]` over rows `from` … `to` − 1, added in this order.
    void sumRows(float[] x, int channels, int from, int to, float[] sums, int at);

    /// `sums[at + c] = Σ (x[r, c] − mean[c])²` over rows `from` … `to` − 1.
    void sumSquares(float[] x, float[] mean, int channels, int from, int to, float[] sums, int at);

    /// `sums[at + c] = Σ dy[r, c] · (x[r, c] − mean[c])` over rows `from` … `to` − 1.
    void sumProducts(float[] x, float[] mean, float[] dy, int channels, int from, int to, float[] sums, int at);

    /// `y[r, c] = x[r, c] · factor[c] + offset[c]` for rows `from` … `to` − 1.
    void scaleRows(float[] x, float[] factor, float[] offset, int channels, float[] y, int from, int to);

    /// Whether element `index` survives dropout: the upper 24 of 32 bits mixed from key and index against the rate. The
    /// mixing is that of MurmurHash3's finaliser (Appleby), twice, with half of the key before each.
    static boolean survives(int index, int keyLow, int keyHigh, int threshold) {
        return mix(mix(index ^ keyLow) + keyHigh) >>> 8 >= threshold;
    }

    /// The rate as a threshold for [#survives].
    static int threshold(float rate) {
        return Math.round(rate * 0x1p24f);
    }

    private static int mix(int h) {
        h = (h ^ (h >>> 16)) * 0x85ebca6b;
        h = (h ^ (h >>> 13)) * 0xc2b2ae35;
        return h ^ (h >>> 16);
    }
}
