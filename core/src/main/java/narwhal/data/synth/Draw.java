package narwhal.data.synth;

import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;

/// The random numbers of one recording or of one clip, in the order in which they are asked for. Two of the same name give
/// the same numbers on every machine.
final class Draw {
    /// Numbers that one clip may draw before the next clip's begin.
    private static final int SHARE = 1 << 16;

    private final Randomness randomness;
    private final int recording;
    private long next;

    private Draw(Randomness randomness, int recording, long first) {
        this.randomness = randomness;
        this.recording = recording;
        this.next = first;
    }

    static Draw ofRecording(Randomness randomness, int recording) {
        return new Draw(randomness, recording, 0);
    }

    static Draw ofClip(Randomness randomness, int recording, int clip) {
        return new Draw(randomness, recording, (clip + 1L) * SHARE);
    }

    /// In [low, high).
    double between(double low, double high) {
        return low + (high - low) * randomness.uniform(Purpose.SYNTHESIS, recording, next++);
    }

    /// A whole number from `least` to `most`.
    int whole(int least, int most) {
        return least + (int) between(0, most - least + 1);
    }

    boolean chance(double probability) {
        return between(0, 1) < probability;
    }

    /// Plus or minus a number in [low, high).
    double signed(double low, double high) {
        double size = between(low, high);
        return chance(0.5) ? size : -size;
    }

    /// The power of noise in one cell of a spectrogram, 1 on average: three neighbouring cells of white noise averaged, that
    /// is −ln(u₁u₂u₃)/3. The three uniform numbers are thirds of one draw of 63 bits.
    double noise() {
        long bits = randomness.bits(Purpose.SYNTHESIS, recording, next++);
        return -StrictMath.log(third(bits) * third(bits >>> 21) * third(bits >>> 42)) / 3;
    }

    private static double third(long bits) {
        return ((bits & 0x1fffff) + 0.5) * 0x1p-21;
    }
}
