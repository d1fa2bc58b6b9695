package narwhal.history.readers;

import org.jspecify.annotations.Nullable;

/// Takes progress bars of other libraries apart: tqdm's `Epoch 1:  37%|███▋ | 173/469 [00:04<00:08, 36.1it/s, loss=0.41]` and the
/// `[===>...]  Step: 60ms | Tot: 3s | Loss: 1.2 | Acc: 55.1% (27561/50000) 391/391` of many image classifiers.
final class ProgressBars {
    private ProgressBars() {
    }

    /// A state of a bar.
    ///
    /// @param text the words and values without the drawing
    /// @param done
    /// @param total
    record Bar(String text, long done, long total) {
        boolean full() {
            return done >= total;
        }
    }

    static @Nullable Bar parse(String line) {
        int percent = line.indexOf("%|");
        if (percent > 0) return tqdm(line, percent);
        int bare = line.indexOf("% ");
        if (bare > 0) {
            var bar = withoutDrawing(line, bare);
            if (bar != null) return bar;
        }
        if (line.indexOf("Step: ") > 0 && line.indexOf("| Tot: ") > 0) return stepAndTotal(line);
        return null;
    }

    private static @Nullable Bar tqdm(String line, int percent) {
        int before = percent;
        while (before > 0 && Readings.isDigit(line.charAt(before - 1))) before--;
        int bar = line.indexOf('|', percent + 2);
        return bar < 0 ? null : counts(line, before, LineCleaning.skipBlanks(line, bar + 1));
    }

    /// `Epoch 0:  97% 1651/1702 [13:00<00:24,  2.11it/s, loss=0.158]`, as notebooks show it.
    private static @Nullable Bar withoutDrawing(String line, int percent) {
        int before = percent;
        while (before > 0 && Readings.isDigit(line.charAt(before - 1))) before--;
        int start = LineCleaning.skipBlanks(line, percent + 1);
        boolean time = line.indexOf(" [", start) > 0 && line.indexOf("it", start) > 0;
        return time && before < percent ? counts(line, before, start) : null;
    }

    /// The count that begins at `start`, and what follows.
    private static @Nullable Bar counts(String line, int before, int start) {
        int slash = start;
        while (slash < line.length() && (Readings.isDigit(line.charAt(slash)) || line.charAt(slash) == '.')) slash++;
        if (slash >= line.length() || line.charAt(slash) != '/') return null;
        int end = slash + 1;
        while (end < line.length() && (Readings.isDigit(line.charAt(end)) || line.charAt(end) == '.')) end++;
        long done = whole(line, start, slash);
        long total = whole(line, slash + 1, end);
        if (done < 0 || total <= 0) return null;
        int open = line.indexOf('[', end);
        int rate = open < 0 ? -1 : firstOf(line, open, "it/s", "s/it", "batch/s", "img/s", "?it/s", "b/s", "sample/s");
        var values = "";
        if (rate > 0) {
            int comma = line.indexOf(',', rate);
            if (comma > 0) values = line.substring(comma + 1);
            int close = line.indexOf(']', open);
            if (comma < 0 && close > 0) values = line.substring(close + 1);
        } else {
            values = line.substring(end);
        }
        // `loss (batch)=0.41`
        return new Bar(line.substring(0, before) + " , " + values.replace(" (batch)=", "="), done, total);
    }

    private static int firstOf(String line, int from, String... words) {
        int first = -1;
        for (var word : words) {
            int at = line.indexOf(word, from);
            if (at >= 0 && (first < 0 || at < first)) first = at;
        }
        return first;
    }

    private static long whole(String line, int from, int to) {
        int point = line.indexOf('.', from);
        return Readings.whole(line, from, point > 0 && point < to ? point : to);
    }

    private static @Nullable Bar stepAndTotal(String line) {
        int end = line.length();
        while (end > 0 && line.charAt(end - 1) <= ' ') end--;
        // In what is copied from a terminal the count stands in the middle of the bar, where it was written last.
        int close = line.indexOf(']');
        int inside = line.trim().startsWith("[=") ? line.lastIndexOf('/', close) : -1;
        int slash = inside > 0 ? inside : line.lastIndexOf('/', end);
        if (slash < 0) return null;
        if (inside > 0) {
            end = slash + 1;
            while (Readings.isDigit(line.charAt(end))) end++;
        }
        int start = slash;
        while (start > 0 && Readings.isDigit(line.charAt(start - 1))) start--;
        long done = Readings.whole(line, start, slash);
        long total = Readings.whole(line, slash + 1, end);
        int values = line.indexOf('|', line.indexOf("| Tot: ") + 1);
        if (done < 0 || total <= 0 || values < 0) return null;
        return new Bar(inside > 0 ? line.substring(values + 1) : line.substring(values + 1, start), done, total);
    }
}
