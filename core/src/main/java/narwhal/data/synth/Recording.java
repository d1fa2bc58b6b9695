package narwhal.data.synth;

import java.util.ArrayList;
import java.util.List;
import narwhal.data.picture.Picture;

/// The place and the day of a recording: the colour of the sea's noise, boats, how many clicks, how it was amplified. All of
/// its clips share them, with a call or without.
///
/// @param level grey level of the deepest noise
/// @param tilt grey levels from the deepest to the highest frequency
/// @param hump grey levels of a broad hump in the noise
/// @param humpAt its place in rows from the bottom
/// @param contrast grey levels for each decibel
/// @param boats heard in the recording
/// @param clicks most clicks in a clip
record Recording(double level, double tilt, double hump, double humpAt, double contrast, List<Boat> boats, int clicks) {
    static Recording draw(Draw draw, int height) {
        var boats = new ArrayList<Boat>();
        int count = draw.whole(0, 2);
        double level = draw.between(75, 115);
        double tilt = draw.between(-40, 20);
        double hump = draw.signed(0, 25);
        double humpAt = draw.between(0, height);
        double contrast = draw.between(4.5, 6.5);
        int clicks = draw.whole(0, 6);
        for (int i = 0; i < count; i++) boats.add(Boat.draw(draw));
        return new Recording(level, tilt, hump, humpAt, contrast, List.copyOf(boats), clicks);
    }

    /// One clip.
    Picture clip(Draw draw, boolean withCall, int height, int width) {
        var spectrogram = new Spectrogram(height, width);
        double gain = draw.between(-18, 18);
        double ownTilt = tilt + draw.between(-12, 12);
        for (var boat : boats) boat.addTo(spectrogram, draw, width);
        addClicks(spectrogram, draw, height, width);
        // Drawn for both classes, so that everything else is the same with a call and without.
        var call = Call.draw(draw, width);
        if (withCall) call.addTo(spectrogram);
        spectrogram.addNoise(draw);
        return spectrogram.picture(floor(level + gain, ownTilt, height), contrast);
    }

    private void addClicks(Spectrogram spectrogram, Draw draw, int height, int width) {
        int count = draw.whole(0, clicks);
        for (int i = 0; i < count; i++) {
            double from = draw.between(0, height * 0.5);
            spectrogram.addClick(draw.between(0, width), draw.between(0.8, 2.5), from,
                    from + draw.between(height * 0.3, height), Spectrogram.power(draw.between(3, 14)));
        }
    }

    private double[] floor(double deepest, double tilt, int height) {
        var floor = new double[height];
        for (int row = 0; row < height; row++) {
            floor[row] = deepest + tilt * row / height + hump * Spectrogram.bump((row - humpAt) / (height * 0.4));
        }
        return floor;
    }
}
