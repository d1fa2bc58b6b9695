package narwhal.data;

/// Keras' `preprocessing_function`: something of the program's own that is done to each picture after augmentation and
/// before scaling. No file can hold it, so models that were trained with one carry no recipe for pictures, and whoever
/// predicts with them prepares the pictures in a program.
///
/// An implementation guarantees that its result depends on nothing but the picture, and that several threads may ask at
/// once.
@FunctionalInterface
public interface PreprocessingFunction {
    /// Changes a picture in place.
    ///
    /// @param pixels height × width × channels numbers in row-major order, on the scale 0 … 255
    void apply(float[] pixels, int height, int width, int channels);
}
