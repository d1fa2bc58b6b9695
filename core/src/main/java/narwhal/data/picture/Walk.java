package narwhal.data.picture;

import java.util.EnumSet;
import java.util.Set;

/// What the walk through the structure of a file found: it is whole, and this is what the decoder needs of it.
///
/// @param height in pixels
/// @param width in pixels
/// @param notes what is worth telling
/// @param essence the file without all that must not influence pixels, such as profiles, gamma and text
/// @param left column of the first frame in the picture; 0 except in some GIFs
/// @param top row of the first frame in the picture
/// @param colour how the samples of a JPEG are to be read
@SuppressWarnings("ArrayRecordComponent")
record Walk(int height, int width, Set<PictureNote> notes, byte[] essence, int left, int top, Colour colour) {
    /// What the samples of a decoded raster mean.
    enum Colour {
        /// As the colour model says.
        MODEL,
        /// Cyan, magenta, yellow, black, as Adobe stores them: 255 is no ink.
        CMYK,
        /// The same with the first three as luma and chroma.
        YCCK
    }

    static Walk of(int height, int width, EnumSet<PictureNote> notes, byte[] essence) {
        return new Walk(height, width, notes, essence, 0, 0, Colour.MODEL);
    }
}
