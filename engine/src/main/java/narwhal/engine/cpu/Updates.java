package narwhal.engine.cpu;

import org.jspecify.annotations.Nullable;

/// Steps of optimizers over elements `from` … `to` − 1, in Keras 3's order of operations. Loops this plain are made into
/// vector instructions by the Java virtual machine, with the bits of the scalar ones.
///
/// Sources: `keras/src/optimizers/{adam,rmsprop,adamax,nadam,lion}.py` of Keras 3.
final class Updates {
    private Updates() {
    }

    static void amsgrad(float[] p, float[] g, float[] m, float[] v, float[] largest, float rate, float beta1,
            float beta2,
            float epsilon, int from, int to) {
        float rest1 = rest(beta1);
        float rest2 = rest(beta2);
        for (int i = from; i < to; i++) {
            m[i] += (g[i] - m[i]) * rest1;
            v[i] += (g[i] * g[i] - v[i]) * rest2;
            largest[i] = Math.max(largest[i], v[i]);
            p[i] -= m[i] * rate / ((float) Math.sqrt(largest[i]) + epsilon);
        }
    }

    static void rmsprop(float[] p, float[] g, float[] v, float @Nullable [] mean, float @Nullable [] velocity,
            float rate, float rho, float momentum, float epsilon, int from, int to) {
        float rest = rest(rho);
        for (int i = from; i < to; i++) v[i] = rho * v[i] + rest * (g[i] * g[i]);
        if (mean != null) {
            for (int i = from; i < to; i++) mean[i] = rho * mean[i] + rest * g[i];
        }
        for (int i = from; i < to; i++) {
            float square = mean == null ? 0 : mean[i] * mean[i];
            float step = rate * g[i] / (float) Math.sqrt(v[i] - square + epsilon);
            if (velocity != null) {
                velocity[i] = momentum * velocity[i] + step;
                step = velocity[i];
            }
            p[i] -= step;
        }
    }

    static void adamax(float[] p, float[] g, float[] m, float[] u, float rate, float rest, float beta1, float beta2,
            float epsilon, int from, int to) {
        float rest1 = rest(beta1);
        for (int i = from; i < to; i++) {
            m[i] += (g[i] - m[i]) * rest1;
            u[i] = Math.max(beta2 * u[i], Math.abs(g[i]));
            p[i] -= rate * m[i] / (rest * (u[i] + epsilon));
        }
    }

    static void nadam(float[] p, float[] g, float[] m, float[] v, float rate, float byMean, float byGradient,
            float rest,
            float beta1, float beta2, float epsilon, int from, int to) {
        // Nadam has its betas as 32-bit numbers before it subtracts them from 1.
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = from; i < to; i++) {
            m[i] += (g[i] - m[i]) * rest1;
            v[i] += (g[i] * g[i] - v[i]) * rest2;
            p[i] -= (byMean * m[i] + byGradient * g[i]) * rate / ((float) Math.sqrt(v[i] / rest) + epsilon);
        }
    }

    static void lion(float[] p, float[] g, float[] m, float rate, float beta1, float beta2, int from, int to) {
        // Lion, too.
        float rest1 = 1 - beta1;
        float rest2 = 1 - beta2;
        for (int i = from; i < to; i++) {
            p[i] -= rate * Math.signum(m[i] * beta1 + g[i] * rest1);
            m[i] = m[i] * beta2 + g[i] * rest2;
        }
    }

    private static float rest(float beta) {
        return (float) (1 - ScalarElementwise.shortest(beta));
    }
}
