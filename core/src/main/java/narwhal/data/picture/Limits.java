package narwhal.data.picture;

import java.util.Locale;
import narwhal.errors.Problem;

/// How large a picture may be.
///
/// @param maxPixels height × width
record Limits(long maxPixels) {
    /// @throws narwhal.errors.NarwhalException `IMG_CORRUPT` or `IMG_TOO_LARGE`
    void check(long height, long width) {
        if (height < 1 || width < 1) {
            throw Problem.IMG_CORRUPT.because("is " + height + "×" + width + " pixels");
        }
        if (height > maxPixels / width) {
            throw Problem.IMG_TOO_LARGE.because(String.format(Locale.ROOT,
                    "is %,d×%,d pixels, the limit is %,d", height, width, maxPixels));
        }
    }
}
