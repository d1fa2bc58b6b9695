package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import java.util.SplittableRandom;

/// What tests of convolutions put in, and how they measure what comes out.
final class Numbers {
    private Numbers() {
    }

    /// Numbers between −1 and 1.
    static float[] random(SplittableRandom random, int n) {
        var values = new float[n];
        for (int i = 0; i < n; i++) values[i] = (float) random.nextDouble(-1, 1);
        return values;
    }

    /// Memory whose content nobody may use.
    static float[] stale(int n) {
        var values = new float[n];
        Arrays.fill(values, Float.NaN);
        return values;
    }

    /// ‖a − b‖ / ‖b‖
    static double difference(float[] a, float[] b) {
        double difference = 0;
        double norm = 0;
        for (int i = 0; i < b.length; i++) {
            difference += ((double) a[i] - b[i]) * ((double) a[i] - b[i]);
            norm += (double) b[i] * b[i];
        }
        return norm == 0 ? Math.sqrt(difference) : Math.sqrt(difference / norm);
    }
}
