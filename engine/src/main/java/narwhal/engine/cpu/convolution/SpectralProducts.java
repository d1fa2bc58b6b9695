package narwhal.engine.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import narwhal.engine.cpu.Sums;

/// Complex matrix products at one frequency: what a convolution becomes between its Fourier transforms.
///
/// Real and imaginary parts lie in arrays of their own; rows are tiles (or input channels), lanes are output channels. A
/// kernel keeps 4 rows × 1 or 2 vectors of complex sums in registers: with 2 vectors 16 sums, for 32 registers; with 1
/// vector 8 sums, for the 16 registers of AVX2. The order of a sum is that of its inner index in both.
///
/// The product with the conjugate comes free: with s(a + ib) = b + ia = i · conj(a + ib),
///
///     s(X · conj(W)) = s(X) · W,
///
/// so the caller exchanges the real and imaginary arrays of X and of the result.
final class SpectralProducts {
    private static final VectorSpecies<Float> SPECIES = Butterflies.SPECIES;
    private static final int LANES = SPECIES.length();
    /// AVX2 has 16 registers; AVX-512 and NEON have 32.
    private static final boolean WIDE = SPECIES.vectorBitSize() != 256;
    /// Rows of the result that are computed together.
    static final int ROWS = 4;

    private SpectralProducts() {
    }

    /// Y = X · W, where X is rows × inner, W is inner × columns, all in arrays of [Complex].
    ///
    /// @param rows a multiple of [#ROWS]
    /// @param columns a multiple of the lanes; also the distance of rows of W and Y
    /// @param xo number of the first element of X; its rows are `xRow` apart
    static void multiply(int rows, int inner, int columns, float[] xRe, float[] xIm, int xo, int xRow, float[] wRe,
            float[] wIm, int wo, float[] yRe, float[] yIm, int yo) {
        int x = Complex.START + xo;
        int w = Complex.START + wo;
        int y = Complex.START + yo;
        int j = 0;
        if (WIDE) {
            for (; j + 2 * LANES <= columns; j += 2 * LANES) {
                for (int i = 0; i < rows; i += ROWS) {
                    wide(inner, columns, xRe, xIm, x + i * xRow, xRow, wRe, wIm, w + j, yRe, yIm, y + i * columns + j);
                }
            }
        }
        for (; j < columns; j += LANES) {
            for (int i = 0; i < rows; i += ROWS) {
                narrow(inner, columns, xRe, xIm, x + i * xRow, xRow, wRe, wIm, w + j, yRe, yIm, y + i * columns + j);
            }
        }
    }

    private static FloatVector at(float[] values, int index) {
        return FloatVector.fromArray(SPECIES, values, index);
    }

    private static FloatVector all(float[] values, int index) {
        return FloatVector.broadcast(SPECIES, values[index]);
    }

    private static void wide(int inner, int columns, float[] xRe, float[] xIm, int x0, int xRow, float[] wRe,
            float[] wIm, int wo, float[] yRe, float[] yIm, int yo) {
        int x1 = x0 + xRow;
        int x2 = x1 + xRow;
        int x3 = x2 + xRow;
        var zero = FloatVector.zero(SPECIES);
        var r00 = zero;
        var r01 = zero;
        var i00 = zero;
        var i01 = zero;
        var r10 = zero;
        var r11 = zero;
        var i10 = zero;
        var i11 = zero;
        var r20 = zero;
        var r21 = zero;
        var i20 = zero;
        var i21 = zero;
        var r30 = zero;
        var r31 = zero;
        var i30 = zero;
        var i31 = zero;
        for (int k = 0; k < inner; k++) {
            var w0r = at(wRe, wo);
            var w1r = at(wRe, wo + LANES);
            var w0i = at(wIm, wo);
            var w1i = at(wIm, wo + LANES);
            var n0i = w0i.neg();
            var n1i = w1i.neg();
            var a = all(xRe, x0 + k);
            var b = all(xIm, x0 + k);
            r00 = b.fma(n0i, a.fma(w0r, r00));
            i00 = b.fma(w0r, a.fma(w0i, i00));
            r01 = b.fma(n1i, a.fma(w1r, r01));
            i01 = b.fma(w1r, a.fma(w1i, i01));
            a = all(xRe, x1 + k);
            b = all(xIm, x1 + k);
            r10 = b.fma(n0i, a.fma(w0r, r10));
            i10 = b.fma(w0r, a.fma(w0i, i10));
            r11 = b.fma(n1i, a.fma(w1r, r11));
            i11 = b.fma(w1r, a.fma(w1i, i11));
            a = all(xRe, x2 + k);
            b = all(xIm, x2 + k);
            r20 = b.fma(n0i, a.fma(w0r, r20));
            i20 = b.fma(w0r, a.fma(w0i, i20));
            r21 = b.fma(n1i, a.fma(w1r, r21));
            i21 = b.fma(w1r, a.fma(w1i, i21));
            a = all(xRe, x3 + k);
            b = all(xIm, x3 + k);
            r30 = b.fma(n0i, a.fma(w0r, r30));
            i30 = b.fma(w0r, a.fma(w0i, i30));
            r31 = b.fma(n1i, a.fma(w1r, r31));
            i31 = b.fma(w1r, a.fma(w1i, i31));
            wo += columns;
        }
        r00.intoArray(yRe, yo);
        r01.intoArray(yRe, yo + LANES);
        i00.intoArray(yIm, yo);
        i01.intoArray(yIm, yo + LANES);
        yo += columns;
        r10.intoArray(yRe, yo);
        r11.intoArray(yRe, yo + LANES);
        i10.intoArray(yIm, yo);
        i11.intoArray(yIm, yo + LANES);
        yo += columns;
        r20.intoArray(yRe, yo);
        r21.intoArray(yRe, yo + LANES);
        i20.intoArray(yIm, yo);
        i21.intoArray(yIm, yo + LANES);
        yo += columns;
        r30.intoArray(yRe, yo);
        r31.intoArray(yRe, yo + LANES);
        i30.intoArray(yIm, yo);
        i31.intoArray(yIm, yo + LANES);
    }

