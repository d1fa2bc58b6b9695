package narwhal.cli;

import java.util.Locale;

/// Sizes for people.
final class Bytes {
    private static final String[] UNITS = {"B", "KB", "MB", "GB", "TB", "PB"};

    private Bytes() {
    }

    /// With two decimals and units of 1,024, as Keras prints them: `11.04 MB`.
    static String of(long bytes) {
        double size = bytes;
        int unit = 0;
        while (size >= 1024 && unit < UNITS.length - 1) {
            size /= 1024;
            unit++;
        }
        return String.format(Locale.ROOT, "%.2f %s", size, UNITS[unit]);
    }
}
