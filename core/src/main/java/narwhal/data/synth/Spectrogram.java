package narwhal.data.synth;

import narwhal.data.picture.Picture;

/// The power of sound over frequency (rows, low ones at the bottom) and time (columns), relative to the noise of the sea.
///
/// Only +, −, ×, ÷, square root and [StrictMath] are used, so that every machine draws the same picture.
final class Spectrogram {
    private final int height;
    private final int width;
    private final double[] power;

    /// Silence.
    Spectrogram(int height, int width) {
        this.height = height;
        this.width = width;
        this.power = new double[height * width];
    }

    /// Adds the noise of the sea, 1 on average.
    void addNoise(Draw draw) {
        for (int i = 0; i < power.length; i++) power[i] += draw.noise();
    }

    /// Adds a tone in one column.
    ///
    /// @param frequency in rows from the bottom; outside the picture nothing is added
    /// @param thickness half of the tone's extent in rows
    /// @param strength power in the middle of the tone
    void addTone(int column, double frequency, double thickness, double strength) {
        if (column < 0 || column >= width) return;
        int first = Math.max(0, (int) StrictMath.ceil(frequency - thickness));
        int last = Math.min(height - 1, (int) StrictMath.floor(frequency + thickness));
        for (int row = first; row <= last; row++)
            power[(height - 1 - row) * width + column] += strength * bump((row - frequency) / thickness);
    }

    /// Adds a short sound over a band of frequencies.
    ///
    /// @param time in columns
    /// @param duration half of its extent in columns
    /// @param from lowest frequency in rows from the bottom
    /// @param to highest frequency
    /// @param strength power in its middle
    void addClick(double time, double duration, double from, double to, double strength) {
        for (int column = 0; column < width; column++) {
            double here = strength * bump((column - time) / duration);
            if (here == 0) continue;
            for (int row = 0; row < height; row++) {
                double inBand = bump(StrictMath.min(0, StrictMath.min(row - from, to - row)) / 6);
                power[(height - 1 - row) * width + column] += here * inBand;
            }
        }
    }

    /// A picture of the levels in decibels.
    ///
    /// @param floor the level of the sea's noise in grey levels for each row from the bottom
    /// @param contrast grey levels for each decibel
    Picture picture(double[] floor, double contrast) {
        var samples = new byte[power.length];
        double perNeper = contrast * 10 / StrictMath.log(10);
        for (int y = 0; y < height; y++) {
            for (int x = 0; x < width; x++) {
                double grey = floor[height - 1 - y] + perNeper * StrictMath.log(power[y * width + x]);
                samples[y * width + x] = (byte) (int) StrictMath.max(0, StrictMath.min(255, StrictMath.rint(grey)));
            }
        }
        return Picture.of(height, width, 1, samples);
    }

    /// 1 at 0, falling smoothly to 0 at ±1: (1 − x²)².
    static double bump(double x) {
        double rest = 1 - x * x;
        return rest <= 0 ? 0 : rest * rest;
    }

    /// A level in decibels as a power.
    static double power(double decibels) {
        return StrictMath.pow(10, decibels / 10);
    }
}
