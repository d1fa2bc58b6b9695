package narwhal.cli;

import java.util.Optional;
import narwhal.data.Preparation;
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
                .interpolation(interpolation).rescale(rescale);
    }

    boolean skipBadImages() {
        return skipBadImages;
    }

    long maxPixels() {
        return maxPixels;
    }
}
