package narwhal.data;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import narwhal.data.augmentation.Augmentation;
import narwhal.data.augmentation.AugmentationOption;
import narwhal.data.picture.Interpolation;
import narwhal.data.picture.Picture;
import narwhal.data.picture.PictureDecoder;
import narwhal.models.Recipe;

/// What is done to each picture on its way to the network: colours, size, augmentation, scale. Training, validation and
/// prediction share it, so that they cannot differ.
///
/// ```java
/// Dataset set = Preparation.standard().resize(128, 128).rescale(1f / 255).dataset(source);
/// ```
///
/// @param height of the resized picture in pixels, at least 1
/// @param width of the resized picture in pixels, at least 1
/// @param grayscale one channel instead of red, green and blue
/// @param interpolation how pictures are resized
/// @param rescale factor on the numbers 0 … 255, after augmentation
/// @param augmentation what may happen to a picture at random
/// @param seed decides what does happen
/// @param cacheBytes resized pictures kept in memory; changes no number
/// @param standardization of the numbers behind augmentation and, but for its function, behind scaling
public record Preparation(int height, int width, boolean grayscale, Interpolation interpolation, double rescale,
        Augmentation augmentation, long seed, long cacheBytes, Standardization standardization) {
    /// Keras' defaults: 256×256, colours, nearest pixel, no scaling, no augmentation. A quarter of the heap may hold
    /// pictures.
    public static Preparation standard() {
        return new Preparation(256, 256, false, Interpolation.NEAREST, 1, Augmentation.none(), 0,
                Runtime.getRuntime().maxMemory() / 4, Standardization.none());
    }

    /// What a model was trained with, without its augmentation.
    public static Preparation of(Recipe recipe) {
        return standard().resize(recipe.height(), recipe.width()).grayscale(recipe.grayscale())
                .interpolation(Interpolation.of(recipe.interpolation())).rescale(recipe.rescale())
                .standardization(standardization(recipe));
    }

    private static Standardization standardization(Recipe recipe) {
        var sample = Standardization.none().samplewiseCenter(recipe.samplewiseCenter())
                .samplewiseStdNormalization(recipe.samplewiseStdNormalization());
        return recipe.featurewiseMean().isEmpty()
                ? sample
                : sample.featurewise(new Featurewise(recipe.featurewiseMean(), recipe.featurewiseStd(),
                        Optional.empty()));
    }

    public Preparation {
        if (height < 1 || width < 1) {
            throw new IllegalArgumentException("pictures have at least 1×1 pixels, got " + height + "×" + width);
        }
        if (!Double.isFinite(rescale)) throw new IllegalArgumentException("a scale is a number, got " + rescale);
        if (cacheBytes < 0) throw new IllegalArgumentException("a cache has 0 or more bytes, got " + cacheBytes);
    }

    /// Keras' `target_size=(height, width)`.
    public Preparation resize(int height, int width) {
        return new Preparation(height, width, grayscale, interpolation, rescale, augmentation, seed, cacheBytes,
                standardization);
    }

    /// Keras' `color_mode`.
    public Preparation grayscale(boolean grayscale) {
        return new Preparation(height, width, grayscale, interpolation, rescale, augmentation, seed, cacheBytes,
                standardization);
    }

    /// Keras' `interpolation`.
    public Preparation interpolation(Interpolation interpolation) {
        return new Preparation(height, width, grayscale, interpolation, rescale, augmentation, seed, cacheBytes,
                standardization);
    }

    /// Keras' `rescale`; usually `1f / 255`.
    public Preparation rescale(double factor) {
        return new Preparation(height, width, grayscale, interpolation, factor, augmentation, seed, cacheBytes,
                standardization);
    }

    /// What may happen to a picture at random, on top of what was said before.
    public Preparation augment(AugmentationOption... options) {
        return augment(augmentation.with(options));
    }

    /// What may happen to a picture at random, instead of what was said before.
    public Preparation augment(Augmentation augmentation) {
        return new Preparation(height, width, grayscale, interpolation, rescale, augmentation, seed, cacheBytes,
                standardization);
    }

    /// Decides what does happen; 0 unless said.
    public Preparation seed(long seed) {
        return new Preparation(height, width, grayscale, interpolation, rescale, augmentation, seed, cacheBytes,
                standardization);
    }

    /// Memory for resized pictures; 0 for none.
    public Preparation cacheBytes(long bytes) {
        return new Preparation(height, width, grayscale, interpolation, rescale, augmentation, seed, bytes,
                standardization);
    }

    /// What is done to the numbers behind augmentation; nothing but the scale unless said.
    public Preparation standardization(Standardization standardization) {
        return new Preparation(height, width, grayscale, interpolation, rescale, augmentation, seed, cacheBytes,
                standardization);
    }

    /// 1 or 3.
    public int channels() {
        return grayscale ? 1 : 3;
    }

    /// Numbers in one prepared picture: height × width × channels.
    public int size() {
        return Math.multiplyExact(Math.multiplyExact(height, width), channels());
    }

    /// What a model needs to know to be given other pictures; empty if no file can hold it: a function of the program's own,
    /// or a whitening.
    public Optional<Recipe> recipe(List<String> classNames) {
        var statistics = standardization.featurewise();
        if (standardization.function().isPresent() || statistics.flatMap(Featurewise::whitening).isPresent()) {
            return Optional.empty();
        }
        return Optional.of(new Recipe(classNames, height, width, grayscale, interpolation.kerasName(), rescale,
                standardization.samplewiseCenter(), standardization.samplewiseStdNormalization(),
                statistics.map(Featurewise::mean).orElse(List.of()),
                statistics.map(Featurewise::std).orElse(List.of())));
    }

    /// A set of pictures, prepared like this.
    public Dataset dataset(PictureSource source) {
        return new PictureDataset(source, this, new SampleCache(SampleCache.fitting(source.size(), this)));
    }

    /// The picture in the wanted colours and size.
    public Picture resized(Picture picture) {
        return (grayscale ? picture.grey() : picture.rgb()).resize(height, width, interpolation);
    }

    /// The samples of [#resized]: height × width × channels, 8 bits each.
    byte[] samples(Picture picture) {
        return resized(picture).samples();
    }

    /// Whether two preparations have the same samples before augmentation and scaling.
    boolean resizesLike(Preparation other) {
        return height == other.height && width == other.width && grayscale == other.grayscale
                && interpolation == other.interpolation;
    }

    /// What the network sees of a file, without augmentation: height × width × channels in row-major order.
    ///
    /// @throws narwhal.errors.NarwhalException `IMG_…`, with the path in front
    public float[] pixels(Path file) {
        return pixels(PictureDecoder.standard().decode(file).picture());
    }

    /// What the network sees of a picture, without augmentation.
    public float[] pixels(Picture picture) {
        var numbers = new float[size()];
        render(samples(picture), numbers, 0);
        return numbers;
    }

    /// Scales and standardizes resized samples.
    void render(byte[] samples, float[] target, int offset) {
        boolean scalesLater = standardization.function().isPresent();
        float factor = scalesLater ? 1 : (float) rescale;
        for (int i = 0; i < samples.length; i++) target[offset + i] = (samples[i] & 0xff) * factor;
        standardize(target, offset, scalesLater ? rescale : 1);
    }

    /// Augments, scales and standardizes resized samples.
    void render(byte[] samples, int epoch, int index, float[] target, int offset) {
        if (augmentation.isNone()) {
            render(samples, target, offset);
            return;
        }
        augmentation.draw(seed, epoch, index, height, width)
                .apply(samples, 0, height, width, channels(), target, offset);
        standardize(target, offset, rescale);
    }

    private void standardize(float[] target, int offset, double factor) {
        standardization.apply(target, offset, height, width, channels(), (float) factor);
    }
}
