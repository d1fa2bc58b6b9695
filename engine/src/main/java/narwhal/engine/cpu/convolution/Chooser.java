package narwhal.engine.cpu.convolution;

import java.util.Comparator;
import java.util.stream.Stream;
import narwhal.engine.cpu.Team;

/// Picks the way to compute a convolution: a pure function of its [Geometry], so that a training run takes the same way
/// every time and on every machine.
///
/// The cost of a way is counted as in A. Zlateski, Z. Jia, K. Li, F. Durand, "FFT Convolutions are Faster than Winograd on
/// Modern CPUs, Here is Why" (arXiv 1809.07851): arithmetic of each stage by the rate it is done at. Rates are relative to
/// the matrix product's and were measured once; they are constants, not a look at the machine.
public final class Chooser {
    /// Transforms move as many numbers as they compute.
    private static final double TRANSFORM_RATE = 0.2;
    /// Products at one frequency, relative to a large matrix product.
    private static final double SPECTRAL_RATE = 0.9;
    /// The kernel's spectrum, a transform for each pair of channels, is written in small pieces far apart.
    private static final double KERNEL_RATE = 0.15;
    /// The im2col matrix is written and read once: additions and multiplications that would have taken as long, per float
    /// and per row of taps, which is copied at once.
    private static final double GATHERED = 20;
    private static final double GATHERED_ROW = 2000;

    private Chooser() {
    }

    /// A way to compute a convolution.
    public sealed interface Way {
        /// The worker for a geometry.
        Convolution of(Geometry g, Team team);
    }

    /// [Im2ColConvolution].
    public record Im2Col() implements Way {
        @Override
        public Convolution of(Geometry g, Team team) {
            return new Im2ColConvolution(g, team);
        }
    }

    /// [FftConvolution].
    ///
    /// @param tileHeight points of the vertical transform
    /// @param tileWidth points of the horizontal transform
    public record Fft(int tileHeight, int tileWidth) implements Way {
        @Override
        public Convolution of(Geometry g, Team team) {
            return new FftConvolution(g, team, tileHeight, tileWidth);
        }
    }

    /// The cheapest way by [#cost]; of equal ones the first in a fixed order.
    public static Way choose(Geometry g) {
        return ways(g).min(Comparator.comparingDouble(way -> cost(way, g))).orElseThrow();
    }

    /// Whether two convolutions cost less as a [ConvolutionPair].
    public static boolean pays(PairGeometry pair) {
        if (!pair.isSimple()) return false;
        double together = cheapest(pair.composed()) + ConvolutionPair.extraFlops(pair);
        return together < cheapest(pair.first()) + cheapest(pair.second());
    }

    private static double cheapest(Geometry g) {
        return cost(choose(g), g);
    }

    /// The ways that can compute a convolution.
    static Stream<Way> ways(Geometry g) {
        Stream<Way> plain = Stream.of(new Im2Col());
        if (!FftConvolution.supports(g) || g.kernelHeight() * g.kernelWidth() == 1) return plain;
        return Stream.concat(plain,
                Fourier.LENGTHS.stream().filter(length -> length >= g.kernelHeight())
                        .flatMap(height -> Fourier.LENGTHS.stream().filter(length -> length >= g.kernelWidth())
                                .map(width -> new Fft(height, width))));
    }

    /// Cost of the forward pass; the gradients cost about twice that in either way.
    static double cost(Way way, Geometry g) {
        return switch (way) {
            case Im2Col i -> im2col(g);
            case Fft tiles -> fft(g, tiles.tileHeight(), tiles.tileWidth());
        };
    }

    private static double im2col(Geometry g) {
        double pixels = (double) g.batch() * g.outputHeight() * g.outputWidth();
        double rows = pixels * g.kernelHeight();
        return g.flops() + GATHERED * rows * g.kernelWidth() * g.inputs() + GATHERED_ROW * rows;
    }

    private static double fft(Geometry g, int height, int width) {
        var tiling = Tiling.forward(g, height, width);
        double pairs = tiling.pairs();
        double cells = (double) height * width;
        var layout = Layout.WIDEST;
        double channels = layout.packed(g.inputs()) + layout.padded(g.outputs());
        double kernels = (double) layout.padded(g.inputs()) * layout.padded(g.outputs());
        double transform = 5 * cells * Math.log(cells) / Math.log(2);
        double transforms = pairs * channels * transform / TRANSFORM_RATE;
        double products = 8 * pairs * cells * g.inputs() * layout.padded(g.outputs()) / SPECTRAL_RATE;
        // The last of an odd number of blocks leaves every second thread without work.
        int blocks = tiling.blocks();
        double idle = (blocks + blocks % 2) / (double) blocks;
        // The kernel's spectrum is made once, half of it.
        return (transforms + products) * idle + kernels * transform / 2 / KERNEL_RATE;
    }
}
