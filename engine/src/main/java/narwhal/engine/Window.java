package narwhal.engine;

/// The rectangle that a convolution or a pooling slides over a picture.
///
/// @param height rows, at least 1
/// @param width columns, at least 1
/// @param strideY rows from one window to the next, at least 1
/// @param strideX columns from one window to the next, at least 1
/// @param dilationY rows from one cell of the window to the next, at least 1
/// @param dilationX columns from one cell of the window to the next, at least 1
/// @param padding what happens at the border
public record Window(int height, int width, int strideY, int strideX, int dilationY, int dilationX, Padding padding) {
    public Window {
        if (height < 1 || width < 1 || strideY < 1 || strideX < 1 || dilationY < 1 || dilationX < 1) {
            throw new IllegalArgumentException("a window's extents, strides and dilations are at least 1, got " + height
                    + "×" + width + ", strides " + strideY + "×" + strideX + ", dilation " + dilationY + "×"
                    + dilationX);
        }
    }

    /// A window with strides and dilation 1 and no padding.
    public static Window of(int height, int width) {
        return new Window(height, width, 1, 1, 1, 1, Padding.VALID);
    }

    public Window strides(int y, int x) {
        return new Window(height, width, y, x, dilationY, dilationX, padding);
    }

    public Window dilation(int y, int x) {
        return new Window(height, width, strideY, strideX, y, x, padding);
    }

    public Window padding(Padding padding) {
        return new Window(height, width, strideY, strideX, dilationY, dilationX, padding);
    }

    /// Rows from the first to the last cell, inclusive.
    public int reachY() {
        return (height - 1) * dilationY + 1;
    }

    /// Columns from the first to the last cell, inclusive.
    public int reachX() {
        return (width - 1) * dilationX + 1;
    }

    /// Number of windows along the rows of a picture `n` rows high; 0 or less where none fits.
    public int rows(int n) {
        return padding.outputs(n, reachY(), strideY);
    }

    /// Number of windows along the columns of a picture `n` columns wide; 0 or less where none fits.
    public int columns(int n) {
        return padding.outputs(n, reachX(), strideX);
    }

    /// Padded rows above a picture `n` rows high.
    public int top(int n) {
        return padding.before(n, reachY(), strideY);
    }

    /// Padded columns left of a picture `n` columns wide.
    public int left(int n) {
        return padding.before(n, reachX(), strideX);
    }
}
