package narwhal.cli;

import java.util.Locale;

/// Channels of the pictures.
enum ColorMode {
    RGB,
    GRAYSCALE;

    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
