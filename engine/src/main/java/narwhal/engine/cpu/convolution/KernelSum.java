package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import narwhal.engine.cpu.Scratch;
import narwhal.engine.cpu.Sums;
import narwhal.engine.cpu.Team;

/// The gradient of a kernel while it is summed over tiles in the frequency domain, in a fixed number of ranges that are
/// added in order: horizontal frequencies 0 … N/2, all vertical frequencies, input channel, output channel.
final class KernelSum {
    /// There are as many ranges as this many numbers hold, within bounds: more share the work among more threads.
    private static final int FLOATS = 2 << 20;
    private static final int LEAST_RANGES = 4;
    private static final int MOST_RANGES = 8;

    private final Geometry g;
    private final Team team;
    private final Fourier fourierY;
    private final Fourier fourierX;
    private final int outputs;
    /// Input channels, filled up to whole rows of the product.
    private final int rows;
    private final int size;
    private final Complex[] sums;
    /// For each range, a few rows of sums at one frequency.
    private final Complex[] products;
    private final Scratch<Plane> planes;

    /// @param blocks of tiles; there are no more ranges than that
    KernelSum(Geometry g, Team team, Fourier fourierY, Fourier fourierX, int blocks) {
        this.g = g;
        this.team = team;
        this.fourierY = fourierY;
        this.fourierX = fourierX;
        outputs = Layout.HERE.padded(g.outputs());
        rows = Math.ceilDiv(g.inputs(), SpectralProducts.ROWS) * SpectralProducts.ROWS;
        size = (fourierX.length() / 2 + 1) * fourierY.length() * rows * outputs;
        int widest = size / outputs * Layout.WIDEST.padded(g.outputs());
        sums = new Complex[Math.min(blocks, Math.clamp(FLOATS / widest, LEAST_RANGES, MOST_RANGES))];
        products = new Complex[sums.length];
        planes = new Scratch<>(() -> new Plane(fourierY.length(), fourierX.length(), outputs));
    }

    private static final class Plane {
        final Complex line;
        final Complex columns;
        final Complex middle;

        Plane(int height, int width, int channels) {
            line = Complex.of(width * channels);
            columns = Complex.of(width * height * channels);
            middle = Complex.of(Math.max(height, width) * channels);
        }
    }

    int ranges() {
        return sums.length;
    }

    /// Begins one range.
    void clear(int range) {
        if (sums[range] == null) {
            sums[range] = Complex.of(size);
            products[range] = Complex.of(SpectralProducts.ROWS * outputs);
        }
        Arrays.fill(sums[range].re(), 0);
        Arrays.fill(sums[range].im(), 0);
    }

    /// Adds S(f) + conj(S(−f)), S = X · conj(dY), at all vertical frequencies of a horizontal one.
    ///
    /// @param slices spectra of x and dy at each vertical frequency, the pairs at −f as s(X(−f)) and s(dY(−f)) after those
    ///     at f: s(X) · conj(s(dY)) is conj(X · conj(dY)), so that one sum serves both
    /// @param stride slices from one vertical frequency to the next
    /// @param inputs channels of a slice of x
    void add(int range, int u, int slices, int stride, Complex x, int inputs, Complex dy) {
        int height = fourierY.length();
        var sum = sums[range];
        for (int v = 0; v < height; v++) {
            SpectralProducts.accumulate(rows, slices, outputs, x.re(), x.im(), v * stride * inputs, inputs, dy.re(),
                    dy.im(), v * stride * outputs, sum.re(), sum.im(), (u * height + v) * rows * outputs,
                    products[range]);
        }
    }

    /// Adds the ranges and transforms the sum back.
    void write(float[] dkernel) {
        int plane = size / (fourierX.length() / 2 + 1);
        team.run(fourierX.length() / 2 + 1, u -> {
            int at = Complex.START + u * plane;
            for (int range = 1; range < sums.length; range++) {
                Sums.add(sums[range].re(), at, sums[0].re(), at, plane);
                Sums.add(sums[range].im(), at, sums[0].im(), at, plane);
            }
        });
        team.run(g.inputs(), c -> write(c, dkernel));
    }

    /// One input channel. The sum over u > N/2 is the conjugate of that over u < N/2 and already added: the real part of
    /// half a transform is the whole.
    private void write(int c, float[] dkernel) {
        var s = planes.take();
        int height = fourierY.length();
        int width = fourierX.length();
        int stride = rows * outputs;
        for (int u = 0; u <= width / 2; u++) {
            fourierY.transform(sums[0].im(), u * height * stride + c * outputs, sums[0].re(),
                    u * height * stride + c * outputs, stride, s.columns.im(), s.columns.re(), u * height * outputs,
                    outputs, outputs, s.middle.re(), s.middle.im());
        }
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            fourierX.transform(s.columns.im(), ky * outputs, s.columns.re(), ky * outputs, height * outputs,
                    s.line.im(), s.line.re(), 0, outputs, outputs, s.middle.re(), s.middle.im());
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                int to = ((ky * g.kernelWidth() + kx) * g.inputs() + c) * g.outputs();
                scale(s.line.re(), Complex.START + kx * outputs, g.outputs(), 1f / (width * height), dkernel, to);
            }
        }
        planes.giveBack(s);
    }

    private static void scale(float[] from, int at, int count, float factor, float[] to, int out) {
        for (int o = 0; o < count; o++) to[out + o] = from[at + o] * factor;
    }
}
