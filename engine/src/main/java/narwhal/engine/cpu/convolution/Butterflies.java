package narwhal.engine.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/// Discrete Fourier transforms of 2 to 8 complex numbers, on many numbers side by side: lanes are channels, so no lane ever
/// needs its neighbour. Real and imaginary parts lie in arrays of their own.
///
/// The forms are the classical ones (J. W. Cooley and J. W. Tukey, "An Algorithm for the Machine Calculation of Complex
/// Fourier Series", 1965; 3 and 5 by S. Winograd's symmetric sums; 6 as 2 × 3 by the prime factor rule of I. J. Good),
/// X[k] = Σ x[n] · e^(−2πi·nk/R).
///
/// One butterfly a method, because the compiler gives up on larger ones: it then allocates every vector. Each method
/// walks over `lines` lines of `count` floats. Point n is read at `ro + n · stride` (imaginary part `io + n · stride`),
/// point k written at `oo + k · outStride`. The `turned` ones multiply point n by the complex number at `w + 2(n − 1)`
/// first.
final class Butterflies {
    static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
    static final int LANES = SPECIES.length();
    private static final float HALF_ROOT_2 = (float) Math.sqrt(0.5);
    private static final float HALF_ROOT_3 = (float) Math.sqrt(0.75);
    private static final float COS_72 = (float) Math.cos(Math.PI * 2 / 5);
    private static final float COS_144 = (float) Math.cos(Math.PI * 4 / 5);
    private static final float SIN_72 = (float) Math.sin(Math.PI * 2 / 5);
    private static final float SIN_144 = (float) Math.sin(Math.PI * 4 / 5);

    private Butterflies() {
    }

    private static FloatVector at(float[] values, int index) {
        return FloatVector.fromArray(SPECIES, values, index);
    }

    static void two(float[] re, int ro, float[] im, int io, int stride, int lineStride, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        for (int l = 0; l < lines; l++) {
            for (int j = 0; j < count; j += LANES) {
                var r0 = at(re, ro + j);
                var i0 = at(im, io + j);
                var r1 = at(re, ro + j + stride);
                var i1 = at(im, io + j + stride);
                r0.add(r1).intoArray(outRe, oo + j);
                i0.add(i1).intoArray(outIm, oo + j);
                r0.sub(r1).intoArray(outRe, oo + j + outStride);
                i0.sub(i1).intoArray(outIm, oo + j + outStride);
            }
            ro += lineStride;
            io += lineStride;
            oo += outLineStride;
        }
    }

    static void three(float[] re, int ro, float[] im, int io, int stride, int lineStride, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        for (int l = 0; l < lines; l++) {
            for (int j = 0; j < count; j += LANES) {
                var r1 = at(re, ro + j + stride);
                var i1 = at(im, io + j + stride);
                var r2 = at(re, ro + j + 2 * stride);
                var i2 = at(im, io + j + 2 * stride);
                var sr = r1.add(r2);
                var si = i1.add(i2);
                var dr = r1.sub(r2).mul(HALF_ROOT_3);
                var di = i1.sub(i2).mul(HALF_ROOT_3);
                var r0 = at(re, ro + j);
                var i0 = at(im, io + j);
                r0.add(sr).intoArray(outRe, oo + j);
                i0.add(si).intoArray(outIm, oo + j);
                var mr = r0.sub(sr.mul(0.5f));
                var mi = i0.sub(si.mul(0.5f));
                mr.add(di).intoArray(outRe, oo + j + outStride);
                mi.sub(dr).intoArray(outIm, oo + j + outStride);
                mr.sub(di).intoArray(outRe, oo + j + 2 * outStride);
                mi.add(dr).intoArray(outIm, oo + j + 2 * outStride);
            }
            ro += lineStride;
            io += lineStride;
            oo += outLineStride;
        }
    }

