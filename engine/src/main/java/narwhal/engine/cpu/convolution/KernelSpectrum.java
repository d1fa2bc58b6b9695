package narwhal.engine.cpu.convolution;

import java.util.ArrayDeque;
import java.util.Arrays;
import narwhal.engine.cpu.Scratch;
import narwhal.engine.cpu.Team;

/// The Fourier transform of a kernel, divided by the number of cells of a tile: horizontal frequencies 0 … N/2, all
/// vertical frequencies, inner channel, lane channel.
///
/// The spectra of the last kernels are kept and used again for equal kernels, as in prediction: with few pictures they take
/// half the time. A geometry whose gradients were asked for is being trained: its kernels change and only one is kept.
final class KernelSpectrum {
    private final Geometry g;
    private final Team team;
    private final Fourier fourierY;
    private final Fourier fourierX;
    private final int inputs;
    private final int outputs;
    private final int size;
    private final ArrayDeque<Kept> kept = new ArrayDeque<>();
    private int most = 2;
    private final Scratch<Plane> planes;
    private float[] transposed = {};

    KernelSpectrum(Geometry g, Team team, Fourier fourierY, Fourier fourierX) {
        this.g = g;
        this.team = team;
        this.fourierY = fourierY;
        this.fourierX = fourierX;
        inputs = Layout.HERE.padded(g.inputs());
        outputs = Layout.HERE.padded(g.outputs());
        int cells = (fourierX.length() / 2 + 1) * fourierY.length();
        size = Math.multiplyExact(cells, Math.max(g.inputs() * outputs, g.outputs() * inputs));
        planes = new Scratch<>(() -> new Plane(fourierY.length(), fourierX.length(), Math.max(inputs, outputs)));
    }

    /// One inner channel on its way. What lies behind the kernel's last row and column stays zero; that is why forward and
    /// backward, whose lines differ, use the same places only as far as they are written anew.
    private static final class Plane {
        final Complex line;
        final Complex rows;
        final Complex middle;

        Plane(int height, int width, int channels) {
            line = Complex.of(width * channels);
            rows = Complex.of(width * height * channels);
            middle = Complex.of(Math.max(height, width) * channels);
        }
    }

    private final class Kept {
        final float[] kernel = new float[g.kernelSize()];
        final Complex values = Complex.of(size);
        /// Whether the values are those of `kernel`, not of a backward pass.
        boolean forward;

        boolean isOf(float[] other) {
            return forward && Kernels.equal(team, kernel, other);
        }
    }

    /// The spectrum that was transformed last.
    Complex values() {
        return kept.getFirst().values;
    }

    /// conj(W) with inner channels the inputs; if `backward` W with inner channels the outputs.
    void transform(float[] kernel, boolean backward) {
        if (!backward && isKept(kernel)) return;
        if (backward) most = 1;
        while (kept.size() > most) kept.removeLast();
        var next = kept.size() == most ? kept.removeLast() : new Kept();
        next.forward = false;
        kept.addFirst(next);
        var values = next.values;
        if (!backward) {
            System.arraycopy(kernel, 0, next.kernel, 0, next.kernel.length);
            team.run(g.inputs(), c -> transform(kernel, c, g.inputs(), g.outputs(), true, values));
            next.forward = true;
            return;
        }
        if (transposed.length == 0) transposed = new float[g.kernelSize()];
        var swapped = transposed;
        team.run(g.kernelHeight() * g.kernelWidth(), tap -> transpose(kernel, tap, swapped));
        team.run(g.outputs(), o -> transform(swapped, o, g.outputs(), g.inputs(), false, values));
    }

    /// Looks for a kernel among the last ones and brings its spectrum to the front.
    private boolean isKept(float[] kernel) {
        for (var one : kept) {
            if (!one.isOf(kernel)) continue;
            kept.remove(one);
            kept.addFirst(one);
            return true;
        }
        return false;
    }

    private void transpose(float[] kernel, int tap, float[] to) {
        int base = tap * g.inputs() * g.outputs();
        for (int c = 0; c < g.inputs(); c++) {
            for (int o = 0; o < g.outputs(); o++) to[base + o * g.inputs() + c] = kernel[base + c * g.outputs() + o];
        }
    }

    private void transform(float[] kernel, int k, int inner, int channels, boolean conjugate,
            Complex values) {
        var s = planes.take();
        int padded = Layout.HERE.padded(channels);
        int width = fourierX.length();
        int height = fourierY.length();
        Arrays.fill(s.line.re(), 0);
        Arrays.fill(s.rows.re(), 0);
        Arrays.fill(s.rows.im(), 0);
        for (int ky = 0; ky < g.kernelHeight(); ky++) {
            for (int kx = 0; kx < g.kernelWidth(); kx++) {
                int from = ((ky * g.kernelWidth() + kx) * inner + k) * channels;
                scale(kernel, from, channels, 1f / (width * height), s.line.re(), Complex.START + kx * padded);
            }
            transform(fourierX, s.line, 0, padded, s.rows, ky * padded, height * padded, padded, s, conjugate);
        }
        for (int u = 0; u <= width / 2; u++) {
            transform(fourierY, s.rows, u * height * padded, padded, values, (u * height * inner + k) * padded,
                    inner * padded, padded, s, conjugate);
        }
        planes.giveBack(s);
    }

    private static void scale(float[] from, int at, int count, float factor, float[] to, int out) {
        for (int c = 0; c < count; c++) to[out + c] = from[at + c] * factor;
    }

    /// The conjugate of a real kernel's spectrum is its inverse transform: the arrays exchanged.
    private static void transform(Fourier fourier, Complex from, int at, int stride, Complex to, int out, int outStride,
            int count, Plane s, boolean conjugate) {
        var m = s.middle;
        if (conjugate) {
            fourier.transform(from.im(), at, from.re(), at, stride, to.im(), to.re(), out, outStride, count,
                    m.re(), m.im());
        } else {
            fourier.transform(from.re(), at, from.im(), at, stride, to.re(), to.im(), out, outStride, count,
                    m.re(), m.im());
        }
    }
}
