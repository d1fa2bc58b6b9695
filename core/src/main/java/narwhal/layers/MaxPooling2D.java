package narwhal.layers;

import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Window;

/// The largest element of each window, channel by channel. Padded cells never win.
///
/// Source: `keras/src/layers/pooling/base_pooling.py` of Keras 3.
///
/// @param window size, strides and padding
public record MaxPooling2D(Window window) implements Layer {
    /// Pixels from one window to the next, in both directions; the window's size unless said.
    public MaxPooling2D strides(int strides) {
        return strides(strides, strides);
    }

    /// Rows and columns from one window to the next.
    public MaxPooling2D strides(int y, int x) {
        return new MaxPooling2D(window.strides(y, x));
    }

    /// What happens at the border; valid unless said, which drops the last row or column of an odd extent.
    public MaxPooling2D padding(Padding padding) {
        return new MaxPooling2D(window.padding(padding));
    }

    @Override
    public Shape outputShape(Shape input) {
        return Checks.slide(input, window, input.last());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        return new Chain.MaxPooling(window);
    }
}
