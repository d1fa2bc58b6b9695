package narwhal.engine.cpu;

import narwhal.engine.cpu.convolution.Convolution;
import narwhal.engine.cpu.convolution.DepthwiseConvolution;
import narwhal.engine.cpu.convolution.Geometry;

/// Kernels that multiply and add over an inner index: matrix products and convolutions.
interface Products {
    /// y = a · b for row-major matrices, either of which may be stored transposed.
    ///
    /// @param rows of y
    /// @param inner extent that is summed over
    /// @param columns of y
    void matmul(float[] a, boolean transposeA, float[] b, boolean transposeB, float[] y, int rows, int inner,
            int columns);

    /// The convolution of a geometry, to be kept and used for every batch of that geometry.
    Convolution convolution(Geometry geometry);

    /// Convolution channel by channel.
    DepthwiseConvolution depthwise();
}
