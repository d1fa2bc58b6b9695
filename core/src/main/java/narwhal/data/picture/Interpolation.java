package narwhal.data.picture;

import java.util.Arrays;
import java.util.Locale;
import narwhal.errors.Problem;

/// How a picture is brought to another size, defined by Pillow's filter of the same name.
public enum Interpolation {
    /// The nearest pixel; Keras' default.
    NEAREST,
    /// A triangle over all pixels that fall together, so that shrinking does not alias.
    BILINEAR;

    /// Keras' name: `nearest`, `bilinear`.
    public String kerasName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /// The interpolation of Keras' name.
    ///
    /// @throws narwhal.errors.NarwhalException `USAGE_VALUE` if there is none
    public static Interpolation of(String kerasName) {
        return Arrays.stream(values()).filter(value -> value.kerasName().equals(kerasName)).findFirst()
                .orElseThrow(() -> Problem.USAGE_VALUE.because("interpolation " + kerasName
                        + ", expected nearest or bilinear", "choose one of them"));
    }
}
