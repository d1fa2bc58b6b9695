package narwhal.history.readers;

import java.util.OptionalInt;
import java.util.function.UnaryOperator;
import narwhal.history.log.Event;

/// Renumbers the epochs of events, for logs that count from 0.
final class Events {
    private Events() {
    }

    static Event shifted(Event event, int shift) {
        return with(event, epoch -> epoch.isEmpty() ? epoch : OptionalInt.of(epoch.getAsInt() + shift));
    }

    /// The event under another number of its epoch.
    static Event numbered(Event event, int number) {
        return with(event, epoch -> OptionalInt.of(number));
    }

    private static Event with(Event event, UnaryOperator<OptionalInt> number) {
        var epoch = number.apply(event.epoch());
        return switch (event) {
            case Event.Checkpoint e ->
                new Event.Checkpoint(epoch, e.text(), e.saved(), e.monitor(), e.best(), e.value(), e.path());
            case Event.LearningRate e -> new Event.LearningRate(epoch, e.text(), e.rate(), e.onPlateau());
            case Event.EarlyStopping e -> new Event.EarlyStopping(epoch, e.text());
            case Event.BestRestored e -> new Event.BestRestored(epoch, e.text(), e.bestEpoch());
            case Event.MonitorMissing e -> new Event.MonitorMissing(epoch, e.text(), e.monitor());
            case Event.InputExhausted e -> new Event.InputExhausted(epoch, e.text());
            case Event.InvalidLoss e -> new Event.InvalidLoss(epoch, e.text());
            case Event.Failure e -> new Event.Failure(epoch, e.text(), e.kind());
            case Event.Warning e -> new Event.Warning(epoch, e.text());
        };
    }
}
