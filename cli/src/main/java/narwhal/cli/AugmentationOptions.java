package narwhal.cli;

import java.util.Optional;
import narwhal.data.augmentation.Augmentation;
import narwhal.data.augmentation.Augmentations;
import narwhal.data.augmentation.FillMode;
import narwhal.data.augmentation.Geometry;
import narwhal.data.picture.Interpolation;
import picocli.CommandLine.Option;

/// What may happen to a training picture at random, in the words of Keras' `ImageDataGenerator`.
final class AugmentationOptions {
    @Option(names = "--rotation-range", paramLabel = "DEGREES", description = "Turned by up to so much either way.")
    private double rotation;

    @Option(names = "--width-shift-range", paramLabel = "SHIFT", description = "Moved sideways: 0.1 a share of the width, 12.0 pixels, up to so much either way; 3 less than three whole pixels; -5,0,5 one of these.")
    private Numbers widthShift = Numbers.of(0);

    @Option(names = "--height-shift-range", paramLabel = "SHIFT", description = "Moved up or down, likewise.")
    private Numbers heightShift = Numbers.of(0);

    @Option(names = "--shear-range", paramLabel = "DEGREES", description = "Sheared by up to so much either way.")
    private double shear;

    @Option(names = "--zoom-range", paramLabel = "SHARE", description = "Zoomed by 1 ± SHARE, each axis on its own; or factors from LOW,HIGH. Below 1 magnifies.")
    private Numbers zoom = Numbers.of(0);

    @Option(names = "--brightness-range", paramLabel = "LOW,HIGH", description = "Multiplied by a factor from this range.")
    private Optional<Numbers> brightness = Optional.empty();

    @Option(names = "--channel-shift-range", paramLabel = "VALUE", description = "Up to so much of 255 added to all pixels, either way.")
    private double channelShift;

    @Option(names = "--horizontal-flip", description = "Half of the pictures with left and right exchanged.")
    private boolean horizontalFlip;

    @Option(names = "--vertical-flip", description = "Half of the pictures with top and bottom exchanged.")
    private boolean verticalFlip;

    @Option(names = "--fill-mode", paramLabel = "MODE", description = "What lies outside: constant, nearest, reflect or wrap (default: nearest).")
    private FillMode fillMode = FillMode.NEAREST;

    @Option(names = "--cval", paramLabel = "VALUE", description = "The constant, 0 to 255.")
    private double cval;

    @Option(names = "--interpolation-order", paramLabel = "0|1", description = "Between pixels: 0 the nearest, 1 linear (default: 1).")
    private int interpolationOrder = 1;

    @Option(names = "--geometry", paramLabel = "VERSION", description = "Whose centre and axes: keras_2 up to Keras 2.8, keras_2_9 since, where the shifts' axes are exchanged (default: keras_2).")
    private Geometry geometry = Geometry.KERAS_2;

    void check() {
        Values.check(rotation >= 0 && rotation <= 180, "--rotation-range", rotation, "0 to 180 degrees");
        Values.check(!widthShift.isOne() || widthShift.first() >= 0, "--width-shift-range", widthShift, "0 or more");
        Values.check(!heightShift.isOne() || heightShift.first() >= 0, "--height-shift-range", heightShift,
                "0 or more");
        Values.check(shear >= 0 && shear < 90, "--shear-range", shear, "0 to 90 degrees");
        Values.check(zoom.isOne() ? zoom.first() >= 0 && zoom.first() < 1 : isRange(zoom) && zoom.first() > 0,
                "--zoom-range", zoom, "0 or more and less than 1, or two factors above 0 such as 0.8,1.2");
        brightness.ifPresent(range -> Values.check(isRange(range) && range.first() >= 0, "--brightness-range", range,
                "two factors from 0 up such as 0.8,1.2"));
        Values.check(channelShift >= 0 && channelShift <= 255, "--channel-shift-range", channelShift, "0 to 255");
        Values.check(interpolationOrder == 0 || interpolationOrder == 1, "--interpolation-order", interpolationOrder,
                "0 or 1");
        Values.check(cval >= 0 && cval <= 255, "--cval", cval, "0 to 255");
    }

    private static boolean isRange(Numbers numbers) {
        return numbers.isPair() && numbers.first() <= numbers.last();
    }

    Augmentation augmentation() {
        var factors = zoom.isPair()
                ? Augmentations.zoom(zoom.first(), zoom.last())
                : Augmentations.zoom(zoom.first());
        var augmentation = Augmentation.of(factors).rotation(rotation).widthShift(widthShift.shift())
                .heightShift(heightShift.shift()).shear(shear).channelShift(channelShift)
                .horizontalFlip(horizontalFlip).verticalFlip(verticalFlip).fillMode(fillMode).fillValue(cval)
                .geometry(geometry)
                .interpolation(interpolationOrder == 0 ? Interpolation.NEAREST : Interpolation.BILINEAR);
        return brightness.map(range -> augmentation.brightness(range.first(), range.last())).orElse(augmentation);
    }
}
