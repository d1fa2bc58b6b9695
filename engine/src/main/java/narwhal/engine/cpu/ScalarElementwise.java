package narwhal.engine.cpu;

import narwhal.engine.Activation;

/// [Elementwise], one element after the other: the definition.
class ScalarElementwise implements Elementwise {
    @Override
    public void add(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = a[i] + b[i];
    }

    @Override
    public void multiply(float[] a, float[] b, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = a[i] * b[i];
    }

    @Override
    public void scale(float[] x, float factor, float offset, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = x[i] * factor + offset;
    }

    @Override
    public void activate(Activation function, float[] x, float[] y, int from, int to) {
        for (int i = from; i < to; i++) y[i] = function.apply(x[i]);
    }

    @Override
    public void activateGradient(Activation function, float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        for (int i = from; i < to; i++) dx[i] = dy[i] * function.derivative(x[i], y[i]);
    }

    @Override
    public void dropout(float[] x, float rate, long key, float[] y, int from, int to) {
        float factor = 1 / (1 - rate);
        int threshold = Elementwise.threshold(rate);
        for (int i = from; i < to; i++) {
            y[i] = Elementwise.survives(i, (int) key, (int) (key >>> 32), threshold) ? x[i] * factor : 0;
        }
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, float rate, float beta1, float beta2, float epsilon,
            int from, int to) {
        float rest1 = (float) (1 - shortest(beta1));
        float rest2 = (float) (1 - shortest(beta2));
        for (int i = from; i < to; i++) {
            m[i] += (g[i] - m[i]) * rest1;
            v[i] += (g[i] * g[i] - v[i]) * rest2;
            p[i] -= m[i] * rate / ((float) Math.sqrt(v[i]) + epsilon);
        }
    }

    /// 1 − β is formed in double precision from the number the user wrote (0.999, not the float beside it), as Keras 3 does.
    static double shortest(float beta) {
        return Double.parseDouble(Float.toString(beta));
    }

    @Override
    public void sgd(float[] p, float[] g, float[] velocity, float rate, float momentum, boolean nesterov, int from,
            int to) {
        for (int i = from; i < to; i++) {
            velocity[i] = momentum * velocity[i] - rate * g[i];
            p[i] += nesterov ? momentum * velocity[i] - rate * g[i] : velocity[i];
        }
    }

    @Override
    public void addBias(float[] x, float[] bias, int channels, float[] y, int from, int to) {
        for (int r = from; r < to; r++) {
            for (int c = 0; c < channels; c++) y[r * channels + c] = x[r * channels + c] + bias[c];
        }
    }

    @Override
    public void sumRows(float[] x, int channels, int from, int to, float[] sums, int at) {
        for (int c = 0; c < channels; c++) {
            float sum = 0;
            for (int r = from; r < to; r++) sum += x[r * channels + c];
            sums[at + c] = sum;
        }
    }

    @Override
    public void sumSquares(float[] x, float[] mean, int channels, int from, int to, float[] sums, int at) {
        for (int c = 0; c < channels; c++) {
            float sum = 0;
            for (int r = from; r < to; r++) {
                float difference = x[r * channels + c] - mean[c];
                sum = Math.fma(difference, difference, sum);
            }
            sums[at + c] = sum;
        }
    }

    @Override
    public void sumProducts(float[] x, float[] mean, float[] dy, int channels, int from, int to, float[] sums, int at) {
        for (int c = 0; c < channels; c++) {
            float sum = 0;
            for (int r = from; r < to; r++) sum = Math.fma(dy[r * channels + c], x[r * channels + c] - mean[c], sum);
            sums[at + c] = sum;
        }
    }

    @Override
    public void scaleRows(float[] x, float[] factor, float[] offset, int channels, float[] y, int from, int to) {
        for (int r = from; r < to; r++) {
            for (int c = 0; c < channels; c++)
                y[r * channels + c] = Math.fma(x[r * channels + c], factor[c], offset[c]);
        }
    }
}
