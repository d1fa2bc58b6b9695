package narwhal.history.readers;

import java.nio.charset.StandardCharsets;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// Says in one sentence what was seen where no epoch was recognised.
final class UnknownLog {
    private long lines;
    private long withMetric;
    private long withEpoch;

    void take(String line) {
        lines++;
        var lower = line.length() > 2_000 ? line.substring(0, 2_000) : line;
        if (containsIgnoreCase(lower, "loss") || containsIgnoreCase(lower, "acc")) withMetric++;
        if (containsIgnoreCase(lower, "epoch")) withEpoch++;
    }

    private static boolean containsIgnoreCase(String line, String word) {
        for (int i = 0; i + word.length() <= line.length(); i++) {
            // No letter beyond ASCII is an l, an a or an e but for its case.
            if ((line.charAt(i) | 0x20) == word.charAt(0) && line.regionMatches(true, i, word, 0, word.length()))
                return true;
        }
        return false;
    }

    NarwhalException problem(String place) {
        if (lines == 0) return Problem.LOG_UNKNOWN_FORMAT.because(place + ": holds no text");
        return Problem.LOG_UNKNOWN_FORMAT.because(
                place + ": saw " + lines + (lines == 1 ? " line, " : " lines, ") + withEpoch
                        + " with the word epoch and " + withMetric
                        + " with a loss or accuracy, none with both a place in the training and a value;"
                        + " expected lines such as \"Epoch 1/20\" and \"loss: 0.5 - val_loss: 0.6\"",
                "give the text that training printed, a CSV or a history");
    }

    /// Refuses well-known files that hold no text.
    static void refuseBinary(byte[] bytes, String place) {
        var kind = kind(bytes);
        if (!kind.isEmpty()) {
            throw Problem.LOG_UNKNOWN_FORMAT.because(place + ": is " + kind + ", expected text",
                    "give the text that training printed, a CSV or a history");
        }
    }

    private static String kind(byte[] bytes) {
        var head = new String(bytes, 0, Math.min(bytes.length, 64), StandardCharsets.ISO_8859_1);
        if (head.startsWith("\u0089HDF")) return "an HDF5 file";
        if (head.startsWith("PK\u0003\u0004")) return "a zip file";
        if (head.startsWith("\u001f\u008b")) return "a gzip file";
        if (head.startsWith("\u0089PNG") || head.startsWith("\u00ff\u00d8\u00ff") || head.startsWith("GIF8"))
            return "a picture";
        if (head.startsWith("%PDF")) return "a PDF file";
        if (head.contains("brain.Event:")) return "a TensorBoard event file";
        if (head.startsWith("\u0080\u0002") || head.startsWith("\u0080\u0003") || head.startsWith("\u0080\u0004"))
            return "a pickle file";
        return "";
    }
}
