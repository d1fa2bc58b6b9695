package narwhal.engine.cpu.convolution;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import narwhal.engine.cpu.convolution.Convolution.Finish;

/// Rows of pixels between a picture, whose pixels lie without gaps, and a line of the transform, whose pixels are filled
/// up to whole vectors; what fills them is never used.
final class Lines {
    private static final VectorSpecies<Float> SPECIES = Butterflies.SPECIES;
    private static final int LANES = SPECIES.length();

    private Lines() {
    }

    /// Sets a line of `length` pixels to `count` pixels of a picture, the first at `place` and on round the end, and to
    /// zeros.
    ///
    /// @param at index of the first channel of the first pixel
    /// @param out number in the line, an array of [Complex], of the first channel of its pixel 0
    /// @param stride floats from one pixel of the line to the next
    static void load(float[] picture, int at, int count, int channels, float[] line, int out, int stride, int place,
            int length) {
        int first = Complex.START + out;
        int until = Math.min(count, length - place);
        int rest = count - until;
        zero(line, first, stride, rest, rest == 0 ? place : place - rest, channels);
        zero(line, first, stride, place + until, length - place - until, channels);
        copyIn(picture, at, until, channels, line, first + place * stride, stride);
        copyIn(picture, at + until * channels, rest, channels, line, first, stride);
    }

    /// Sets `count` pixels of a line, from its pixel 0 on, to zeros.
    static void clear(float[] line, int out, int stride, int count, int channels) {
        zero(line, Complex.START + out, stride, 0, count, channels);
    }

    private static void zero(float[] line, int out, int stride, int place, int count, int channels) {
        var zero = FloatVector.zero(SPECIES);
        int c = 0;
        for (; c + LANES <= channels; c += LANES) {
            int to = out + place * stride + c;
            for (int p = 0; p < count; p++) zero.intoArray(line, to + p * stride);
        }
        if (c == channels) return;
        var some = SPECIES.indexInRange(0, channels - c);
        int to = out + place * stride + c;
        for (int p = 0; p < count; p++) zero.intoArray(line, to + p * stride, some);
    }

    private static void copyIn(float[] from, int at, int count, int channels, float[] to, int out, int stride) {
        if (channels == stride) {
            System.arraycopy(from, at, to, out, count * channels);
            return;
        }
        int c = 0;
        for (; c + LANES <= channels; c += LANES) {
            for (int p = 0; p < count; p++) {
                FloatVector.fromArray(SPECIES, from, at + c + p * channels).intoArray(to, out + c + p * stride);
            }
        }
        if (c == channels) return;
        var some = SPECIES.indexInRange(0, channels - c);
        for (int p = 0; p < count; p++) {
            FloatVector.fromArray(SPECIES, from, at + c + p * channels, some).intoArray(to, out + c + p * stride, some);
        }
    }

    /// Writes `count` pixels of a line, the first at `place` and on round the end, to a picture.
    ///
    /// @param in number in the line, an array of [Complex], of the first channel of its pixel 0
    /// @param stride floats from one pixel of the line to the next
    /// @param bias padded floats that are added, zeros for none
    static void store(float[] line, int in, int stride, int place, int length, float[] picture, int at, int count,
            int channels, float[] bias, Finish finish) {
        float least = finish == Finish.RELU ? 0 : Float.NEGATIVE_INFINITY;
        int until = Math.min(count, length - place);
        int first = Complex.START + in;
        copyOut(line, first + place * stride, stride, picture, at, until, channels, bias, least);
        copyOut(line, first, stride, picture, at + until * channels, count - until, channels, bias, least);
    }

    private static void copyOut(float[] from, int in, int stride, float[] to, int at, int count, int channels,
            float[] bias, float least) {
        var floor = FloatVector.broadcast(SPECIES, least);
        int c = 0;
        for (; c + LANES <= channels; c += LANES) {
            var plus = FloatVector.fromArray(SPECIES, bias, c);
            for (int p = 0; p < count; p++) {
                FloatVector.fromArray(SPECIES, from, in + c + p * stride).add(plus).max(floor)
                        .intoArray(to, at + c + p * channels);
            }
        }
        if (c == channels) return;
        var some = SPECIES.indexInRange(0, channels - c);
        var plus = FloatVector.fromArray(SPECIES, bias, c);
        for (int p = 0; p < count; p++) {
            FloatVector.fromArray(SPECIES, from, in + c + p * stride).add(plus).max(floor)
                    .intoArray(to, at + c + p * channels, some);
        }
    }
}
