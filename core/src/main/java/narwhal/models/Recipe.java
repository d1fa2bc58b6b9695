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
public record Recipe(List<String> classNames, int height, int width, boolean grayscale, String interpolation,
        double rescale) {
    public Recipe {
        classNames = List.copyOf(classNames);
    }
}
