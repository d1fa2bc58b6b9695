package narwhal.data.synth;

/// A boat: tones at fixed frequencies, the multiples of its propeller's, that come and go with the waves.
///
/// @param spacing of the tones in rows
/// @param tones how many
/// @param strength in decibels over the noise
/// @param drift change of the frequency over a clip, in rows
record Boat(double spacing, int tones, double strength, double drift) {
    static Boat draw(Draw draw) {
        return new Boat(draw.between(5, 20), draw.whole(1, 5), draw.between(4, 14), draw.signed(0, 0.7));
    }

    /// Adds what is heard of it in one clip: the whole time, or only from some moment to another.
    void addTo(Spectrogram spectrogram, Draw draw, int width) {
        boolean passing = draw.chance(0.5);
        double from = passing ? draw.between(-10, width - 20) : -1e9;
        double to = passing ? from + draw.between(25, 70) : 1e9;
        double waves = draw.between(8, 40);
        double phase = draw.between(0, 1);
        double louder = draw.between(-3, 3);
        for (int tone = 1; tone <= tones; tone++) {
            double own = draw.between(-3, 1) + louder + strength;
            for (int column = 0; column < width; column++) {
                if (column < from || column > to) continue;
                double swell = 1 + 0.4 * StrictMath.sin(2 * Math.PI * (column / waves + phase));
                spectrogram.addTone(column, spacing * tone + drift * column / width, 1.4,
                        swell * Spectrogram.power(own));
            }
        }
    }
}
