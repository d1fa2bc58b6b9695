package narwhal.data;

import java.util.Arrays;
import java.util.Optional;

/// What is done to the numbers of a picture behind augmentation: Keras' `ImageDataGenerator.standardize`. The order is
/// fixed: the program's function, scaling ([Preparation#rescale]), each picture by its own mean and deviation, then all by
/// the statistics of a training set.
///
/// Source: `keras/src/legacy/preprocessing/image.py` of Keras 3.
///
/// @param function of the program's own; none unless said
/// @param samplewiseCenter whether each picture's mean over all its numbers is taken away
/// @param samplewiseStdNormalization whether each picture is divided by its standard deviation; that takes its mean away, too
/// @param featurewise statistics of a training set; none unless said
public record Standardization(Optional<PreprocessingFunction> function, boolean samplewiseCenter,
        boolean samplewiseStdNormalization, Optional<Featurewise> featurewise) {
    /// What Keras adds to a deviation before dividing by it.
    static final float LEAST = 1e-6f;

    /// Nothing.
    public static Standardization none() {
        return new Standardization(Optional.empty(), false, false, Optional.empty());
    }

    public Standardization {
        samplewiseCenter |= samplewiseStdNormalization;
    }

    /// Keras' `preprocessing_function`.
    public Standardization function(PreprocessingFunction function) {
        return new Standardization(Optional.of(function), samplewiseCenter, samplewiseStdNormalization, featurewise);
    }

    /// Keras' `samplewise_center`.
    public Standardization samplewiseCenter(boolean center) {
        return new Standardization(function, center, samplewiseStdNormalization, featurewise);
    }

    /// Keras' `samplewise_std_normalization`.
    public Standardization samplewiseStdNormalization(boolean normalize) {
        return new Standardization(function, samplewiseCenter, normalize, featurewise);
    }

    /// Keras' `featurewise_center`, `featurewise_std_normalization` or `zca_whitening`, fitted.
    public Standardization featurewise(Featurewise statistics) {
        return new Standardization(function, samplewiseCenter, samplewiseStdNormalization, Optional.of(statistics));
    }

    void apply(float[] pixels, int offset, int height, int width, int channels, float rescale) {
        int size = height * width * channels;
        if (function.isPresent()) {
            float[] picture = Arrays.copyOfRange(pixels, offset, offset + size);
            function.get().apply(picture, height, width, channels);
            System.arraycopy(picture, 0, pixels, offset, size);
        }
        if (rescale != 1) for (int i = offset; i < offset + size; i++) pixels[i] *= rescale;
        if (samplewiseCenter) subtract(pixels, offset, size, (float) mean(pixels, offset, size));
        if (samplewiseStdNormalization) divide(pixels, offset, size, (float) deviation(pixels, offset, size) + LEAST);
        if (featurewise.isPresent()) featurewise.get().apply(pixels, offset, size);
    }

    private static double mean(float[] pixels, int offset, int size) {
        double sum = 0;
        for (int i = offset; i < offset + size; i++) sum += pixels[i];
        return sum / size;
    }

    private static double deviation(float[] pixels, int offset, int size) {
        double mean = mean(pixels, offset, size);
        double sum = 0;
        for (int i = offset; i < offset + size; i++) sum += (pixels[i] - mean) * (pixels[i] - mean);
        return Math.sqrt(sum / size);
    }

    private static void subtract(float[] pixels, int offset, int size, float number) {
        for (int i = offset; i < offset + size; i++) pixels[i] -= number;
    }

    private static void divide(float[] pixels, int offset, int size, float number) {
        for (int i = offset; i < offset + size; i++) pixels[i] /= number;
    }
}
