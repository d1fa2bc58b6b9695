package narwhal.engine.cpu.convolution;

import narwhal.engine.Padding;

/// The extents of one convolution: everything that decides how it is computed.
///
/// @param batch pictures
/// @param height rows of an input picture
/// @param width columns of an input picture
/// @param inputs channels of an input picture
/// @param outputs channels of an output picture
/// @param kernelHeight rows of the kernel, dilation not included
/// @param kernelWidth columns of the kernel, dilation not included
/// @param strideY rows from one window to the next
/// @param strideX columns from one window to the next
/// @param dilationY rows from one tap of the kernel to the next
/// @param dilationX columns from one tap of the kernel to the next
/// @param padding what happens at the border
public record Geometry(int batch, int height, int width, int inputs, int outputs, int kernelHeight, int kernelWidth,
        int strideY, int strideX, int dilationY, int dilationX, Padding padding) {

    /// @throws IllegalArgumentException if an extent is less than 1 or no window fits the picture
    public Geometry {
        int least = Math.min(Math.min(Math.min(batch, height), Math.min(width, inputs)), outputs);
        least = Math.min(least, Math.min(kernelHeight, kernelWidth));
        least = Math.min(least, Math.min(Math.min(strideY, strideX), Math.min(dilationY, dilationX)));
        if (least < 1) throw new IllegalArgumentException("a convolution's extents are at least 1, got " + least);
        if (padding.outputs(height, (kernelHeight - 1) * dilationY + 1, strideY) < 1
                || padding.outputs(width, (kernelWidth - 1) * dilationX + 1, strideX) < 1) {
            throw new IllegalArgumentException("a " + kernelHeight + "×" + kernelWidth + " window does not fit a "
                    + height + "×" + width + " picture");
        }
    }

    /// Stride 1, no dilation.
    public static Geometry of(int batch, int height, int width, int inputs, int outputs, int kernelHeight,
            int kernelWidth, Padding padding) {
        return new Geometry(batch, height, width, inputs, outputs, kernelHeight, kernelWidth, 1, 1, 1, 1, padding);
    }

    /// The same with the middle of the kernel only, where the rest never meets a picture: an odd kernel with padding `same`
    /// has its middle over each pixel, so it meets 2n − 1 rows of a picture n rows high.
    public Geometry met() {
        if (padding != Padding.SAME || strideY * strideX * dilationY * dilationX != 1) return this;
        int rows = kernelHeight % 2 == 1 ? Math.min(kernelHeight, 2 * height - 1) : kernelHeight;
        int columns = kernelWidth % 2 == 1 ? Math.min(kernelWidth, 2 * width - 1) : kernelWidth;
        return of(batch, height, width, inputs, outputs, rows, columns, padding);
    }

    /// Rows the kernel spans.
    public int windowHeight() {
        return (kernelHeight - 1) * dilationY + 1;
    }

    /// Columns the kernel spans.
    public int windowWidth() {
        return (kernelWidth - 1) * dilationX + 1;
    }

    /// Rows of an output picture.
    public int outputHeight() {
        return padding.outputs(height, windowHeight(), strideY);
    }

    /// Columns of an output picture.
    public int outputWidth() {
        return padding.outputs(width, windowWidth(), strideX);
    }

    /// Padded rows above an input picture.
    public int top() {
        return padding.before(height, windowHeight(), strideY);
    }

    /// Padded columns left of an input picture.
    public int left() {
        return padding.before(width, windowWidth(), strideX);
    }

    /// Floats of all input pictures.
    public int inputSize() {
        return Math.multiplyExact(Math.multiplyExact(batch * height, width), inputs);
    }

    /// Floats of all output pictures.
    public int outputSize() {
        return Math.multiplyExact(Math.multiplyExact(batch * outputHeight(), outputWidth()), outputs);
    }

    /// Floats of the kernel.
    public int kernelSize() {
        return kernelHeight * kernelWidth * inputs * outputs;
    }

    /// Multiplications and additions of a direct convolution, each counted; taps outside the picture count too.
    public double flops() {
        return 2.0 * batch * outputHeight() * outputWidth() * outputs * kernelHeight * kernelWidth * inputs;
    }
}
