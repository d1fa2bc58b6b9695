package narwhal.engine.cpu;

import java.util.Optional;
import narwhal.engine.cpu.convolution.Convolution;
import narwhal.engine.cpu.convolution.ConvolutionPair;
import narwhal.engine.cpu.convolution.DepthwiseConvolution;
import narwhal.engine.cpu.convolution.Geometry;
import narwhal.engine.cpu.convolution.PairGeometry;

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

    /// The pair of convolutions of a geometry, or nothing where the two cost less one after the other.
    Optional<ConvolutionPair> pair(PairGeometry geometry);

    /// Convolution channel by channel.
    DepthwiseConvolution depthwise();
}