    private static void narrow(int inner, int columns, float[] xRe, float[] xIm, int x0, int xRow, float[] wRe,
            float[] wIm, int wo, float[] yRe, float[] yIm, int yo) {
        int x1 = x0 + xRow;
        int x2 = x1 + xRow;
        int x3 = x2 + xRow;
        var zero = FloatVector.zero(SPECIES);
        var r0 = zero;
        var i0 = zero;
        var r1 = zero;
        var i1 = zero;
        var r2 = zero;
        var i2 = zero;
        var r3 = zero;
        var i3 = zero;
        for (int k = 0; k < inner; k++) {
            var wr = at(wRe, wo);
            var wi = at(wIm, wo);
            var ni = wi.neg();
            var a = all(xRe, x0 + k);
            var b = all(xIm, x0 + k);
            r0 = b.fma(ni, a.fma(wr, r0));
            i0 = b.fma(wr, a.fma(wi, i0));
            a = all(xRe, x1 + k);
            b = all(xIm, x1 + k);
            r1 = b.fma(ni, a.fma(wr, r1));
            i1 = b.fma(wr, a.fma(wi, i1));
            a = all(xRe, x2 + k);
            b = all(xIm, x2 + k);
            r2 = b.fma(ni, a.fma(wr, r2));
            i2 = b.fma(wr, a.fma(wi, i2));
            a = all(xRe, x3 + k);
            b = all(xIm, x3 + k);
            r3 = b.fma(ni, a.fma(wr, r3));
            i3 = b.fma(wr, a.fma(wi, i3));
            wo += columns;
        }
        r0.intoArray(yRe, yo);
        i0.intoArray(yIm, yo);
        yo += columns;
        r1.intoArray(yRe, yo);
        i1.intoArray(yIm, yo);
        yo += columns;
        r2.intoArray(yRe, yo);
        i2.intoArray(yIm, yo);
        yo += columns;
        r3.intoArray(yRe, yo);
        i3.intoArray(yIm, yo);
    }

    /// G += Xᵀ · conj(D), where X is inner × rows and D is inner × columns, all in arrays of [Complex]: rows of G are input
    /// channels, the inner index counts tiles.
    ///
    /// Exchanging the real and imaginary arrays of both X and D adds the conjugate instead.
    ///
    /// @param rows a multiple of [#ROWS]; elements of a row of X are adjacent, its rows `xRow` apart
    /// @param columns a multiple of the lanes; also the distance of rows of D and G
    /// @param sums [#ROWS] rows of `columns` numbers to work in
    static void accumulate(int rows, int inner, int columns, float[] xRe, float[] xIm, int xo, int xRow, float[] dRe,
            float[] dIm, int dO, float[] gRe, float[] gIm, int go, Complex sums) {
        int d = Complex.START + dO;
        for (int i = 0; i < rows; i += ROWS) {
            int x = Complex.START + xo + i;
            int j = 0;
            if (WIDE) {
                for (; j + 2 * LANES <= columns; j += 2 * LANES) {
                    wideSum(inner, columns, xRe, xIm, x, xRow, dRe, dIm, d + j, sums.re(), sums.im(),
                            Complex.START + j);
                }
            }
            for (; j < columns; j += LANES) {
                narrowSum(inner, columns, xRe, xIm, x, xRow, dRe, dIm, d + j, sums.re(), sums.im(), Complex.START + j);
            }
            int g = Complex.START + go + i * columns;
            // A kernel that adds its sums to memory itself would be given up by the compiler, which then allocates them.
            Sums.add(sums.re(), Complex.START, gRe, g, ROWS * columns);
            Sums.add(sums.im(), Complex.START, gIm, g, ROWS * columns);
        }
    }

