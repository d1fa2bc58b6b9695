package narwhal.history.readers;

import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import narwhal.history.log.Event;
import org.jspecify.annotations.Nullable;

/// Recognises the messages of callbacks and frameworks.
final class EventLines {
    /// `At epoch 73, lr changed to 0.01`.
    private static final Pattern LR_MOVED = Pattern.compile(
            "\\b(?:lr|learning[ _]rate) (?:is |was |has been )?(?:changed|reduced|decayed|decreased|lowered|dropped|set|updated)"
                    + " to \\d");

    private static final int LONGEST = 300;

    private EventLines() {
    }

    /// What a line says about checkpoints, the learning rate, stopping or trouble; null if it is no such message.
    ///
    /// @param current the epoch that is under way, where the message itself names none
    static @Nullable Event parse(String line, OptionalInt current) {
        if (line.length() < 8) return null;
        var text = line.length() > LONGEST ? line.substring(0, LONGEST) : line;
        var trimmed = text.trim();
        var lower = LineCleaning.lower(trimmed);
        var epoch = ownEpoch(trimmed);
        if (epoch.isEmpty()) epoch = current;
        var event = checkpoint(trimmed, lower, epoch);
        if (event == null) event = learningRate(trimmed, lower, epoch);
        if (event == null) event = stopping(trimmed, lower, epoch);
        return event == null ? trouble(trimmed, lower, epoch) : event;
    }

    /// `Epoch 00009: …`.
    private static OptionalInt ownEpoch(String text) {
        if (!text.regionMatches(true, 0, "epoch", 0, 5)) return OptionalInt.empty();
        int i = LineCleaning.skipBlanks(text, 5);
        int end = i;
        while (end < text.length() && Readings.isDigit(text.charAt(end))) end++;
        long number = Readings.whole(text, i, end);
        return number >= 0 && number < 100_000_000 ? OptionalInt.of((int) number) : OptionalInt.empty();
    }

    private static @Nullable Event checkpoint(String text, String lower, OptionalInt epoch) {
        int improved = lower.indexOf(" improved from ");
        int not = lower.indexOf(" did not improve");
        boolean saving = lower.contains("saving model to") || lower.contains("saving weights to");
        if (improved > 0 && saving || not > 0 || saving) {
            int at = improved > 0 ? improved : not;
            var monitor = at > 0 ? monitorBefore(text, at) : Optional.<String>empty();
            var best = at > 0 ? numberAfter(text, lower, " from ", at) : OptionalDouble.empty();
            var value = improved > 0 ? numberAfter(text, lower, " to ", improved) : OptionalDouble.empty();
            return new Event.Checkpoint(epoch, text, saving, monitor, best, value,
                    saving ? pathAfter(text, lower) : Optional.empty());
        }
        if (lower.contains("finished saving model"))
            return new Event.Checkpoint(epoch, text, true, Optional.empty(),
                    OptionalDouble.empty(), OptionalDouble.empty(), Optional.empty());
        int decreased = lower.indexOf("validation loss decreased");
        if (decreased < 0) decreased = lower.indexOf("validation accuracy increased");
        if (decreased >= 0) {
            var monitor = Optional.of(lower.startsWith("validation loss", decreased) ? "val_loss" : "val_acc");
            return new Event.Checkpoint(epoch, text, true, monitor, numberAfter(text, lower, "(", decreased),
                    numberAfter(text, lower, "> ", decreased), Optional.empty());
        }
        if (lower.startsWith("saving model") || lower.startsWith("saving best") || lower.startsWith("model saved")
                || lower.startsWith("saving checkpoint") || lower.startsWith("best model saved")
                || lower.startsWith("checkpoint saved")
                || lower.startsWith("saved model") || lower.startsWith("saving..")) {
            return new Event.Checkpoint(epoch, text, true, Optional.empty(), OptionalDouble.empty(),
                    OptionalDouble.empty(), Optional.empty());
        }
        return null;
    }

    private static Optional<String> monitorBefore(String text, int at) {
        int start = at;
        while (start > 0 && text.charAt(start - 1) > ' ' && text.charAt(start - 1) != ':') start--;
        return start < at ? Optional.of(text.substring(start, at)) : Optional.empty();
    }

    private static Optional<String> pathAfter(String text, String lower) {
        int at = lower.indexOf(" to ", lower.indexOf("saving "));
        if (at < 0) return Optional.empty();
        var path = text.substring(at + 4).trim();
        while (path.endsWith(".") && !path.endsWith("..")) path = path.substring(0, path.length() - 1);
        return path.isEmpty() ? Optional.empty() : Optional.of(path);
    }

    private static OptionalDouble numberAfter(String text, String lower, String word, int from) {
        int at = lower.indexOf(word, from);
        if (at < 0) return OptionalDouble.empty();
        int start = LineCleaning.skipBlanks(text, at + word.length());
        int end = Readings.end(text, start);
        return end < 0 ? OptionalDouble.empty() : OptionalDouble.of(Readings.value(text.substring(start, end)));
    }

