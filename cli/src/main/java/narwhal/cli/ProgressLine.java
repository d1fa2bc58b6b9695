package narwhal.cli;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import narwhal.callbacks.PythonNumber;

/// The line of an epoch as Keras 2.2 prints it, while it runs and when it has ended:
///
/// ```
/// 455/910 [==============>...............] - ETA: 4:25 - loss: 0.6105 - accuracy: 0.6161
/// 910/910 [==============================] - 530s 582ms/step - loss: 0.6105 - accuracy: 0.6161 - val_loss: 0.2298
/// ```
///
/// Source: `keras/utils/generic_utils.py`, `Progbar`, of Keras 2.2.4. Metrics are shown as they are: averages over the epoch
/// so far, as in Keras 3.
///
/// @param step finished, from 1
/// @param steps of the epoch
/// @param seconds since the epoch began, or was taken up again
/// @param secondsPerStep of the steps since then
/// @param metrics in the order in which they are shown
record ProgressLine(int step, int steps, double seconds, double secondsPerStep, Map<String, Double> metrics) {
    private static final int BAR = 30;
    /// Below this the bar says nothing; metrics go before it does.
    private static final int SHORTEST_BAR = 10;

    ProgressLine {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /// `Epoch 3/60`.
    static String heading(int epoch, int epochs) {
        return "Epoch " + epoch + "/" + epochs;
    }

    /// The line of a finished epoch, whole.
    String finished() {
        return counted() + bar(BAR) + " - " + PythonNumber.fixed(seconds, 0) + "s " + perStep() + shown(metrics.size());
    }

    /// The line while the epoch runs, at most so many columns wide: first the bar gets shorter, then metrics fall off the end.
    String running(int width) {
        int count = metrics.size();
        while (count > 0 && line(SHORTEST_BAR, count).length() > width) count--;
        int bar = Math.clamp(BAR + width - line(BAR, count).length(), SHORTEST_BAR, BAR);
        var line = line(bar, count);
        return line.length() > width ? line.substring(0, width) : line;
    }

    private String line(int bar, int count) {
        return counted() + bar(bar) + " - ETA: " + remaining(secondsPerStep * (steps - step)) + shown(count);
    }

    private String counted() {
        var all = Integer.toString(steps);
        var done = Integer.toString(step);
        return " ".repeat(all.length() - done.length()) + done + "/" + all + " ";
    }

    private String bar(int width) {
        int done = (int) ((double) width * step / steps);
        var head = done == 0 ? "" : "=".repeat(done - 1) + (step < steps ? ">" : "=");
        return "[" + head + ".".repeat(width - done) + "]";
    }

    /// Truncated, not rounded; never negative, whatever the clock does.
    private static String remaining(double seconds) {
        long all = (long) Math.max(0, seconds);
        if (seconds > 3600) return all / 3600 + ":" + twoDigits(all % 3600 / 60) + ":" + twoDigits(all % 60);
        return seconds > 60 ? all / 60 + ":" + twoDigits(all % 60) : all + "s";
    }

    private static String twoDigits(long number) {
        return number < 10 ? "0" + number : Long.toString(number);
    }

    private String perStep() {
        if (secondsPerStep >= 1) return PythonNumber.fixed(secondsPerStep, 0) + "s/step";
        return secondsPerStep >= 1e-3
                ? PythonNumber.fixed(secondsPerStep * 1e3, 0) + "ms/step"
                : PythonNumber.fixed(secondsPerStep * 1e6, 0) + "us/step";
    }

    private String shown(int count) {
        var shown = new StringBuilder();
        metrics.entrySet().stream().limit(count).forEach(
                metric -> shown.append(" - ").append(metric.getKey()).append(": ").append(value(metric.getValue())));
        return shown.toString();
    }

    /// Four decimals, or four digits where those would say little.
    static String value(double value) {
        return Math.abs(value) > 1e-3 ? PythonNumber.fixed(value, 4) : PythonNumber.scientific(value, 4);
    }
}
