package narwhal.layers;

import narwhal.engine.Padding;
import narwhal.engine.Shape;
import narwhal.engine.Window;

/// The mean of each window, channel by channel. Padded cells do not count.
///
/// Source: `keras/src/layers/pooling/base_pooling.py` of Keras 3.
///
/// @param window size, strides and padding
public record AveragePooling2D(Window window) implements Layer {
    /// Pixels from one window to the next, in both directions; the window's size unless said.
    public AveragePooling2D strides(int strides) {
        return strides(strides, strides);
    }

    /// Rows and columns from one window to the next.
    public AveragePooling2D strides(int y, int x) {
        return new AveragePooling2D(window.strides(y, x));
    }

    /// What happens at the border; valid unless said, which drops the last row or column of an odd extent.
    public AveragePooling2D padding(Padding padding) {
        return new AveragePooling2D(window.padding(padding));
    }

    @Override
    public Shape outputShape(Shape input) {
        return Checks.slide(input, window, input.last());
    }

    @Override
    public Forward build(Builder builder, Shape input) {
        return (x, pass) -> pass.tape().averagePool(x, window);
    }
}