    static void four(float[] re, int ro, float[] im, int io, int stride, int lineStride, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        for (int l = 0; l < lines; l++) {
            for (int j = 0; j < count; j += LANES) {
                var r0 = at(re, ro + j);
                var r1 = at(re, ro + j + stride);
                var r2 = at(re, ro + j + 2 * stride);
                var r3 = at(re, ro + j + 3 * stride);
                var i0 = at(im, io + j);
                var i1 = at(im, io + j + stride);
                var i2 = at(im, io + j + 2 * stride);
                var i3 = at(im, io + j + 3 * stride);

                var sr = r0.add(r2);
                var si = i0.add(i2);
                var tr = r1.add(r3);
                var ti = i1.add(i3);
                sr.add(tr).intoArray(outRe, oo + j);
                si.add(ti).intoArray(outIm, oo + j);
                sr.sub(tr).intoArray(outRe, oo + j + 2 * outStride);
                si.sub(ti).intoArray(outIm, oo + j + 2 * outStride);
                var ur = r0.sub(r2);
                var ui = i0.sub(i2);
                var vr = r1.sub(r3);
                var vi = i1.sub(i3);
                ur.add(vi).intoArray(outRe, oo + j + outStride);
                ui.sub(vr).intoArray(outIm, oo + j + outStride);
                ur.sub(vi).intoArray(outRe, oo + j + 3 * outStride);
                ui.add(vr).intoArray(outIm, oo + j + 3 * outStride);
            }
            ro += lineStride;
            io += lineStride;
            oo += outLineStride;
        }
    }

    static void turnedFour(float[] re, float[] im, int ro, int stride, float[] w, int wo, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        for (int l = 0; l < lines; l++) {
            var w1r = FloatVector.broadcast(SPECIES, w[wo]);
            var w1i = FloatVector.broadcast(SPECIES, w[wo + 1]);
            var w2r = FloatVector.broadcast(SPECIES, w[wo + 2]);
            var w2i = FloatVector.broadcast(SPECIES, w[wo + 3]);
            var w3r = FloatVector.broadcast(SPECIES, w[wo + 4]);
            var w3i = FloatVector.broadcast(SPECIES, w[wo + 5]);
            for (int j = 0; j < count; j += LANES) {
                var a = at(re, ro + j + stride);
                var b = at(im, ro + j + stride);
                var r1 = a.mul(w1r).sub(b.mul(w1i));
                var i1 = a.fma(w1i, b.mul(w1r));
                a = at(re, ro + j + 2 * stride);
                b = at(im, ro + j + 2 * stride);
                var r2 = a.mul(w2r).sub(b.mul(w2i));
                var i2 = a.fma(w2i, b.mul(w2r));
                a = at(re, ro + j + 3 * stride);
                b = at(im, ro + j + 3 * stride);
                var r3 = a.mul(w3r).sub(b.mul(w3i));
                var i3 = a.fma(w3i, b.mul(w3r));
                var r0 = at(re, ro + j);
                var i0 = at(im, ro + j);
                var sr = r0.add(r2);
                var si = i0.add(i2);
                var tr = r1.add(r3);
                var ti = i1.add(i3);
                sr.add(tr).intoArray(outRe, oo + j);
                si.add(ti).intoArray(outIm, oo + j);
                sr.sub(tr).intoArray(outRe, oo + j + 2 * outStride);
                si.sub(ti).intoArray(outIm, oo + j + 2 * outStride);
                var ur = r0.sub(r2);
                var ui = i0.sub(i2);
                var vr = r1.sub(r3);
                var vi = i1.sub(i3);
                ur.add(vi).intoArray(outRe, oo + j + outStride);
                ui.sub(vr).intoArray(outIm, oo + j + outStride);
                ur.sub(vi).intoArray(outRe, oo + j + 3 * outStride);
                ui.add(vr).intoArray(outIm, oo + j + 3 * outStride);
            }
            ro += 4 * stride;
            wo += 6;
            oo += outLineStride;
        }
    }

