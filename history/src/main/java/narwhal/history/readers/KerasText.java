package narwhal.history.readers;

import java.util.ArrayDeque;
import java.util.List;
import java.util.OptionalInt;
import narwhal.history.log.LogFormat;
import narwhal.history.log.LogFormat.Framework;

/// Keras' progress output, line by line: which lines are headlines, states of bars or lines of `verbose=2`, which continue the one before,
/// and which are what callbacks and generators print in between.
final class KerasText {
    private static final int MOST_WAITING = 3_000;

    private final KerasEpochs epochs = new KerasEpochs();
    private final LeftoverLines leftovers;
    private final KerasRemarks remarks;
    private final ArrayDeque<String> waiting = new ArrayDeque<>();
    private boolean begun;
    private String previous = "";
    private boolean previousIsFinal;

    KerasText(LeftoverLines leftovers) {
        this.leftovers = leftovers;
        remarks = new KerasRemarks(epochs, leftovers);
    }

    /// Whether a line of Keras has come.
    boolean begun() {
        return begun;
    }

    /// Takes the next clean line in. Until the first line of Keras comes the others wait: a text that is not Keras' costs no more than
    /// a look at each line.
    void take(String line) {
        var header = Keras.header(line);
        var values = header == null ? Keras.parse(line) : null;
        if (!begun) {
            begun = header != null || values != null || KerasRemarks.isInside(line);
            if (!begun) {
                waiting.add(line);
                if (waiting.size() > MOST_WAITING) leftovers.add(waiting.removeFirst());
                return;
            }
            waiting.forEach(remarks::take);
            waiting.clear();
        }
        if (header != null) {
            epochs.header(header);
            remember("", false);
            if (header.end() < line.length()) take(line.substring(header.end()));
        } else if (values != null) {
            epochs.bar(values);
            remember(line, values.full());
        } else if (!wrapped(line)) {
            remarks.take(line);
            remember("", false);
        }
    }

    private void remember(String line, boolean isFinal) {
        previous = line;
        previousIsFinal = isFinal;
    }

    /// A bar that was wrapped at the edge of a terminal or a page: the rest of its values stands on the next line.
    private boolean wrapped(String line) {
        if (previous.isEmpty() || !epochs.isOpen() || line.length() > 500) return false;
        if (EventLines.parse(line, OptionalInt.empty()) != null) return false;
        int i = LineCleaning.skipBlanks(line, 0);
        if (i >= line.length()) return false;
        var joined = previous
                + (line.charAt(i) == '-' || Character.isWhitespace(line.charAt(0))
                        ? " "
                        : previous.endsWith(":") ? " " : "")
                + line.substring(i);
        var longer = Keras.parse(joined);
        if (longer == null) {
            remember("", false);
            return false;
        }
        var before = Keras.parse(previous);
        if (before == null || longer.pairs().size() <= before.pairs().size() || !startsLikeValues(line, i))
            return false;
        epochs.bar(longer);
        remember(joined, longer.full());
        return true;
    }

    private boolean startsLikeValues(String line, int i) {
        char c = line.charAt(i);
        return c == '-' || Readings.isDigit(c) || previous.endsWith("-") || previous.endsWith(":")
                || previousIsFinal && c == '_'
                || line.indexOf(": ") > 0 && !previous.isEmpty()
                        && !Readings.isDigit(previous.charAt(previous.length() - 1));
    }

    /// Whether the text has epochs of Keras.
    boolean hasEpochs() {
        return epochs.any();
    }

    /// The runs, to be built by the caller.
    List<RunBuilder> runs() {
        return epochs.runs();
    }

    LogFormat format() {
        return epochs.format();
    }

    Framework framework() {
        return format().framework();
    }
}
