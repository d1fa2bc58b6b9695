package narwhal.history.readers;

import java.util.Locale;

/// Prints what the versions of Keras printed, after their source code (keras-semantics 6.7 and 6.8).
final class KerasPrinter {
    private KerasPrinter() {
    }

    /// How one version prints.
    ///
    /// @param name
    /// @param barLine whether a bar is drawn
    /// @param header format of the headline
    /// @param target of the bar
    /// @param time behind the elapsed seconds
    /// @param countInLine whether a line without bar begins with the count
    /// @param intro lines before the first epoch
    record Version(String name, boolean barLine, String header, int target, String time, boolean countInLine,
            String intro) {
        @Override
        public String toString() {
            return name;
        }
    }

    static final Version KERAS_0 = new Version("0.x", true, "Epoch %3$d", 60000, "", false, "");
    static final Version KERAS_1 = new Version("1.x", true, "Epoch %1$d/%2$d", 60000, "", false,
            "Train on 60000 samples, validate on 10000 samples\n");
    static final Version KERAS_2_FIT = new Version("2.x fit", true, "Epoch %1$d/%2$d", 60000, " 63us/step", false,
            "Train on 60000 samples, validate on 10000 samples\n");
    static final Version KERAS_2_GENERATOR = new Version("2.x generator", true, "Epoch %1$d/%2$d", 910, " 582ms/step",
            false,
            "Found 29124 images belonging to 2 classes.\nFound 10401 images belonging to 2 classes.\n");
    static final Version KERAS_2_LINES = new Version("2.x verbose=2", false, "Epoch %1$d/%2$d", 0, "", false, "");
    static final Version TF_20 = new Version("tf 2.0", true, "Epoch %1$d/%2$d", 60000, " 45us/sample", false,
            "Train on 60000 samples, validate on 10000 samples\n");
    static final Version TF_2 = new Version("tf 2", true, "Epoch %1$d/%2$d", 1563, " 5ms/step", false, "");
    static final Version TF_2_LINES = new Version("tf 2 verbose=2", false, "Epoch %1$d/%2$d", 1563, "", true, "");

    static String print(Version version, Truth truth, boolean states, String stateEnd) {
        var out = new StringBuilder(version.intro());
        for (int e = 0; e < truth.epochs().size(); e++) {
            out.append(String.format(Locale.ROOT, version.header(), e + 1, truth.epochs().size(), e)).append('\n');
            if (version.barLine() && states) {
                for (int done : new int[]{version.target() / 10, version.target() / 2, version.target() - 1}) {
                    out.append(bar(done, version.target())).append(" - ETA: 3s")
                            .append(pairs(version, truth, e, false, 1.1)).append(stateEnd);
                }
            }
            if (version.barLine())
                out.append(bar(version.target(), version.target())).append(" - 12s").append(version.time());
            else if (version.countInLine())
                out.append(version.target()).append('/').append(version.target()).append(" - 12s");
            else
                out.append(" - 12s");
            out.append(pairs(version, truth, e, true, 1)).append('\n');
        }
        return out.toString();
    }

    static String bar(int done, int target) {
        int filled = 30 * done / target;
        var bar = new StringBuilder();
        bar.append(String.format(Locale.ROOT, "%" + Integer.toString(target).length() + "d/%d [", done, target));
        if (filled > 0) bar.append("=".repeat(filled - 1)).append(done < target ? '>' : '=');
        return bar.append(".".repeat(30 - filled)).append(']').toString();
    }

    private static String pairs(Version version, Truth truth, int e, boolean validation, double factor) {
        var out = new StringBuilder();
        truth.values().forEach((name, series) -> {
            if (!validation && name.startsWith("val_") || Double.isNaN(series[e])) return;
            var printed = version == KERAS_0 && name.equals("acc") ? "acc." : name;
            out.append(" - ").append(printed).append(": ").append(number(series[e] * factor));
        });
        return out.toString();
    }

    static String number(double value) {
        return String.format(Locale.ROOT, Math.abs(value) > 1e-3 ? "%.4f" : "%.4e", value);
    }
}
