package narwhal.engine;

/// What happens at the border of a picture, in Keras' two words. Source of the arithmetic: `keras/utils/conv_utils.py` of
/// Keras 2.2.4 and TensorFlow's SAME and VALID.
public enum Padding {
    /// No padding: a window lies wholly inside the picture.
    VALID,
    /// As much padding as gives ⌈n / stride⌉ outputs; an odd cell goes to the end (bottom or right).
    SAME;

    /// Number of outputs along one axis; 0 or less where the window does not fit.
    ///
    /// @param n extent of the input
    /// @param window extent of the window, dilation included
    /// @param stride at least 1
    public int outputs(int n, int window, int stride) {
        return switch (this) {
            case VALID -> Math.floorDiv(n - window, stride) + 1;
            case SAME -> Math.ceilDiv(n, stride);
        };
    }

    /// Number of padded cells in front of the first input along one axis.
    ///
    /// @param n extent of the input
    /// @param window extent of the window, dilation included
    /// @param stride at least 1
    public int before(int n, int window, int stride) {
        return switch (this) {
            case VALID -> 0;
            case SAME -> Math.max((outputs(n, window, stride) - 1) * stride + window - n, 0) / 2;
        };
    }
}
