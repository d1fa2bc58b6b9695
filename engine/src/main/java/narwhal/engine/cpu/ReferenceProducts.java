package narwhal.engine.cpu;

import java.util.Optional;
import narwhal.engine.cpu.convolution.Convolution;
import narwhal.engine.cpu.convolution.ConvolutionPair;
import narwhal.engine.cpu.convolution.DepthwiseConvolution;
import narwhal.engine.cpu.convolution.Geometry;
import narwhal.engine.cpu.convolution.PairGeometry;
import narwhal.engine.cpu.convolution.ReferenceConvolution;

/// [Products] by their definitions.
final class ReferenceProducts implements Products {
    private final DepthwiseConvolution depthwise;

    ReferenceProducts(Team team) {
        this.depthwise = new DepthwiseConvolution(team);
    }

    @Override
    public void matmul(float[] a, boolean transposeA, float[] b, boolean transposeB, float[] y, int rows, int inner,
            int columns) {
        for (int i = 0; i < rows; i++) {
            for (int j = 0; j < columns; j++) {
                float sum = 0;
                for (int k = 0; k < inner; k++) {
                    sum = Math.fma(a[transposeA ? k * rows + i : i * inner + k],
                            b[transposeB ? j * inner + k : k * columns + j], sum);
                }
                y[i * columns + j] = sum;
            }
        }
    }

    @Override
    public Convolution convolution(Geometry geometry) {
        return new ReferenceConvolution(geometry);
    }

    @Override
    public Optional<ConvolutionPair> pair(PairGeometry geometry) {
        return Optional.empty();
    }

    @Override
    public DepthwiseConvolution depthwise() {
        return depthwise;
    }
}
