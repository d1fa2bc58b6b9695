package narwhal.history.log;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.SequencedMap;
import java.util.Set;
import java.util.TreeSet;

/// One training run inside a log: from one `fit` to the next.
///
/// @param index from 1, in the order of the log
/// @param epochs in order; complete ones, and possibly a last one that is cut off
/// @param announced how many epochs the log says there would be (`Epoch 1/60`)
/// @param printedAs the log's own name of each metric
/// @param data counts, batches and model as printed before or within this run
/// @param events messages of callbacks and warnings, in order
/// @param finalOnly whether the only epoch is a closing summary: tests of level apply, tests of shape do not
/// @param closing values printed after the last epoch, such as an evaluation on a test set
public record Run(int index, List<LoggedEpoch> epochs, OptionalInt announced, Map<Metric, String> printedAs,
        DataFacts data,
        List<Event> events, boolean finalOnly, SequencedMap<Metric, Reading> closing) {
    public Run {
        epochs = List.copyOf(epochs);
        printedAs = Collections.unmodifiableMap(new LinkedHashMap<>(printedAs));
        events = List.copyOf(events);
        closing = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(closing));
    }

    /// The epochs that came to their end.
    public List<LoggedEpoch> completeEpochs() {
        return epochs.stream().filter(LoggedEpoch::complete).toList();
    }

    /// All metrics of this run, by role and then by name.
    public Set<Metric> metrics() {
        var names = new TreeSet<Metric>();
        epochs.stream().map(epoch -> epoch.metrics().keySet()).forEach(names::addAll);
        return names;
    }

    /// The log's own name of a metric, or the house's where it never occurs.
    public String printedAs(Metric metric) {
        return Objects.requireNonNullElse(printedAs.get(metric), metric.toString());
    }

    /// One metric over the complete epochs; empty where no epoch has it.
    public Series series(Metric metric) {
        var points = completeEpochs().stream()
                .map(epoch -> epoch.reading(metric).map(reading -> new Series.Point(epoch.number(), reading)))
                .flatMap(Optional::stream).toList();
        return new Series(metric, printedAs(metric), points);
    }

    /// A metric on held-out images: on the validation set, or where there is no such value on a test set that was scored in
    /// every epoch. The series' own role tells which.
    public Series evaluation(String name) {
        var validation = series(new Metric(Role.VALIDATION, name));
        return validation.isEmpty() ? series(new Metric(Role.TEST, name)) : validation;
    }

    /// Whether any complete epoch has a metric of this role.
    public boolean has(Role role) {
        return completeEpochs().stream().anyMatch(epoch -> epoch.has(role));
    }

    /// Keras' `validation_freq` where validation is absent periodically: 2 if exactly every second epoch has `val_` values.
    /// Empty where all have them, none has, or the absence has no period.
    public OptionalInt validationEvery() {
        var complete = completeEpochs();
        var with = complete.stream().filter(epoch -> epoch.has(Role.VALIDATION)).map(LoggedEpoch::number).toList();
        if (with.size() == complete.size() || with.isEmpty()) return OptionalInt.empty();
        int every = with.size() > 1 ? with.get(1) - with.getFirst() : with.getFirst();
        boolean periodic = every > 1 && complete.stream()
                .allMatch(epoch -> epoch
                        .has(Role.VALIDATION) == (Math.floorMod(epoch.number() - with.getFirst(), every) == 0));
        return periodic ? OptionalInt.of(every) : OptionalInt.empty();
    }

    /// This run with its last `most` epochs only.
    public Run newest(int most) {
        if (epochs.size() <= most) return this;
        return new Run(index, epochs.subList(epochs.size() - most, epochs.size()), announced, printedAs, data, events,
                finalOnly, closing);
    }

    /// The events of one kind.
    public <E extends Event> List<E> events(Class<E> kind) {
        return events.stream().filter(kind::isInstance).map(kind::cast).toList();
    }

}