    private static @Nullable Event learningRate(String text, String lower, OptionalInt epoch) {
        boolean named = lower.contains("learning rate") || lower.contains("learning_rate");
        if (!named && !lower.contains("lr ")) return null;
        boolean moved = LR_MOVED.matcher(lower).find();
        if (!named && !moved) return null;
        boolean plateau = lower.contains("reducing learning rate") || lower.contains("reducelronplateau");
        boolean schedule = moved || lower.contains("setting learning rate")
                || lower.contains("adjusting learning rate");
        if (!plateau && !schedule) return null;
        int at = lower.indexOf(" to ");
        var rate = at < 0 ? OptionalDouble.empty() : numberAfter(text, lower, " to ", at);
        int tensor = lower.indexOf("numpy=");
        if (rate.isEmpty() && tensor > 0) rate = numberAfter(text, lower, "numpy=", tensor);
        return rate.isEmpty() ? null : new Event.LearningRate(epoch, text, rate.getAsDouble(), plateau);
    }

    private static @Nullable Event stopping(String text, String lower, OptionalInt epoch) {
        if (lower.contains("restoring model weights from the end of the best epoch")) {
            int colon = lower.lastIndexOf(':');
            var best = colon < 0 ? OptionalInt.empty() : wholeAfter(text, colon + 1);
            return new Event.BestRestored(epoch, text, best);
        }
        int stop = lower.indexOf("early stop");
        if (stop < 0) stop = lower.indexOf("earlystop");
        if (stop >= 0) {
            boolean code = lower.contains("earlystopping(") || lower.contains("import ") || lower.contains("callback");
            boolean counting = lower.contains("counter") || lower.contains("patience") && lower.contains("out of");
            if (lower.contains("not available") || lower.contains("conditioned on")) return missing(text, epoch);
            return code || counting || text.indexOf('=') >= 0 || text.length() > 120
                    ? null
                    : new Event.EarlyStopping(epoch, text);
        }
        return null;
    }

    private static OptionalInt wholeAfter(String text, int from) {
        int start = LineCleaning.skipBlanks(text, from);
        int end = start;
        while (end < text.length() && Readings.isDigit(text.charAt(end))) end++;
        long value = Readings.whole(text, start, end);
        return value >= 0 && value < 100_000_000 ? OptionalInt.of((int) value) : OptionalInt.empty();
    }

    private static @Nullable Event trouble(String text, String lower, OptionalInt epoch) {
        if (lower.contains("can save best model only with") || lower.contains("conditioned on metric"))
            return missing(text, epoch);
        // TensorFlow says so whenever a finite dataset has come to its end.
        if (lower.contains("local rendezvous")) return null;
        if (lower.contains("ran out of data") || lower.contains("outofrangeerror") || lower.startsWith("stopiteration")
                || lower.contains("end of sequence") || lower.contains("out_of_range")
                || lower.contains("interrupting training") || lower.contains("is closed and has insufficient")
                || lower.contains("out of range: reached limit")) {
            return new Event.InputExhausted(epoch, text);
        }
        if (lower.contains("invalid loss, terminating training")) return new Event.InvalidLoss(epoch, text);
        var failure = failure(text);
        if (failure.isPresent()) return new Event.Failure(epoch, text, failure.get());
        boolean warning = lower.startsWith("warning") || lower.contains("warning:") || lower.contains("w tensorflow")
                || lower.contains("[[{{node") || lower.contains("warning ") && lower.contains(".py:")
                || isGlogWarning(text);
        return warning ? new Event.Warning(epoch, text) : null;
    }

    private static boolean isGlogWarning(String text) {
        return text.length() > 20 && "WEF".indexOf(text.charAt(0)) >= 0 && Readings.isDigit(text.charAt(1))
                && Readings.isDigit(text.charAt(4)) && text.charAt(5) == ' ' && text.indexOf("] ") > 0;
    }

    private static @Nullable Event missing(String text, OptionalInt epoch) {
        var name = quoted(text);
        if (name.isEmpty()) {
            int at = text.indexOf("only with ");
            if (at >= 0) {
                int start = at + 10;
                int end = text.indexOf(' ', start);
                name = Optional.of(text.substring(start, end < 0 ? text.length() : end).replace(",", ""));
            }
        }
        return name.map(monitor -> (Event) new Event.MonitorMissing(epoch, text, monitor)).orElse(null);
    }

    private static Optional<String> quoted(String text) {
        for (char quote : new char[]{'`', '\'', '"'}) {
            int open = text.indexOf(quote);
            int close = open < 0 ? -1 : text.indexOf(quote, open + 1);
            if (close > open + 1 && close - open < 60) return Optional.of(text.substring(open + 1, close));
        }
        return Optional.empty();
    }

    /// The exception that a traceback ends with: `ValueError: …`, `KeyboardInterrupt`.
    private static Optional<String> failure(String text) {
        int end = 0;
        while (end < text.length()
                && (Character.isLetterOrDigit(text.charAt(end)) || text.charAt(end) == '.' || text.charAt(end) == '_'))
            end++;
        if (end < 5 || end < text.length() && text.charAt(end) != ':') return Optional.empty();
        var name = text.substring(text.lastIndexOf('.', end - 1) + 1, end);
        boolean failure = (name.endsWith("Error") || name.endsWith("Exception") || name.equals("KeyboardInterrupt"))
                && name.length() > 5 && Character.isUpperCase(name.charAt(0));
        return failure ? Optional.of(name) : Optional.empty();
    }
}
