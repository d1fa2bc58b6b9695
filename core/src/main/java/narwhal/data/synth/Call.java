package narwhal.data.synth;

/// A call of an orca: a tone that glides up or down and sways, with harmonics above it.
///
/// @param start first column
/// @param duration in columns
/// @param frequency of the deepest tone at the beginning, in rows from the bottom
/// @param glide change of the frequency over the call, as a share of it
/// @param sway amplitude of the swaying, as a share of the frequency
/// @param turns number of times it sways
/// @param phase where the swaying begins, 0 to 1
/// @param harmonics number of tones
/// @param strength of the deepest tone in decibels over the noise
/// @param fall decibels from one harmonic to the next
record Call(double start, double duration, double frequency, double glide, double sway, double turns, double phase,
        int harmonics, double strength, double fall) {
    static Call draw(Draw draw, int width) {
        double duration = draw.between(26, 60);
        return new Call(draw.between(2, width - 2 - duration), duration, draw.between(8, 18), draw.signed(0.25, 0.6),
                draw.between(0.05, 0.2), draw.between(0.5, 2.5), draw.between(0, 1), draw.whole(2, 4),
                draw.between(9, 16), draw.between(0.5, 3));
    }

    void addTo(Spectrogram spectrogram) {
        for (int column = (int) StrictMath.ceil(start); column <= start + duration; column++) {
            double progress = (column - start) / duration;
            double deepest = frequency
                    * (1 + glide * progress + sway * StrictMath.sin(2 * Math.PI * (turns * progress + phase)));
            double loudness = Spectrogram.bump(StrictMath.pow(2 * progress - 1, 3));
            for (int harmonic = 1; harmonic <= harmonics; harmonic++) {
                spectrogram.addTone(column, deepest * harmonic, 1.4,
                        loudness * Spectrogram.power(strength - fall * (harmonic - 1)));
            }
        }
    }
}
