package narwhal.engine.cpu;

import narwhal.engine.Window;

/// Pooling kernels for one picture of a batch. The scalar version is the definition.
interface Pooling {
    /// Where one picture lies and how large it is before and after pooling.
    ///
    /// @param height rows of the input
    /// @param width columns of the input
    /// @param channels of both
    /// @param window the pooling window
    record Plane(int height, int width, int channels, Window window) {
        int rows() {
            return window.rows(height);
        }

        int columns() {
            return window.columns(width);
        }

        int inputSize() {
            return height * width * channels;
        }

        int outputSize() {
            return rows() * columns() * channels;
        }

        /// First input row of the windows in output row `i`; may lie above the picture.
        int top(int i) {
            return i * window.strideY() - window.top(height);
        }

        /// First input column of the windows in output column `j`; may lie left of the picture.
        int left(int j) {
            return j * window.strideX() - window.left(width);
        }
    }

    void max(Plane plane, float[] x, int xAt, float[] y, int yAt);

    void maxGradient(Plane plane, float[] x, int xAt, float[] y, float[] dy, int yAt, float[] dx);

    void average(Plane plane, float[] x, int xAt, float[] y, int yAt);

    void averageGradient(Plane plane, float[] dy, int yAt, float[] dx, int xAt);
}
