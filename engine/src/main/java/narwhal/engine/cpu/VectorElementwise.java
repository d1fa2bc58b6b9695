package narwhal.engine.cpu;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import narwhal.engine.Activation;

/// [Elementwise] with the Vector API. Lanes never meet, so every result has the same bits as the scalar version; what does
/// not pay (functions that need an exponential, rows shorter than a vector) is inherited from it.
final class VectorElementwise extends ScalarElementwise {
    private static final VectorSpecies<Float> F = FloatVector.SPECIES_PREFERRED;
    private static final VectorSpecies<Integer> I = VectorSpecies.of(int.class, F.vectorShape());
    private static final int LANES = F.length();

    private static int end(int from, int to) {
        return from + F.loopBound(to - from);
    }

    private static FloatVector at(float[] x, int i) {
        return FloatVector.fromArray(F, x, i);
    }

    @Override
    public void add(float[] a, float[] b, float[] y, int from, int to) {
        int end = end(from, to);
        for (int i = from; i < end; i += LANES) at(a, i).add(at(b, i)).intoArray(y, i);
        super.add(a, b, y, end, to);
    }

    @Override
    public void multiply(float[] a, float[] b, float[] y, int from, int to) {
        int end = end(from, to);
        for (int i = from; i < end; i += LANES) at(a, i).mul(at(b, i)).intoArray(y, i);
        super.multiply(a, b, y, end, to);
    }

    @Override
    public void scale(float[] x, float factor, float offset, float[] y, int from, int to) {
        int end = end(from, to);
        for (int i = from; i < end; i += LANES) at(x, i).mul(factor).add(offset).intoArray(y, i);
        super.scale(x, factor, offset, y, end, to);
    }

    @Override
    public void activate(Activation function, float[] x, float[] y, int from, int to) {
        int end = from;
        if (function instanceof Activation.Relu relu) {
            end = end(from, to);
            relu(x, relu.negativeSlope(), relu.maxValue(), y, from, end);
        }
        super.activate(function, x, y, end, to);
    }

