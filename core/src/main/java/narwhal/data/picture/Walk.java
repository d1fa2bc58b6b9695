package narwhal.data.picture;

import java.util.List;
import java.util.Set;

/// What the walk through the structure of a file found: it is whole, and this is what the decoder needs of it.
///
/// @param height in pixels
/// @param width in pixels
/// @param notes what is worth telling
/// @param essence the file without all that must not influence pixels, such as profiles, gamma and text
/// @param reading what is special about its samples
@SuppressWarnings("ArrayRecordComponent")
record Walk(int height, int width, Set<PictureNote> notes, byte[] essence, Reading reading) {
    /// How the decoded samples become the picture.
    sealed interface Reading {
        /// As the decoder's colour model says.
        record Plain() implements Reading {}

        /// A frame within a larger picture.
        ///
        /// @param left column of the frame
        /// @param top row of the frame
        /// @param red of the pixels around it, 0 … 255
        record Within(int left, int top, int red, int green, int blue) implements Reading {}

        /// Components of a JPEG without any conversion.
        ///
        /// @param colour what they mean
        /// @param halfHeight which of them are stored with half the height and all of the width
        record Components(Colour colour, List<Boolean> halfHeight) implements Reading {}
    }

    /// What the components of a JPEG mean.
    enum Colour {
        RGB,
        /// Luma and two chromas.
        YCC,
        /// Cyan, magenta, yellow, black, as Adobe stores them: 255 is no ink.
        CMYK,
        /// The same with the first three as luma and chroma.
        YCCK
    }
}
