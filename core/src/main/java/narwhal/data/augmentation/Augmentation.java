package narwhal.data.augmentation;

import narwhal.data.picture.Interpolation;
import narwhal.engine.Randomness;
import narwhal.engine.Randomness.Purpose;

/// What may happen to a picture at random, in the words of Keras' `ImageDataGenerator`. What does happen to picture
/// `index` in an epoch is a pure function of seed, epoch and index ([#draw]); no order of asking changes it.
///
/// @param rotation degrees either way, at least 0
/// @param widthShift sideways
/// @param heightShift up or down
/// @param shear degrees either way, at least 0
/// @param lowestZoom above 0; below 1 magnifies
/// @param highestZoom at least `lowestZoom`
/// @param channelShift on the scale 0 … 255, either way
/// @param lowestBrightness factor, at least 0
/// @param highestBrightness factor, at least `lowestBrightness`; both 1 for none
/// @param fillMode what lies outside
/// @param fillValue with [FillMode#CONSTANT], on the scale 0 … 255
/// @param geometry which Keras' reading
/// @param interpolation between pixels; Keras' `interpolation_order` 0 or 1
public record Augmentation(double rotation, Shift widthShift, Shift heightShift, double shear, double lowestZoom,
        double highestZoom, double channelShift, double lowestBrightness, double highestBrightness,
        boolean horizontalFlip, boolean verticalFlip, FillMode fillMode, double fillValue, Geometry geometry,
        Interpolation interpolation) {
    /// Random numbers kept for each picture of an epoch. Each parameter has its place, so that switching one on does not
    /// change the others.
    private static final long DRAWS = 16;

    /// Nothing happens; outside is the nearest pixel; Keras' geometry up to 2.8, which is the one that its words describe.
    public static Augmentation none() {
        return new Augmentation(0, Shift.NONE, Shift.NONE, 0, 1, 1, 0, 1, 1, false, false, FillMode.NEAREST, 0,
                Geometry.KERAS_2, Interpolation.BILINEAR);
    }

    /// Nothing but these.
    public static Augmentation of(AugmentationOption... options) {
        return none().with(options);
    }

    public Augmentation {
        check(rotation, "rotation");
        check(shear, "shear");
        check(channelShift, "channel shift");
        check(lowestBrightness, "brightness");
        if (!(lowestZoom > 0) || !(highestZoom >= lowestZoom) || Double.isInfinite(highestZoom)) {
            throw new IllegalArgumentException("zoom factors from " + lowestZoom + " to " + highestZoom
                    + ", expected a range above 0");
        }
        if (!(highestBrightness >= lowestBrightness) || Double.isInfinite(highestBrightness)) {
            throw new IllegalArgumentException("brightness from " + lowestBrightness + " to " + highestBrightness
                    + ", expected a range from 0 up");
        }
    }

    private static void check(double range, String name) {
        if (!(range >= 0) || Double.isInfinite(range)) {
            throw new IllegalArgumentException("a range of " + name + " is at least 0, got " + range);
        }
    }

    /// This and these, later ones last.
    public Augmentation with(AugmentationOption... options) {
        var result = this;
        for (var option : options) result = option.in(result);
        return result;
    }

    /// Whether pictures stay as they are.
    public boolean isNone() {
        return rotation == 0 && widthShift.isNone() && heightShift.isNone() && shear == 0 && lowestZoom == 1
                && highestZoom == 1 && channelShift == 0 && lowestBrightness == 1 && highestBrightness == 1
                && !horizontalFlip && !verticalFlip;
    }

    /// What happens to one picture in one epoch.
    ///
    /// @param seed of the run
    /// @param epoch from 0
    /// @param index of the picture, from 0
    /// @param height of the picture in pixels
    /// @param width of the picture in pixels
    public Transform draw(long seed, long epoch, long index, int height, int width) {
        var draws = new Draws(new Randomness(seed), epoch, index * DRAWS);
        return new Transform(draws.around(0, rotation),
                heightShift.pixels(height, draws.number(1), draws.number(10)),
                widthShift.pixels(width, draws.number(2), draws.number(11)), draws.around(3, shear),
                draws.between(4, lowestZoom, highestZoom), draws.between(5, lowestZoom, highestZoom),
                horizontalFlip && draws.number(6) < 0.5, verticalFlip && draws.number(7) < 0.5,
                draws.around(8, channelShift), draws.between(9, lowestBrightness, highestBrightness),
                lowestBrightness != 1 || highestBrightness != 1, fillMode, fillValue, geometry, interpolation);
    }

    /// The random numbers of one picture in one epoch.
    private record Draws(Randomness randomness, long epoch, long first) {
        double number(int place) {
            return randomness.uniform(Purpose.AUGMENTATION, epoch, first + place);
        }

        double between(int place, double lowest, double highest) {
            return lowest == highest ? lowest : lowest + (highest - lowest) * number(place);
        }

        double around(int place, double range) {
            return range == 0 ? 0 : -range + 2 * range * number(place);
        }
    }

    /// Another `rotation_range`, in degrees.
    public Augmentation rotation(double degrees) {
        return new Augmentation(degrees, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, geometry,
                interpolation);
    }

    /// Another `width_shift_range`.
    public Augmentation widthShift(Shift shift) {
        return new Augmentation(rotation, shift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, geometry,
                interpolation);
    }

    /// Another `height_shift_range`.
    public Augmentation heightShift(Shift shift) {
        return new Augmentation(rotation, widthShift, shift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, geometry,
                interpolation);
    }

    /// Another `shear_range`, in degrees.
    public Augmentation shear(double degrees) {
        return new Augmentation(rotation, widthShift, heightShift, degrees, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, geometry,
                interpolation);
    }

    /// Another `zoom_range`, as factors.
    public Augmentation zoom(double lowest, double highest) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowest, highest, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, geometry,
                interpolation);
    }

    /// Another `channel_shift_range`.
    public Augmentation channelShift(double range) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, range,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, geometry,
                interpolation);
    }

    /// Another `brightness_range`.
    public Augmentation brightness(double lowest, double highest) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowest, highest, horizontalFlip, verticalFlip, fillMode, fillValue, geometry, interpolation);
    }

    /// Whether `horizontal_flip`.
    public Augmentation horizontalFlip(boolean flip) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, flip, verticalFlip, fillMode, fillValue, geometry, interpolation);
    }

    /// Whether `vertical_flip`.
    public Augmentation verticalFlip(boolean flip) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, flip, fillMode, fillValue, geometry,
                interpolation);
    }

    /// Another `fill_mode`.
    public Augmentation fillMode(FillMode mode) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, mode, fillValue, geometry,
                interpolation);
    }

    /// Another `cval`.
    public Augmentation fillValue(double value) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, value, geometry,
                interpolation);
    }

    /// Another geometry.
    public Augmentation geometry(Geometry other) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, other,
                interpolation);
    }

    /// Another `interpolation_order`: [Interpolation#NEAREST] is 0, [Interpolation#BILINEAR] is 1.
    public Augmentation interpolation(Interpolation other) {
        return new Augmentation(rotation, widthShift, heightShift, shear, lowestZoom, highestZoom, channelShift,
                lowestBrightness, highestBrightness, horizontalFlip, verticalFlip, fillMode, fillValue, geometry,
                other);
    }
}