    private static void relu(float[] x, float slope, float most, float[] y, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            var v = at(x, i);
            v.mul(slope).blend(v.min(most), v.compare(VectorOperators.GT, 0)).intoArray(y, i);
        }
    }

    @Override
    public void activateGradient(Activation function, float[] x, float[] y, float[] dy, float[] dx, int from, int to) {
        int end = from;
        if (function instanceof Activation.Relu relu) {
            end = end(from, to);
            reluGradient(x, relu.negativeSlope(), relu.maxValue(), dy, dx, from, end);
        }
        super.activateGradient(function, x, y, dy, dx, end, to);
    }

    private static void reluGradient(float[] x, float slope, float most, float[] dy, float[] dx, int from, int end) {
        for (int i = from; i < end; i += LANES) {
            var v = at(x, i);
            var g = at(dy, i);
            var inside = g.mul(0f).blend(g, v.compare(VectorOperators.LT, most));
            inside.blend(g.mul(slope), v.compare(VectorOperators.LE, 0)).intoArray(dx, i);
        }
    }

    @Override
    public void dropout(float[] x, float rate, long key, float[] y, int from, int to) {
        float factor = 1 / (1 - rate);
        int threshold = Elementwise.threshold(rate);
        int end = end(from, to);
        var step = IntVector.zero(I).addIndex(1);
        for (int i = from; i < end; i += LANES) {
            var h = mix(mix(step.add(i).lanewise(VectorOperators.XOR, (int) key)).add((int) (key >>> 32)));
            var kept = h.lanewise(VectorOperators.LSHR, 8).compare(VectorOperators.GE, threshold);
            FloatVector.zero(F).blend(at(x, i).mul(factor), kept.cast(F)).intoArray(y, i);
        }
        super.dropout(x, rate, key, y, end, to);
    }

    private static IntVector mix(IntVector h) {
        h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16)).mul(0x85ebca6b);
        h = h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 13)).mul(0xc2b2ae35);
        return h.lanewise(VectorOperators.XOR, h.lanewise(VectorOperators.LSHR, 16));
    }

    @Override
    public void adam(float[] p, float[] g, float[] m, float[] v, float rate, float beta1, float beta2, float epsilon,
            int from, int to) {
        float rest1 = (float) (1 - shortest(beta1));
        float rest2 = (float) (1 - shortest(beta2));
        int end = end(from, to);
        for (int i = from; i < end; i += LANES) {
            var gradient = at(g, i);
            var first = at(m, i);
            first = first.add(gradient.sub(first).mul(rest1));
            first.intoArray(m, i);
            var second = at(v, i);
            second = second.add(gradient.mul(gradient).sub(second).mul(rest2));
            second.intoArray(v, i);
            at(p, i).sub(first.mul(rate).div(second.lanewise(VectorOperators.SQRT).add(epsilon))).intoArray(p, i);
        }
        super.adam(p, g, m, v, rate, beta1, beta2, epsilon, end, to);
    }

    @Override
    public void sgd(float[] p, float[] g, float[] velocity, float rate, float momentum, boolean nesterov, int from,
            int to) {
        int end = end(from, to);
        for (int i = from; i < end; i += LANES) {
            var step = at(g, i).mul(rate);
            var next = at(velocity, i).mul(momentum).sub(step);
            next.intoArray(velocity, i);
            at(p, i).add(nesterov ? next.mul(momentum).sub(step) : next).intoArray(p, i);
        }
        super.sgd(p, g, velocity, rate, momentum, nesterov, end, to);
    }

    @Override
    public void addBias(float[] x, float[] bias, int channels, float[] y, int from, int to) {
        if (channels % LANES != 0) {
            super.addBias(x, bias, channels, y, from, to);
            return;
        }
        for (int r = from; r < to; r++) {
            for (int c = 0; c < channels; c += LANES)
                at(x, r * channels + c).add(at(bias, c)).intoArray(y, r * channels + c);
        }
    }

    @Override
    public void sumRows(float[] x, int channels, int from, int to, float[] sums, int at) {
        if (channels % LANES != 0) {
            super.sumRows(x, channels, from, to, sums, at);
            return;
        }
        for (int c = 0; c < channels; c += LANES) {
            var sum = FloatVector.zero(F);
            for (int r = from; r < to; r++) sum = sum.add(at(x, r * channels + c));
            sum.intoArray(sums, at + c);
        }
    }

    @Override
    public void sumSquares(float[] x, float[] mean, int channels, int from, int to, float[] sums, int at) {
        if (channels % LANES != 0) {
            super.sumSquares(x, mean, channels, from, to, sums, at);
            return;
        }
        for (int c = 0; c < channels; c += LANES) {
            var sum = FloatVector.zero(F);
            var middle = at(mean, c);
            for (int r = from; r < to; r++) {
                var difference = at(x, r * channels + c).sub(middle);
                sum = difference.fma(difference, sum);
            }
            sum.intoArray(sums, at + c);
        }
    }

    @Override
    public void sumProducts(float[] x, float[] mean, float[] dy, int channels, int from, int to, float[] sums, int at) {
        if (channels % LANES != 0) {
            super.sumProducts(x, mean, dy, channels, from, to, sums, at);
            return;
        }
        for (int c = 0; c < channels; c += LANES) {
            var sum = FloatVector.zero(F);
            var middle = at(mean, c);
            for (int r = from; r < to; r++)
                sum = at(dy, r * channels + c).fma(at(x, r * channels + c).sub(middle), sum);
            sum.intoArray(sums, at + c);
        }
    }

    @Override
    public void scaleRows(float[] x, float[] factor, float[] offset, int channels, float[] y, int from, int to) {
        if (channels % LANES != 0) {
            super.scaleRows(x, factor, offset, channels, y, from, to);
            return;
        }
        for (int r = from; r < to; r++) {
            for (int c = 0; c < channels; c += LANES) {
                at(x, r * channels + c).fma(at(factor, c), at(offset, c)).intoArray(y, r * channels + c);
            }
        }
    }
}
