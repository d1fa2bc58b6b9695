package narwhal.data.picture;

import java.awt.image.Raster;
import narwhal.data.picture.Walk.Colour;
import narwhal.data.picture.Walk.Reading.Components;

/// The last steps of a JPEG decoder, for the pictures whose components we take out raw: smoothing of components with half
/// the height, and conversion to red, green and blue, with the arithmetic of libjpeg-turbo (`jdsample.c`, `jdcolor.c`) and
/// Pillow.
final class JpegComponents {
    private JpegComponents() {
    }

    static Picture picture(Raster raster, Components components) {
        int height = raster.getHeight();
        int width = raster.getWidth();
        int count = raster.getNumBands();
        int[][] bands = new int[count][];
        for (int c = 0; c < count; c++) {
            bands[c] = raster.getSamples(raster.getMinX(), raster.getMinY(), width, height, c, (int[]) null);
            if (components.halfHeight().get(c)) bands[c] = smoothed(bands[c], height, width);
        }
        var rgb = new byte[height * width * 3];
        for (int i = 0, o = 0; i < height * width; i++, o += 3) {
            if (components.colour() == Colour.YCC || components.colour() == Colour.YCCK) toRgb(bands, i);
            switch (components.colour()) {
                case RGB, YCC -> {
                    for (int c = 0; c < 3; c++) rgb[o + c] = (byte) bands[c][i];
                }
                case CMYK -> {
                    for (int c = 0; c < 3; c++) rgb[o + c] = (byte) printed(255 - bands[c][i], bands[3][i]);
                }
                case YCCK -> {
                    for (int c = 0; c < 3; c++) rgb[o + c] = (byte) printed(bands[c][i], bands[3][i]);
                }
            }
        }
        return Picture.of(height, width, 3, rgb);
    }

    /// The JDK has doubled every row; a row becomes three quarters itself and one quarter its neighbour.
    private static int[] smoothed(int[] band, int height, int width) {
        int[] smooth = new int[band.length];
        for (int y = 0; y < height; y++) {
            boolean upper = y % 2 == 0;
            int near = y - y % 2;
            int far = upper ? near - 2 : near + 2;
            if (far < 0 || far >= height) far = near;
            for (int x = 0; x < width; x++) {
                smooth[y * width + x] = (band[near * width + x] * 3 + band[far * width + x] + (upper ? 1 : 2)) >> 2;
            }
        }
        return smooth;
    }

    /// Luma and chroma to red, green and blue in 16-bit fixed point.
    private static void toRgb(int[][] bands, int i) {
        int y = bands[0][i];
        int cb = bands[1][i] - 128;
        int cr = bands[2][i] - 128;
        bands[0][i] = clamp(y + ((91881 * cr + 32768) >> 16));
        bands[1][i] = clamp(y + ((-22554 * cb - 46802 * cr + 32768) >> 16));
        bands[2][i] = clamp(y + ((116130 * cb + 32768) >> 16));
    }

    /// A colour under black ink, as Pillow's `cmyk2rgb` rounds it.
    ///
    /// @param ink 255 is all of it
    /// @param notBlack 255 is no black
    private static int printed(int ink, int notBlack) {
        int t = ink * notBlack + 128;
        return clamp(notBlack - ((t + (t >> 8)) >> 8));
    }

    private static int clamp(int value) {
        return Math.max(0, Math.min(255, value));
    }
}
