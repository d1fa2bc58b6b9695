package narwhal.engine.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import narwhal.engine.cpu.convolution.Convolution.Finish;
import org.jspecify.annotations.Nullable;

/// Bias and ReLU on output pixels that are still in the cache.
final class Finishing {
    private static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;

    private Finishing() {
    }

    /// @param at first channel of the first pixel
    /// @param pixels number of adjacent pixels of `channels` floats each
    static void apply(float[] y, int at, int pixels, int channels, float @Nullable [] bias, Finish finish) {
        for (int p = 0; p < pixels; p++) {
            if (bias != null) add(y, at + p * channels, bias, channels);
        }
        if (finish == Finish.RELU) relu(y, at, pixels * channels);
    }

    private static void add(float[] y, int at, float[] bias, int channels) {
        int c = 0;
        for (; c < SPECIES.loopBound(channels); c += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, y, at + c).add(FloatVector.fromArray(SPECIES, bias, c))
                    .intoArray(y, at + c);
        }
        for (; c < channels; c++) y[at + c] += bias[c];
    }

    private static void relu(float[] y, int at, int count) {
        int i = 0;
        for (; i < SPECIES.loopBound(count); i += SPECIES.length()) {
            FloatVector.fromArray(SPECIES, y, at + i).max(0).intoArray(y, at + i);
        }
        for (; i < count; i++) y[at + i] = Math.max(y[at + i], 0);
    }
}
