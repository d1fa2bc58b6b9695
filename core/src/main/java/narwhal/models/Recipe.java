package narwhal.models;

import java.util.List;

/// How a picture becomes the input of a model, and what its outputs mean. It travels with the model, so that prediction
/// never guesses.
///
/// @param classNames in the order of their numbers
/// @param height of the resized picture in pixels
/// @param width of the resized picture in pixels
/// @param grayscale one channel instead of red, green and blue
/// @param interpolation how pictures are resized: `nearest` or `bilinear`
/// @param rescale factor on the pixels 0 … 255
/// @param samplewiseCenter whether each picture's mean is taken away
/// @param samplewiseStdNormalization whether each picture is divided by its standard deviation
/// @param featurewiseMean of each channel over the training pictures, taken away; empty for none
/// @param featurewiseStd of each channel over the training pictures, divided by; empty for none
public record Recipe(List<String> classNames, int height, int width, boolean grayscale, String interpolation,
        double rescale, boolean samplewiseCenter, boolean samplewiseStdNormalization, List<Float> featurewiseMean,
        List<Float> featurewiseStd) {
    public Recipe {
        classNames = List.copyOf(classNames);
        featurewiseMean = List.copyOf(featurewiseMean);
        featurewiseStd = List.copyOf(featurewiseStd);
    }

    /// Pictures that are scaled and nothing else.
    public Recipe(List<String> classNames, int height, int width, boolean grayscale, String interpolation,
            double rescale) {
        this(classNames, height, width, grayscale, interpolation, rescale, false, false, List.of(), List.of());
    }
}