    static void five(float[] re, int ro, float[] im, int io, int stride, int lineStride, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        for (int l = 0; l < lines; l++) {
            for (int j = 0; j < count; j += LANES) {
                var r0 = at(re, ro + j);
                var i0 = at(im, io + j);
                var r1 = at(re, ro + j + stride);
                var i1 = at(im, io + j + stride);
                var r2 = at(re, ro + j + 2 * stride);
                var i2 = at(im, io + j + 2 * stride);
                var r3 = at(re, ro + j + 3 * stride);
                var i3 = at(im, io + j + 3 * stride);
                var r4 = at(re, ro + j + 4 * stride);
                var i4 = at(im, io + j + 4 * stride);
                var s1 = r1.add(r4);
                var s2 = r2.add(r3);
                var t1 = i1.add(i4);
                var t2 = i2.add(i3);
                r0.add(s1).add(s2).intoArray(outRe, oo + j);
                i0.add(t1).add(t2).intoArray(outIm, oo + j);
                var cos72 = FloatVector.broadcast(SPECIES, COS_72);
                var cos144 = FloatVector.broadcast(SPECIES, COS_144);
                var m1 = s2.fma(cos144, s1.fma(cos72, r0));
                var m2 = s2.fma(cos72, s1.fma(cos144, r0));
                var n1 = t2.fma(cos144, t1.fma(cos72, i0));
                var n2 = t2.fma(cos72, t1.fma(cos144, i0));
                var sin72 = FloatVector.broadcast(SPECIES, SIN_72);
                var sin144 = FloatVector.broadcast(SPECIES, SIN_144);
                var d1 = i1.sub(i4);
                var d2 = i2.sub(i3);
                var p1 = d1.fma(sin72, d2.mul(sin144));
                var p2 = d1.mul(sin144).sub(d2.mul(sin72));
                m1.add(p1).intoArray(outRe, oo + j + outStride);
                m1.sub(p1).intoArray(outRe, oo + j + 4 * outStride);
                m2.add(p2).intoArray(outRe, oo + j + 2 * outStride);
                m2.sub(p2).intoArray(outRe, oo + j + 3 * outStride);
                d1 = r1.sub(r4);
                d2 = r2.sub(r3);
                p1 = d1.fma(sin72, d2.mul(sin144));
                p2 = d1.mul(sin144).sub(d2.mul(sin72));
                n1.sub(p1).intoArray(outIm, oo + j + outStride);
                n1.add(p1).intoArray(outIm, oo + j + 4 * outStride);
                n2.sub(p2).intoArray(outIm, oo + j + 2 * outStride);
                n2.add(p2).intoArray(outIm, oo + j + 3 * outStride);
            }
            ro += lineStride;
            io += lineStride;
            oo += outLineStride;
        }
    }

    static void turnedFive(float[] re, float[] im, int ro, int stride, float[] w, int wo, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        for (int l = 0; l < lines; l++) {
            var w1r = FloatVector.broadcast(SPECIES, w[wo]);
            var w1i = FloatVector.broadcast(SPECIES, w[wo + 1]);
            var w2r = FloatVector.broadcast(SPECIES, w[wo + 2]);
            var w2i = FloatVector.broadcast(SPECIES, w[wo + 3]);
            var w3r = FloatVector.broadcast(SPECIES, w[wo + 4]);
            var w3i = FloatVector.broadcast(SPECIES, w[wo + 5]);
            var w4r = FloatVector.broadcast(SPECIES, w[wo + 6]);
            var w4i = FloatVector.broadcast(SPECIES, w[wo + 7]);
            for (int j = 0; j < count; j += LANES) {
                var a = at(re, ro + j + stride);
                var b = at(im, ro + j + stride);
                var r1 = a.mul(w1r).sub(b.mul(w1i));
                var i1 = a.fma(w1i, b.mul(w1r));
                a = at(re, ro + j + 2 * stride);
                b = at(im, ro + j + 2 * stride);
                var r2 = a.mul(w2r).sub(b.mul(w2i));
                var i2 = a.fma(w2i, b.mul(w2r));
                a = at(re, ro + j + 3 * stride);
                b = at(im, ro + j + 3 * stride);
                var r3 = a.mul(w3r).sub(b.mul(w3i));
                var i3 = a.fma(w3i, b.mul(w3r));
                a = at(re, ro + j + 4 * stride);
                b = at(im, ro + j + 4 * stride);
                var r4 = a.mul(w4r).sub(b.mul(w4i));
                var i4 = a.fma(w4i, b.mul(w4r));
                var r0 = at(re, ro + j);
                var i0 = at(im, ro + j);
                var s1 = r1.add(r4);
                var s2 = r2.add(r3);
                var t1 = i1.add(i4);
                var t2 = i2.add(i3);
                r0.add(s1).add(s2).intoArray(outRe, oo + j);
                i0.add(t1).add(t2).intoArray(outIm, oo + j);
                var cos72 = FloatVector.broadcast(SPECIES, COS_72);
                var cos144 = FloatVector.broadcast(SPECIES, COS_144);
                var m1 = s2.fma(cos144, s1.fma(cos72, r0));
                var m2 = s2.fma(cos72, s1.fma(cos144, r0));
                var n1 = t2.fma(cos144, t1.fma(cos72, i0));
                var n2 = t2.fma(cos72, t1.fma(cos144, i0));
                var sin72 = FloatVector.broadcast(SPECIES, SIN_72);
                var sin144 = FloatVector.broadcast(SPECIES, SIN_144);
                var d1 = i1.sub(i4);
                var d2 = i2.sub(i3);
                var p1 = d1.fma(sin72, d2.mul(sin144));
                var p2 = d1.mul(sin144).sub(d2.mul(sin72));
                m1.add(p1).intoArray(outRe, oo + j + outStride);
                m1.sub(p1).intoArray(outRe, oo + j + 4 * outStride);
                m2.add(p2).intoArray(outRe, oo + j + 2 * outStride);
                m2.sub(p2).intoArray(outRe, oo + j + 3 * outStride);
                d1 = r1.sub(r4);
                d2 = r2.sub(r3);
                p1 = d1.fma(sin72, d2.mul(sin144));
                p2 = d1.mul(sin144).sub(d2.mul(sin72));
                n1.sub(p1).intoArray(outIm, oo + j + outStride);
                n1.add(p1).intoArray(outIm, oo + j + 4 * outStride);
                n2.sub(p2).intoArray(outIm, oo + j + 2 * outStride);
                n2.add(p2).intoArray(outIm, oo + j + 3 * outStride);
            }
            ro += 5 * stride;
            wo += 8;
            oo += outLineStride;
        }
    }