    private static void wideSum(int inner, int columns, float[] xRe, float[] xIm, int x, int xRow, float[] dRe,
            float[] dIm, int d, float[] yRe, float[] yIm, int yo) {
        var zero = FloatVector.zero(SPECIES);
        var r00 = zero;
        var i00 = zero;
        var r01 = zero;
        var i01 = zero;
        var r10 = zero;
        var i10 = zero;
        var r11 = zero;
        var i11 = zero;
        var r20 = zero;
        var i20 = zero;
        var r21 = zero;
        var i21 = zero;
        var r30 = zero;
        var i30 = zero;
        var r31 = zero;
        var i31 = zero;
        for (int k = 0; k < inner; k++) {
            var d0r = at(dRe, d);
            var d1r = at(dRe, d + LANES);
            var d0i = at(dIm, d);
            var d1i = at(dIm, d + LANES);
            var n0i = d0i.neg();
            var n1i = d1i.neg();
            var a = all(xRe, x);
            var b = all(xIm, x);
            r00 = b.fma(d0i, a.fma(d0r, r00));
            i00 = b.fma(d0r, a.fma(n0i, i00));
            r01 = b.fma(d1i, a.fma(d1r, r01));
            i01 = b.fma(d1r, a.fma(n1i, i01));
            a = all(xRe, x + 1);
            b = all(xIm, x + 1);
            r10 = b.fma(d0i, a.fma(d0r, r10));
            i10 = b.fma(d0r, a.fma(n0i, i10));
            r11 = b.fma(d1i, a.fma(d1r, r11));
            i11 = b.fma(d1r, a.fma(n1i, i11));
            a = all(xRe, x + 2);
            b = all(xIm, x + 2);
            r20 = b.fma(d0i, a.fma(d0r, r20));
            i20 = b.fma(d0r, a.fma(n0i, i20));
            r21 = b.fma(d1i, a.fma(d1r, r21));
            i21 = b.fma(d1r, a.fma(n1i, i21));
            a = all(xRe, x + 3);
            b = all(xIm, x + 3);
            r30 = b.fma(d0i, a.fma(d0r, r30));
            i30 = b.fma(d0r, a.fma(n0i, i30));
            r31 = b.fma(d1i, a.fma(d1r, r31));
            i31 = b.fma(d1r, a.fma(n1i, i31));
            x += xRow;
            d += columns;
        }
        r00.intoArray(yRe, yo);
        i00.intoArray(yIm, yo);
        r01.intoArray(yRe, yo + LANES);
        i01.intoArray(yIm, yo + LANES);
        yo += columns;
        r10.intoArray(yRe, yo);
        i10.intoArray(yIm, yo);
        r11.intoArray(yRe, yo + LANES);
        i11.intoArray(yIm, yo + LANES);
        yo += columns;
        r20.intoArray(yRe, yo);
        i20.intoArray(yIm, yo);
        r21.intoArray(yRe, yo + LANES);
        i21.intoArray(yIm, yo + LANES);
        yo += columns;
        r30.intoArray(yRe, yo);
        i30.intoArray(yIm, yo);
        r31.intoArray(yRe, yo + LANES);
        i31.intoArray(yIm, yo + LANES);
    }

    private static void narrowSum(int inner, int columns, float[] xRe, float[] xIm, int x, int xRow, float[] dRe,
            float[] dIm, int d, float[] yRe, float[] yIm, int yo) {
        var zero = FloatVector.zero(SPECIES);
        var r0 = zero;
        var i0 = zero;
        var r1 = zero;
        var i1 = zero;
        var r2 = zero;
        var i2 = zero;
        var r3 = zero;
        var i3 = zero;
        for (int k = 0; k < inner; k++) {
            var dr = at(dRe, d);
            var di = at(dIm, d);
            var ni = di.neg();
            var a = all(xRe, x);
            var b = all(xIm, x);
            r0 = b.fma(di, a.fma(dr, r0));
            i0 = b.fma(dr, a.fma(ni, i0));
            a = all(xRe, x + 1);
            b = all(xIm, x + 1);
            r1 = b.fma(di, a.fma(dr, r1));
            i1 = b.fma(dr, a.fma(ni, i1));
            a = all(xRe, x + 2);
            b = all(xIm, x + 2);
            r2 = b.fma(di, a.fma(dr, r2));
            i2 = b.fma(dr, a.fma(ni, i2));
            a = all(xRe, x + 3);
            b = all(xIm, x + 3);
            r3 = b.fma(di, a.fma(dr, r3));
            i3 = b.fma(dr, a.fma(ni, i3));
            x += xRow;
            d += columns;
        }
        r0.intoArray(yRe, yo);
        i0.intoArray(yIm, yo);
        yo += columns;
        r1.intoArray(yRe, yo);
        i1.intoArray(yIm, yo);
        yo += columns;
        r2.intoArray(yRe, yo);
        i2.intoArray(yIm, yo);
        yo += columns;
        r3.intoArray(yRe, yo);
        i3.intoArray(yIm, yo);
    }
}
