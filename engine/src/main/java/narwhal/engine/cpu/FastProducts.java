package narwhal.engine.cpu;

import java.util.Optional;
import narwhal.engine.cpu.MatrixProduct.Matrix;
import narwhal.engine.cpu.convolution.Chooser;
import narwhal.engine.cpu.convolution.Convolution;
import narwhal.engine.cpu.convolution.ConvolutionPair;
import narwhal.engine.cpu.convolution.CroppedConvolution;
import narwhal.engine.cpu.convolution.DepthwiseConvolution;
import narwhal.engine.cpu.convolution.Geometry;
import narwhal.engine.cpu.convolution.PairGeometry;
import narwhal.engine.cpu.convolution.VectorDepthwise;

/// [Products] with the blocked matrix product and the convolution that suits each geometry.
final class FastProducts implements Products {
    private final Team team;
    private final MatrixProduct product;
    private final DepthwiseConvolution depthwise;

    FastProducts(Team team) {
        this.team = team;
        this.product = new MatrixProduct(team);
        this.depthwise = new VectorDepthwise(team);
    }

    @Override
    public void matmul(float[] a, boolean transposeA, float[] b, boolean transposeB, float[] y, int rows, int inner,
            int columns) {
        product.multiply(rows, columns, inner, matrix(a, transposeA, rows, inner),
                matrix(b, transposeB, inner, columns),
                Matrix.rows(y, 0, columns));
    }

    private static Matrix matrix(float[] values, boolean transposed, int rows, int columns) {
        return transposed ? Matrix.rows(values, 0, rows).transposed() : Matrix.rows(values, 0, columns);
    }

    @Override
    public Convolution convolution(Geometry geometry) {
        var met = geometry.met();
        var convolution = Chooser.choose(met).of(met, team);
        return met.equals(geometry) ? convolution : new CroppedConvolution(geometry, convolution);
    }

    @Override
    public Optional<ConvolutionPair> pair(PairGeometry geometry) {
        return Chooser.pays(geometry) ? Optional.of(new ConvolutionPair(geometry, team)) : Optional.empty();
    }

    @Override
    public DepthwiseConvolution depthwise() {
        return depthwise;
    }
}
