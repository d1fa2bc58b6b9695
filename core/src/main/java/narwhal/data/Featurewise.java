package narwhal.data;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/// Statistics of a training set that all pictures are standardized by. Keras keeps them hidden in an `ImageDataGenerator`
/// after `fit`; here they are a value, fitted at one visible moment and given to the sets that need it:
///
/// ```java
/// var folder = ImageFolder.of(path).resize(32, 32).rescale(1f / 255);
/// var statistics = Featurewise.stdNormalization(folder.dataset());
/// var train = folder.augment(zoom(0.2)).featurewise(statistics).batches(32);
/// ```
///
/// They are those of the set as it is given: with its augmentation, its scale and what is done to each picture before.
///
/// Source: `ImageDataGenerator.fit` in `keras/src/legacy/preprocessing/image.py` of Keras 3. Sums are taken in double.
///
/// @param mean of each channel, taken away
/// @param std standard deviation of each channel, divided by; empty for none
/// @param whitening of all numbers of a picture together; none for the first two kinds
public record Featurewise(List<Float> mean, List<Float> std, Optional<Whitening> whitening) {
    public Featurewise {
        mean = List.copyOf(mean);
        std = List.copyOf(std);
        if (mean.isEmpty() || !std.isEmpty() && std.size() != mean.size()) {
            throw new IllegalArgumentException("a mean for each channel, and a deviation for each or for none, got "
                    + mean.size() + " and " + std.size());
        }
    }

    /// Keras' `featurewise_center`: the mean of each channel.
    public static Featurewise center(Dataset set) {
        return moments(set).center();
    }

    /// Keras' `featurewise_std_normalization`: the mean and the standard deviation of each channel.
    public static Featurewise stdNormalization(Dataset set) {
        return moments(set).stdNormalization();
    }

    /// Keras' `zca_whitening` with its usual `zca_epsilon` of 10⁻⁶.
    public static Featurewise zcaWhitening(Dataset set) {
        return zcaWhitening(set, 1e-6);
    }

    /// Keras' `zca_whitening`: the mean of each channel, then numbers that are all uncorrelated with deviation 1. For small
    /// pictures only: the time grows with the cube of height × width × channels, and the whole set is held in memory.
    ///
    /// @param epsilon Keras' `zca_epsilon`, added to each singular value
    /// @throws IllegalArgumentException for pictures of more than 4096 numbers
    public static Featurewise zcaWhitening(Dataset set, double epsilon) {
        var centered = center(set);
        return new Featurewise(centered.mean, List.of(), Optional.of(Whitening.fit(set, centered, epsilon)));
    }

    private static Moments moments(Dataset set) {
        int size = set.shape().size();
        var moments = new Moments(set.shape().last());
        var pixels = new float[size];
        for (int i = 0; i < set.size(); i++) {
            set.render(i, 0, pixels, 0);
            moments.add(pixels);
        }
        return moments;
    }

    /// Sums over a set.
    private static final class Moments {
        private final double[] sums;
        private final double[] squares;
        private long count;

        Moments(int channels) {
            sums = new double[channels];
            squares = new double[channels];
        }

        void add(float[] pixels) {
            int channels = sums.length;
            for (int i = 0; i < pixels.length; i++) {
                double value = pixels[i];
                sums[i % channels] += value;
                squares[i % channels] += value * value;
            }
            count += pixels.length / channels;
        }

        Featurewise center() {
            return new Featurewise(each(c -> sums[c] / count), List.of(), Optional.empty());
        }

        Featurewise stdNormalization() {
            return new Featurewise(each(c -> sums[c] / count), each(c -> {
                double mean = sums[c] / count;
                return Math.sqrt(Math.max(0, squares[c] / count - mean * mean));
            }), Optional.empty());
        }

        private List<Float> each(java.util.function.IntToDoubleFunction number) {
            var numbers = new ArrayList<Float>();
            IntStream.range(0, sums.length).forEach(c -> numbers.add((float) number.applyAsDouble(c)));
            return numbers;
        }
    }

    void apply(float[] pixels, int offset, int size) {
        int channels = mean.size();
        for (int c = 0; c < channels; c++) {
            float taken = mean.get(c);
            for (int i = offset + c; i < offset + size; i += channels) pixels[i] -= taken;
        }
        for (int c = 0; c < std.size(); c++) {
            float divisor = std.get(c) + Standardization.LEAST;
            for (int i = offset + c; i < offset + size; i += channels) pixels[i] /= divisor;
        }
        whitening.ifPresent(matrix -> matrix.apply(pixels, offset));
    }
}
