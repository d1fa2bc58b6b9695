package narwhal.engine.cpu.convolution;

import narwhal.engine.Padding;

/// Two convolutions, the second of what the first gives.
public record PairGeometry(Geometry first, Geometry second) {
    /// @throws IllegalArgumentException if the second does not take what the first gives
    public PairGeometry {
        if (second.batch() != first.batch() || second.height() != first.outputHeight()
                || second.width() != first.outputWidth() || second.inputs() != first.outputs()) {
            throw new IllegalArgumentException(second + " does not take what " + first + " gives");
        }
    }

    /// Whether a [ConvolutionPair] can compute them: odd kernels and padding `same`, neither strides nor dilation, pictures
    /// that hold the composed kernel. In smaller ones almost all is border, and what is taken off there is larger than what
    /// remains.
    public boolean isSimple() {
        return isSimple(first) && isSimple(second)
                && first.height() >= first.kernelHeight() + second.kernelHeight() - 1
                && first.width() >= first.kernelWidth() + second.kernelWidth() - 1;
    }

    private static boolean isSimple(Geometry g) {
        return FftConvolution.supports(g) && g.padding() == Padding.SAME && g.kernelHeight() % 2 == 1
                && g.kernelWidth() % 2 == 1;
    }

    /// The convolution that a simple pair would be without a border.
    Geometry composed() {
        return Geometry.of(first.batch(), first.height(), first.width(), first.inputs(), second.outputs(),
                first.kernelHeight() + second.kernelHeight() - 1, first.kernelWidth() + second.kernelWidth() - 1,
                Padding.SAME);
    }
}
