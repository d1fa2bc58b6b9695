package narwhal.data.picture;

/// Something worth knowing about a picture that can be used all the same.
public enum PictureNote {
    /// The name promises another format than the content has.
    WRONG_EXTENSION("named like another format"),
    /// Sixteen bits a sample, of which the upper eight are used.
    SIXTEEN_BIT("16 bits a sample, read as 8"),
    /// Printing colours, converted to red, green and blue without a colour profile.
    CMYK("CMYK, converted to RGB"),
    /// The file asks viewers to rotate or mirror it; like Keras, we read the pixels as stored.
    EXIF_ROTATION("with an EXIF rotation, which is ignored"),
    /// More than one frame; the first one is used.
    ANIMATED("animated, first frame used");

    private final String meaning;

    PictureNote(String meaning) {
        this.meaning = meaning;
    }

    /// As half a sentence about a number of pictures, such as `animated, first frame used`.
    public String meaning() {
        return meaning;
    }
}
