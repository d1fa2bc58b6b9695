package narwhal.data.augmentation;

import narwhal.data.picture.Interpolation;

/// The words for `augment(shear(0.2), zoom(0.2))`, as Keras' `ImageDataGenerator` has them. Their order does not matter:
/// all geometry of a picture becomes one resampling.
public final class Augmentations {
    private Augmentations() {
    }

    /// `rotation_range`: turned by up to so many degrees either way.
    public static AugmentationOption rotation(double degrees) {
        return augmentation -> augmentation.rotation(degrees);
    }

    /// `width_shift_range`: a fraction of the width below 1, pixels from 1 on, either way.
    public static AugmentationOption widthShift(double range) {
        return augmentation -> augmentation.widthShift(Shift.within(range));
    }

    /// `width_shift_range=n` with a whole number: 0 to n − 1 whole pixels, either way.
    public static AugmentationOption widthShift(int pixels) {
        return augmentation -> augmentation.widthShift(Shift.wholePixels(pixels));
    }

    /// `width_shift_range=[…]`: one of these, either way; fractions of the width if all lie below 1, otherwise pixels.
    public static AugmentationOption widthShift(double... values) {
        return augmentation -> augmentation.widthShift(Shift.oneOf(values));
    }

    /// `height_shift_range`: a fraction of the height below 1, pixels from 1 on, either way.
    public static AugmentationOption heightShift(double range) {
        return augmentation -> augmentation.heightShift(Shift.within(range));
    }

    /// `height_shift_range=n` with a whole number: 0 to n − 1 whole pixels, either way.
    public static AugmentationOption heightShift(int pixels) {
        return augmentation -> augmentation.heightShift(Shift.wholePixels(pixels));
    }

    /// `height_shift_range=[…]`: one of these, either way; fractions of the height if all lie below 1, otherwise pixels.
    public static AugmentationOption heightShift(double... values) {
        return augmentation -> augmentation.heightShift(Shift.oneOf(values));
    }

    /// `shear_range`: up to so many degrees either way. 0.2 is hardly visible; Keras' users often mean more.
    public static AugmentationOption shear(double degrees) {
        return augmentation -> augmentation.shear(degrees);
    }

    /// `zoom_range=z`: factors from 1 − z to 1 + z, one for each axis; a factor below 1 magnifies.
    public static AugmentationOption zoom(double range) {
        return augmentation -> augmentation.zoom(1 - range, 1 + range);
    }

    /// `zoom_range=[lowest, highest]`.
    public static AugmentationOption zoom(double lowest, double highest) {
        return augmentation -> augmentation.zoom(lowest, highest);
    }

    /// `channel_shift_range`: up to so much is added to all samples, cut to the picture's own extremes.
    public static AugmentationOption channelShift(double range) {
        return augmentation -> augmentation.channelShift(range);
    }

    /// `brightness_range`: multiplied by a factor from this range. Samples are cut to 8 bits, as in Keras.
    public static AugmentationOption brightness(double lowest, double highest) {
        return augmentation -> augmentation.brightness(lowest, highest);
    }

    /// `horizontal_flip=True`: every other picture, left and right exchanged.
    public static AugmentationOption horizontalFlip() {
        return augmentation -> augmentation.horizontalFlip(true);
    }

    /// `vertical_flip=True`: every other picture, top and bottom exchanged.
    public static AugmentationOption verticalFlip() {
        return augmentation -> augmentation.verticalFlip(true);
    }

    /// `fill_mode`: what lies outside.
    public static AugmentationOption fillMode(FillMode mode) {
        return augmentation -> augmentation.fillMode(mode);
    }

    /// `fill_mode='constant', cval=value`, on the scale 0 … 255.
    public static AugmentationOption fillConstant(double value) {
        return augmentation -> augmentation.fillMode(FillMode.CONSTANT).fillValue(value);
    }

    /// Which Keras' geometry to follow.
    public static AugmentationOption geometry(Geometry geometry) {
        return augmentation -> augmentation.geometry(geometry);
    }

    /// `interpolation_order`: [Interpolation#NEAREST] is 0, [Interpolation#BILINEAR] is 1, Keras' default.
    public static AugmentationOption interpolation(Interpolation interpolation) {
        return augmentation -> augmentation.interpolation(interpolation);
    }
}