    static void six(float[] re, int ro, float[] im, int io, int stride, int lineStride, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        for (int l = 0; l < lines; l++) {
            for (int j = 0; j < count; j += LANES) {
                var r0 = at(re, ro + j);
                var i0 = at(im, io + j);
                var r1 = at(re, ro + j + stride);
                var i1 = at(im, io + j + stride);
                var r2 = at(re, ro + j + 2 * stride);
                var i2 = at(im, io + j + 2 * stride);
                var r3 = at(re, ro + j + 3 * stride);
                var i3 = at(im, io + j + 3 * stride);
                var r4 = at(re, ro + j + 4 * stride);
                var i4 = at(im, io + j + 4 * stride);
                var r5 = at(re, ro + j + 5 * stride);
                var i5 = at(im, io + j + 5 * stride);
                // Three of 0, 2, 4.
                var sr = r2.add(r4);
                var si = i2.add(i4);
                var dr = r2.sub(r4).mul(HALF_ROOT_3);
                var di = i2.sub(i4).mul(HALF_ROOT_3);
                var e0r = r0.add(sr);
                var e0i = i0.add(si);
                var mr = r0.sub(sr.mul(0.5f));
                var mi = i0.sub(si.mul(0.5f));
                var e1r = mr.add(di);
                var e1i = mi.sub(dr);
                var e2r = mr.sub(di);
                var e2i = mi.add(dr);
                // Three of 3, 5, 1.
                sr = r5.add(r1);
                si = i5.add(i1);
                dr = r5.sub(r1).mul(HALF_ROOT_3);
                di = i5.sub(i1).mul(HALF_ROOT_3);
                var o0r = r3.add(sr);
                var o0i = i3.add(si);
                mr = r3.sub(sr.mul(0.5f));
                mi = i3.sub(si.mul(0.5f));
                var o1r = mr.add(di);
                var o1i = mi.sub(dr);
                var o2r = mr.sub(di);
                var o2i = mi.add(dr);
                e0r.add(o0r).intoArray(outRe, oo + j);
                e0i.add(o0i).intoArray(outIm, oo + j);
                e0r.sub(o0r).intoArray(outRe, oo + j + 3 * outStride);
                e0i.sub(o0i).intoArray(outIm, oo + j + 3 * outStride);
                e1r.add(o1r).intoArray(outRe, oo + j + 4 * outStride);
                e1i.add(o1i).intoArray(outIm, oo + j + 4 * outStride);
                e1r.sub(o1r).intoArray(outRe, oo + j + outStride);
                e1i.sub(o1i).intoArray(outIm, oo + j + outStride);
                e2r.add(o2r).intoArray(outRe, oo + j + 2 * outStride);
                e2i.add(o2i).intoArray(outIm, oo + j + 2 * outStride);
                e2r.sub(o2r).intoArray(outRe, oo + j + 5 * outStride);
                e2i.sub(o2i).intoArray(outIm, oo + j + 5 * outStride);
            }
            ro += lineStride;
            io += lineStride;
            oo += outLineStride;
        }
    }

