package narwhal.cli;

import narwhal.data.augmentation.Augmentation;
import narwhal.data.augmentation.FillMode;
import picocli.CommandLine.Option;

/// What may happen to a training picture at random, in the words of Keras' `ImageDataGenerator`.
final class AugmentationOptions {
    @Option(names = "--rotation-range", paramLabel = "DEGREES", description = "Turned by up to so much either way.")
    private double rotation;

    @Option(names = "--width-shift-range", paramLabel = "SHARE", description = "Moved sideways: a share of the width below 1, pixels from 1 on.")
    private double widthShift;

    @Option(names = "--height-shift-range", paramLabel = "SHARE", description = "Moved up or down, likewise.")
    private double heightShift;

    @Option(names = "--shear-range", paramLabel = "DEGREES", description = "Sheared by up to so much either way.")
    private double shear;

    @Option(names = "--zoom-range", paramLabel = "SHARE", description = "Zoomed by 1 ± SHARE, each axis on its own.")
    private double zoom;

    @Option(names = "--horizontal-flip", description = "Half of the pictures with left and right exchanged.")
    private boolean horizontalFlip;

    @Option(names = "--vertical-flip", description = "Half of the pictures with top and bottom exchanged.")
    private boolean verticalFlip;

    @Option(names = "--fill-mode", paramLabel = "MODE", description = "What lies outside: constant, nearest, reflect or wrap (default: nearest).")
    private FillMode fillMode = FillMode.NEAREST;

    @Option(names = "--cval", paramLabel = "VALUE", description = "The constant, 0 to 255.")
    private double cval;

    void check() {
        Values.check(rotation >= 0 && rotation <= 180, "--rotation-range", rotation, "0 to 180 degrees");
        Values.check(widthShift >= 0, "--width-shift-range", widthShift, "0 or more");
        Values.check(heightShift >= 0, "--height-shift-range", heightShift, "0 or more");
        Values.check(shear >= 0 && shear < 90, "--shear-range", shear, "0 to 90 degrees");
        Values.check(zoom >= 0 && zoom < 1, "--zoom-range", zoom, "0 or more and less than 1");
        Values.check(cval >= 0 && cval <= 255, "--cval", cval, "0 to 255");
    }

    Augmentation augmentation() {
        return Augmentation.none().rotation(rotation).widthShift(widthShift).heightShift(heightShift).shear(shear)
                .zoom(1 - zoom, 1 + zoom).horizontalFlip(horizontalFlip).verticalFlip(verticalFlip).fillMode(fillMode)
                .fillValue(cval);
    }
}
