package narwhal.engine.cpu.convolution;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import narwhal.engine.cpu.convolution.Convolution.Finish;

/// Rows of pixels between a picture, whose pixels lie without gaps, and a line of the transform, whose pixels are filled
/// up with zeros to whole vectors.
final class Lines {
    private static final VectorSpecies<Float> SPECIES = Butterflies.SPECIES;
    private static final int LANES = SPECIES.length();

    private Lines() {
    }

    /// The channels of a pixel in a line: the next multiple of the lanes.
    static int padded(int channels) {
        return Math.ceilDiv(channels, LANES) * LANES;
    }

    /// Sets a line of `length` pixels to `count` pixels of a picture, the first at `place` and on round the end, and to
    /// zeros.
    ///
    /// @param at index of the first channel of the first pixel
    static void load(float[] picture, int at, int count, int channels, float[] line, int place, int length) {
        int padded = padded(channels);
        if (count < length) Arrays.fill(line, 0, length * padded, 0);
        int until = Math.min(count, length - place);
        copyIn(picture, at, until, channels, line, place * padded, padded);
        copyIn(picture, at + until * channels, count - until, channels, line, 0, padded);
    }

    private static void copyIn(float[] from, int at, int count, int channels, float[] to, int out, int padded) {
        if (channels == padded) {
            System.arraycopy(from, at, to, out, count * channels);
            return;
        }
        var rest = SPECIES.indexInRange(0, channels - (padded - LANES));
        for (int p = 0; p < count; p++, at += channels, out += padded) {
            int c = 0;
            for (; c < padded - LANES; c += LANES) FloatVector.fromArray(SPECIES, from, at + c).intoArray(to, out + c);
            FloatVector.fromArray(SPECIES, from, at + c, rest).intoArray(to, out + c);
        }
    }

    /// Writes `count` pixels of a line, the first at `place` and on round the end, to a picture.
    ///
    /// @param bias padded floats that are added, zeros for none
    static void store(float[] line, int place, int length, float[] picture, int at, int count, int channels,
            float[] bias, Finish finish) {
        int padded = padded(channels);
        float least = finish == Finish.RELU ? 0 : Float.NEGATIVE_INFINITY;
        int until = Math.min(count, length - place);
        copyOut(line, place * padded, padded, picture, at, until, channels, bias, least);
        copyOut(line, 0, padded, picture, at + until * channels, count - until, channels, bias, least);
    }

    private static void copyOut(float[] from, int in, int padded, float[] to, int at, int count, int channels,
            float[] bias, float least) {
        var floor = FloatVector.broadcast(SPECIES, least);
        var rest = SPECIES.indexInRange(0, channels - (padded - LANES));
        int whole = channels == padded ? padded : padded - LANES;
        for (int p = 0; p < count; p++, at += channels, in += padded) {
            int c = 0;
            for (; c < whole; c += LANES) {
                FloatVector.fromArray(SPECIES, from, in + c).add(FloatVector.fromArray(SPECIES, bias, c)).max(floor)
                        .intoArray(to, at + c);
            }
            if (c < padded) {
                FloatVector.fromArray(SPECIES, from, in + c).add(FloatVector.fromArray(SPECIES, bias, c)).max(floor)
                        .intoArray(to, at + c, rest);
            }
        }
    }
}