    static void turnedSix(float[] re, float[] im, int ro, int stride, float[] w, int wo, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        var root = FloatVector.broadcast(SPECIES, HALF_ROOT_3);
        var half = FloatVector.broadcast(SPECIES, 0.5f);
        for (int l = 0; l < lines; l++) {
            var w1r = FloatVector.broadcast(SPECIES, w[wo]);
            var w1i = FloatVector.broadcast(SPECIES, w[wo + 1]);
            var w2r = FloatVector.broadcast(SPECIES, w[wo + 2]);
            var w2i = FloatVector.broadcast(SPECIES, w[wo + 3]);
            var w3r = FloatVector.broadcast(SPECIES, w[wo + 4]);
            var w3i = FloatVector.broadcast(SPECIES, w[wo + 5]);
            var w4r = FloatVector.broadcast(SPECIES, w[wo + 6]);
            var w4i = FloatVector.broadcast(SPECIES, w[wo + 7]);
            var w5r = FloatVector.broadcast(SPECIES, w[wo + 8]);
            var w5i = FloatVector.broadcast(SPECIES, w[wo + 9]);
            for (int j = 0; j < count; j += LANES) {
                var a = at(re, ro + j + stride);
                var b = at(im, ro + j + stride);
                var r1 = a.mul(w1r).sub(b.mul(w1i));
                var i1 = a.fma(w1i, b.mul(w1r));
                a = at(re, ro + j + 2 * stride);
                b = at(im, ro + j + 2 * stride);
                var r2 = a.mul(w2r).sub(b.mul(w2i));
                var i2 = a.fma(w2i, b.mul(w2r));
                a = at(re, ro + j + 3 * stride);
                b = at(im, ro + j + 3 * stride);
                var r3 = a.mul(w3r).sub(b.mul(w3i));
                var i3 = a.fma(w3i, b.mul(w3r));
                a = at(re, ro + j + 4 * stride);
                b = at(im, ro + j + 4 * stride);
                var r4 = a.mul(w4r).sub(b.mul(w4i));
                var i4 = a.fma(w4i, b.mul(w4r));
                a = at(re, ro + j + 5 * stride);
                b = at(im, ro + j + 5 * stride);
                var r5 = a.mul(w5r).sub(b.mul(w5i));
                var i5 = a.fma(w5i, b.mul(w5r));
                var r0 = at(re, ro + j);
                var i0 = at(im, ro + j);
                // Three of 0, 2, 4.
                var sr = r2.add(r4);
                var si = i2.add(i4);
                var dr = r2.sub(r4).mul(root);
                var di = i2.sub(i4).mul(root);
                var e0r = r0.add(sr);
                var e0i = i0.add(si);
                var mr = r0.sub(sr.mul(half));
                var mi = i0.sub(si.mul(half));
                var e1r = mr.add(di);
                var e1i = mi.sub(dr);
                var e2r = mr.sub(di);
                var e2i = mi.add(dr);
                // Three of 3, 5, 1.
                sr = r5.add(r1);
                si = i5.add(i1);
                dr = r5.sub(r1).mul(root);
                di = i5.sub(i1).mul(root);
                var o0r = r3.add(sr);
                var o0i = i3.add(si);
                mr = r3.sub(sr.mul(half));
                mi = i3.sub(si.mul(half));
                var o1r = mr.add(di);
                var o1i = mi.sub(dr);
                var o2r = mr.sub(di);
                var o2i = mi.add(dr);
                e0r.add(o0r).intoArray(outRe, oo + j);
                e0i.add(o0i).intoArray(outIm, oo + j);
                e0r.sub(o0r).intoArray(outRe, oo + j + 3 * outStride);
                e0i.sub(o0i).intoArray(outIm, oo + j + 3 * outStride);
                e1r.add(o1r).intoArray(outRe, oo + j + 4 * outStride);
                e1i.add(o1i).intoArray(outIm, oo + j + 4 * outStride);
                e1r.sub(o1r).intoArray(outRe, oo + j + outStride);
                e1i.sub(o1i).intoArray(outIm, oo + j + outStride);
                e2r.add(o2r).intoArray(outRe, oo + j + 2 * outStride);
                e2i.add(o2i).intoArray(outIm, oo + j + 2 * outStride);
                e2r.sub(o2r).intoArray(outRe, oo + j + 5 * outStride);
                e2i.sub(o2i).intoArray(outIm, oo + j + 5 * outStride);
            }
            ro += 6 * stride;
            wo += 10;
            oo += outLineStride;
        }
    }

