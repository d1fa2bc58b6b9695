package narwhal.cli;

import java.util.Optional;
import narwhal.data.Featurewise;
import narwhal.data.Preparation;
import narwhal.data.Standardization;
import narwhal.data.picture.Interpolation;
import picocli.CommandLine.Option;

/// How pictures become the network's input.
final class PictureOptions {
    @Option(names = "--image-size", paramLabel = "HxW", description = "Height and width of the pictures as the network sees them (default: 128x128; 64x64 for the embedded pictures).")
    private Optional<ImageSize> imageSize = Optional.empty();

    @Option(names = "--color-mode", paramLabel = "MODE", description = "rgb or grayscale (default: rgb).")
    private ColorMode colorMode = ColorMode.RGB;

    @Option(names = "--interpolation", paramLabel = "FILTER", description = "nearest or bilinear (default: nearest).")
    private Interpolation interpolation = Interpolation.NEAREST;

    @Option(names = "--rescale", paramLabel = "FACTOR", description = "Factor on the pixels 0 … 255 (default: 1/255).")
    private double rescale = 1f / 255;

    @Option(names = "--samplewise-center", description = "Take each picture's mean away.")
    private boolean samplewiseCenter;

    @Option(names = "--samplewise-std-normalization", description = "Also divide each picture by its standard deviation.")
    private boolean samplewiseStdNormalization;

    @Option(names = "--featurewise-center", description = "Take away the mean of the training pictures, each colour on its own.")
    private boolean featurewiseCenter;

    @Option(names = "--featurewise-std-normalization", description = "Also divide by the standard deviation of the training pictures.")
    private boolean featurewiseStdNormalization;

    @Option(names = "--skip-bad-images", description = "Leave out pictures that cannot be read; the run folder lists them.")
    private boolean skipBadImages;

    @Option(names = "--max-pixels", paramLabel = "N", description = "The largest picture that is read, height × width (default: ${DEFAULT-VALUE}).")
    private long maxPixels = 100_000_000;

    void check() {
        Values.check(rescale != 0, "--rescale", rescale, "a factor other than 0");
        Values.check(maxPixels >= 1, "--max-pixels", maxPixels, "at least 1");
    }

    /// Size of the pictures where the user did not say one.
    Preparation preparation(ImageSize otherwise) {
        var size = imageSize.orElse(otherwise);
        return Preparation.standard().resize(size.height(), size.width()).grayscale(colorMode == ColorMode.GRAYSCALE)
                .interpolation(interpolation).rescale(rescale)
                .standardization(Standardization.none().samplewiseCenter(samplewiseCenter)
                        .samplewiseStdNormalization(samplewiseStdNormalization));
    }

    /// A preparation with the statistics of the training pictures, if they are asked for; that looks at all of them.
    Preparation fitted(Preparation preparation, PictureSet train) {
        if (!featurewiseCenter && !featurewiseStdNormalization) return preparation;
        var set = train.dataset(preparation);
        return preparation.standardization(preparation.standardization().featurewise(featurewiseStdNormalization
                ? Featurewise.stdNormalization(set)
                : Featurewise.center(set)));
    }

    boolean skipBadImages() {
        return skipBadImages;
    }

    long maxPixels() {
        return maxPixels;
    }
}
