package narwhal.engine.cpu.convolution;

import java.util.List;

/// The discrete Fourier transform along one axis, X[k] = Σ x[n] · e^(−2πi·nk/N), of many lines side by side.
///
/// N = A · B in two passes (Cooley and Tukey 1965): with n = B·p + q and k = r + A·s,
///
///     X[r + A·s] = Σq e^(−2πi·qr/N) · e^(−2πi·qs/B) · ( Σp x[B·p + q] · e^(−2πi·pr/A) )
///
/// first B butterflies of A points, then A of B points. Between them the numbers lie in a small array of the caller's.
/// The inverse (without its factor 1/N) is the same with the real and imaginary arrays exchanged on both sides.
final class Fourier {
    /// The lengths there are butterflies for.
    static final List<Integer> LENGTHS = List.of(4, 8, 12, 16, 20, 24, 32, 36, 40, 48);

    private final int length;
    private final int first;
    private final int second;
    /// For each r, each q ≥ 1: cosine and sine of −2π·qr/N.
    private final float[] turns;

    private Fourier(int length) {
        this.length = length;
        this.second = switch (length) {
            case 36, 48 -> 6;
            case 40 -> 5;
            default -> 4;
        };
        this.first = length / second;
        turns = new float[2 * first * (second - 1)];
        for (int r = 0, at = 0; r < first; r++) {
            for (int q = 1; q < second; q++) {
                turns[at++] = (float) Math.cos(-2 * Math.PI * q * r / length);
                turns[at++] = (float) Math.sin(-2 * Math.PI * q * r / length);
            }
        }
    }

    static Fourier of(int length) {
        if (!LENGTHS.contains(length)) throw new IllegalArgumentException("no butterflies for " + length + " points");
        return new Fourier(length);
    }

    int length() {
        return length;
    }

    /// Transforms `count` lines side by side (a multiple of the lanes). All arrays are those of [Complex].
    ///
    /// @param ro number of the first real part of point 0; point n follows at `n · stride`
    /// @param io the same for the imaginary parts
    /// @param oo where point 0 of the result goes, in both arrays; point k follows at `k · outStride`
    /// @param middleRe at least length · count numbers, and so `middleIm`
    void transform(float[] re, int ro, float[] im, int io, int stride, float[] outRe, float[] outIm, int oo,
            int outStride, int count, float[] middleRe, float[] middleIm) {
        int from = Complex.START + ro;
        int fromIm = Complex.START + io;
        int to = Complex.START + oo;
        if (first == 1) {
            Butterflies.four(re, from, im, fromIm, stride, 0, outRe, outIm, to, outStride, 0, 1, count);
            return;
        }
        // Where points lie without gaps, the butterflies side by side are one long row.
        int rows = stride == count ? 1 : second;
        plain(first, re, from, im, fromIm, second * stride, stride, middleRe, middleIm, Complex.START, second * count,
                count, rows, second * count / rows);
        plain(second, middleRe, Complex.START, middleIm, Complex.START, count, 0, outRe, outIm, to, first * outStride,
                0, 1, count);
        turned(middleRe, middleIm, Complex.START + second * count, count, outRe, outIm, to + outStride,
                first * outStride, outStride, first - 1, count);
    }

    private static void plain(int points, float[] re, int ro, float[] im, int io, int stride, int lineStride,
            float[] outRe, float[] outIm, int oo, int outStride, int outLineStride, int lines, int count) {
        switch (points) {
            case 2 -> Butterflies.two(re, ro, im, io, stride, lineStride, outRe, outIm, oo, outStride, outLineStride,
                    lines, count);
            case 3 -> Butterflies.three(re, ro, im, io, stride, lineStride, outRe, outIm, oo, outStride, outLineStride,
                    lines, count);
            case 4 -> Butterflies.four(re, ro, im, io, stride, lineStride, outRe, outIm, oo, outStride, outLineStride,
                    lines, count);
            case 5 -> Butterflies.five(re, ro, im, io, stride, lineStride, outRe, outIm, oo, outStride, outLineStride,
                    lines, count);
            case 6 -> Butterflies.six(re, ro, im, io, stride, lineStride, outRe, outIm, oo, outStride, outLineStride,
                    lines, count);
            case 8 -> Butterflies.eight(re, ro, im, io, stride, lineStride, outRe, outIm, oo, outStride, outLineStride,
                    lines, count);
            default -> throw new IllegalStateException("no butterfly of " + points);
        }
    }

    private void turned(float[] re, float[] im, int at, int stride, float[] outRe, float[] outIm, int oo,
            int outStride, int outLineStride, int lines, int count) {
        int turn = 2 * (second - 1);
        switch (second) {
            case 4 -> Butterflies.turnedFour(re, im, at, stride, turns, turn, outRe, outIm, oo, outStride,
                    outLineStride, lines, count);
            case 5 -> Butterflies.turnedFive(re, im, at, stride, turns, turn, outRe, outIm, oo, outStride,
                    outLineStride, lines, count);
            case 6 -> Butterflies.turnedSix(re, im, at, stride, turns, turn, outRe, outIm, oo, outStride, outLineStride,
                    lines, count);
            default -> throw new IllegalStateException("no butterfly of " + second);
        }
    }
}