    static void eight(float[] re, int ro, float[] im, int io, int stride, int lineStride, float[] outRe, float[] outIm,
            int oo, int outStride, int outLineStride, int lines, int count) {
        var root = FloatVector.broadcast(SPECIES, HALF_ROOT_2);
        var minus = FloatVector.broadcast(SPECIES, -HALF_ROOT_2);
        for (int l = 0; l < lines; l++) {
            for (int j = 0; j < count; j += LANES) {
                // The odd four: 1, 3, 5, 7.
                var a = at(re, ro + j + stride);
                var b = at(re, ro + j + 5 * stride);
                var c = at(re, ro + j + 3 * stride);
                var d = at(re, ro + j + 7 * stride);
                var sr = a.add(b);
                var ur = a.sub(b);
                var tr = c.add(d);
                var vr = c.sub(d);
                a = at(im, io + j + stride);
                b = at(im, io + j + 5 * stride);
                c = at(im, io + j + 3 * stride);
                d = at(im, io + j + 7 * stride);
                var si = a.add(b);
                var ui = a.sub(b);
                var ti = c.add(d);
                var vi = c.sub(d);
                var o0r = sr.add(tr);
                var o0i = si.add(ti);
                var o2r = sr.sub(tr);
                var o2i = si.sub(ti);
                var o1r = ur.add(vi);
                var o1i = ui.sub(vr);
                var o3r = ur.sub(vi);
                var o3i = ui.add(vr);
                // The even four: 0, 2, 4, 6.
                a = at(re, ro + j);
                b = at(re, ro + j + 4 * stride);
                c = at(re, ro + j + 2 * stride);
                d = at(re, ro + j + 6 * stride);
                sr = a.add(b);
                ur = a.sub(b);
                tr = c.add(d);
                vr = c.sub(d);
                a = at(im, io + j);
                b = at(im, io + j + 4 * stride);
                c = at(im, io + j + 2 * stride);
                d = at(im, io + j + 6 * stride);
                si = a.add(b);
                ui = a.sub(b);
                ti = c.add(d);
                vi = c.sub(d);
                var er = sr.add(tr);
                var ei = si.add(ti);
                er.add(o0r).intoArray(outRe, oo + j);
                ei.add(o0i).intoArray(outIm, oo + j);
                er.sub(o0r).intoArray(outRe, oo + j + 4 * outStride);
                ei.sub(o0i).intoArray(outIm, oo + j + 4 * outStride);
                er = sr.sub(tr);
                ei = si.sub(ti);
                er.add(o2i).intoArray(outRe, oo + j + 2 * outStride);
                ei.sub(o2r).intoArray(outIm, oo + j + 2 * outStride);
                er.sub(o2i).intoArray(outRe, oo + j + 6 * outStride);
                ei.add(o2r).intoArray(outIm, oo + j + 6 * outStride);
                er = ur.add(vi);
                ei = ui.sub(vr);
                a = o1r.add(o1i);
                b = o1i.sub(o1r);
                a.fma(root, er).intoArray(outRe, oo + j + outStride);
                b.fma(root, ei).intoArray(outIm, oo + j + outStride);
                a.fma(minus, er).intoArray(outRe, oo + j + 5 * outStride);
                b.fma(minus, ei).intoArray(outIm, oo + j + 5 * outStride);
                er = ur.sub(vi);
                ei = ui.add(vr);
                a = o3i.sub(o3r);
                b = o3r.add(o3i);
                a.fma(root, er).intoArray(outRe, oo + j + 3 * outStride);
                b.fma(minus, ei).intoArray(outIm, oo + j + 3 * outStride);
                a.fma(minus, er).intoArray(outRe, oo + j + 7 * outStride);
                b.fma(root, ei).intoArray(outIm, oo + j + 7 * outStride);
            }
            ro += lineStride;
            io += lineStride;
            oo += outLineStride;
        }
    }
}
