package narwhal.history.readers;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import narwhal.history.log.Event;
import narwhal.history.log.Metric;
import narwhal.history.log.Role;
import org.jspecify.annotations.Nullable;

/// The lines between the bars of Keras: what callbacks, generators and scripts print.
final class KerasRemarks {
    private static final Pattern EVALUATED = Pattern.compile("\\[(\\d+\\.\\d{4,}(?:e-\\d+)?), ([01]\\.\\d*)]\\s*");

    private final KerasEpochs epochs;
    private final LeftoverLines leftovers;
    private final BareNumbers bare = new BareNumbers();

    KerasRemarks(KerasEpochs epochs, LeftoverLines leftovers) {
        this.epochs = epochs;
        this.leftovers = leftovers;
    }

    /// Takes in a line that is neither a headline nor a bar.
    void take(String line) {
        if (saysValidation(line)) {
            epochs.validating();
            return;
        }
        boolean begins = epochs.haveNotBegun();
        if ((begins || epochs.areBare()) && isInside(line) && (begins || line.contains(" - loss: "))) {
            epochs.values(Keras.pairs(line, 0));
            return;
        }
        if (evaluated(line) || bare.take(line, epochs.current()) || event(line) || aboutData(line)) return;
        if (closingValue(line)) return;
        SaidRate.of(line).ifPresent(epochs::rate);
        leftovers.add(line);
    }

    private boolean event(String line) {
        var current = epochs.current();
        var event = EventLines.parse(line, current == null ? OptionalInt.empty() : OptionalInt.of(current.number));
        if (event == null) return false;
        epochs.run().event(inPlace(event, current));
        return true;
    }

    private boolean aboutData(String line) {
        var run = epochs.target();
        if (!run.data.take(line) && !run.model.take(line)) return false;
        epochs.commitData();
        return true;
    }

    /// `Eval begin...`, `Validating:` in front of a bar that is not Keras' own.
    private boolean saysValidation(String line) {
        if (line.length() > 60 || !epochs.awaitsValidation()) return false;
        int i = LineCleaning.skipBlanks(line, 0);
        int end = i;
        while (end < line.length() && Character.isLetter(line.charAt(end))) end++;
        var role = Names.role(line.substring(i, end));
        return role.filter(found -> found == Role.VALIDATION).isPresent() && line.chars().noneMatch(Character::isDigit);
    }

    /// Whether values of both sides stand in a line without its beginning.
    static boolean isInside(String line) {
        if (line.length() > 1_000 || !line.contains(" - val_") || line.indexOf('{') >= 0) return false;
        // `Final: val_loss: 0.61 - val_acc: 0.8` sums a run up.
        int colon = line.indexOf(':');
        if (Readings.end(line, LineCleaning.skipBlanks(line, colon + 1)) < 0) return false;
        var pairs = Keras.pairs(line, 0);
        return pairs.size() >= 2 && pairs.stream().anyMatch(pair -> pair.name().startsWith("val_"));
    }

    /// Keras 1 and 2.0 number the epochs of messages from 0, those of headlines from 1.
    private static Event inPlace(Event event, @Nullable EpochBuilder current) {
        boolean fromZero = current != null && current.isNumbered() && event.epoch().isPresent()
                && event.epoch().getAsInt() == current.number - 1;
        return fromZero && current != null ? Events.numbered(event, current.number) : event;
    }

    /// `Test loss: 0.0291`, `Test accuracy: 0.9912` behind a run.
    private boolean closingValue(String line) {
        if (epochs.current() == null || line.length() > 160 || !mentionsMetric(line)) return false;
        var pairs = FinalValues.pairs(line);
        if (pairs.isEmpty()) return false;
        pairs.forEach(epochs.run().closing::put);
        return true;
    }

    /// `[10.745396614074707, 0.3333333432674408]`, what `evaluate` returns: the metrics of training in their order.
    private boolean evaluated(String line) {
        if (!line.startsWith("[")) return false;
        var values = EVALUATED.matcher(line);
        var last = epochs.run().last();
        if (last == null || !values.matches()) return false;
        var trained = last.metrics.keySet().stream().filter(metric -> metric.role() == Role.TRAINING).toList();
        if (!trained.equals(List.of(Metric.LOSS, Metric.ACCURACY))) return false;
        epochs.run().closing.put(new Metric(Role.TEST, Metric.LOSS.name()), Readings.of(values.group(1)));
        epochs.run().closing.put(new Metric(Role.TEST, Metric.ACCURACY.name()), Readings.of(values.group(2)));
        return true;
    }

    private static boolean mentionsMetric(String line) {
        return line.contains("oss") || line.contains("OSS") || line.contains("cc") || line.contains("CC")
                || line.contains("rror");
    }
}
