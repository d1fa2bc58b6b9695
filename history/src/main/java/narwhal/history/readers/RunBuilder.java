package narwhal.history.readers;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.TreeSet;
import narwhal.history.log.DataFacts;
import narwhal.history.log.Event;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.ModelSummary;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;
import narwhal.history.log.Run;
import org.jspecify.annotations.Nullable;

/// A run while its lines come in.
final class RunBuilder {
    final List<EpochBuilder> epochs = new ArrayList<>();
    final List<Event> events = new ArrayList<>();
    final LinkedHashMap<Metric, Reading> closing = new LinkedHashMap<>();
    DataLines data = new DataLines();
    SummaryTables model = new SummaryTables();
    int announced;
    boolean finalOnly;

    private static final EpochBuilder SPENT = new EpochBuilder(0, false);
    private static final int MOST_EVENTS = 10_000;
    /// Words before `_loss` that say of what kind it is.
    private static final Set<String> KINDS = Set.of("mse", "rmse", "mae", "l1", "l2", "smooth", "huber", "mean",
            "squared", "original",
            "absolute", "error", "bce", "ce", "nll", "cross", "entropy", "xent", "hinge", "focal", "logistic",
            "softmax");
    /// Measures of an error that are trained by, the likeliest first.
    private static final List<String> ERRORS = List.of("mse", "mean_squared_error", "rmse", "mae",
            "mean_absolute_error");
    private final Map<Metric, String> printedAs = new LinkedHashMap<>();
    private final Map<String, Metric> byOriginal = new HashMap<>();
    private final Set<String> percentages = new TreeSet<>();

    @Nullable
    EpochBuilder last() {
        return epochs.isEmpty() ? null : epochs.getLast();
    }

    /// Takes values of held-out images in that were printed behind the run.
    void closing(Map<Metric, Reading> values) {
        values.forEach((metric, reading) -> {
            if (metric.role() != Role.TRAINING) closing.put(metric, reading);
        });
    }

    /// The metric of an original name. Two original names never share a metric: the second keeps its own name.
    Metric metric(String original, Metric wanted) {
        var known = byOriginal.get(original);
        if (known != null && known.role() == wanted.role()) return known;
        var key = known == null ? original : original + "\u0000" + wanted.role();
        known = byOriginal.get(key);
        if (known != null) return known;
        var metric = wanted;
        var owner = printedAs.get(wanted);
        if (owner != null && !owner.equals(original)) {
            var own = ownName(original);
            if (!own.isEmpty() && !own.equals(wanted.name())) metric = new Metric(wanted.role(), own);
        }
        byOriginal.put(key, metric);
        printedAs.putIfAbsent(metric, original);
        return metric;
    }

    /// Remembers how a metric is written.
    void printed(Metric metric, String original) {
        printedAs.putIfAbsent(metric, original);
    }

    static String ownName(String original) {
        var name = original.trim().toLowerCase(Locale.ROOT);
        for (var prefix : new String[]{"val_", "test_", "train_", "valid_"}) {
            if (name.startsWith(prefix)) name = name.substring(prefix.length());
        }
        return name.replace(' ', '_');
    }

    /// Remembers that a metric is printed with a per cent sign.
    void percentage(Metric metric) {
        percentages.add(metric.name());
    }

    boolean isPercentage(String metric) {
        return percentages.contains(metric);
    }

    void event(Event event) {
        if (events.size() < MOST_EVENTS) events.add(event);
    }

    boolean isEmpty() {
        return epochs.isEmpty() && closing.isEmpty();
    }

    Run build(int index) {
        nameTheLoss();
        forgetUnmeasured();
        int shift = startsAtZero() ? 1 : 0;
        var built = new ArrayList<LoggedEpoch>(epochs.size());
        // Each builder is let go as soon as its epoch stands, so that both are never there for all epochs at once.
        for (int i = 0; i < epochs.size(); i++) built.add(epochs.set(i, SPENT).build(shift));
        Optional<ModelSummary> table = model.summary();
        DataFacts facts = data.facts(table);
        return new Run(index, built, announced > 0 ? OptionalInt.of(announced) : OptionalInt.empty(), printedAs, facts,
                shiftEvents(shift), finalOnly, closing);
    }

    /// Where training prints no loss, but one number that is called a loss of some kind (`MSE train loss`) or is one (`train_rmse`), this
    /// is what is trained by.
    private void nameTheLoss() {
        if (epochs.stream().anyMatch(epoch -> epoch.metrics.containsKey(Metric.LOSS))) return;
        var training = new TreeSet<String>();
        for (var epoch : epochs) {
            for (var metric : epoch.metrics.keySet()) if (metric.role() == Role.TRAINING) training.add(metric.name());
        }
        var candidates = training.stream().filter(RunBuilder::isLoss).toList();
        if (candidates.isEmpty()) candidates = ERRORS.stream().filter(training::contains).limit(1).toList();
        if (candidates.size() != 1) return;
        for (var role : Role.values())
            rename(new Metric(role, candidates.getFirst()), new Metric(role, Metric.LOSS.name()));
    }

    /// TensorFlow 2.0 prints `val_loss: 0.0000e+00 - val_accuracy: 0.0000e+00` in its first epoch, whatever was measured: without a right
    /// answer nothing is free.
    private void forgetUnmeasured() {
        if (epochs.size() < 2) return;
        var readings = epochs.getFirst().metrics;
        boolean nothing = isZero(readings.get(Metric.VAL_LOSS)) && isZero(readings.get(Metric.VAL_ACCURACY));
        if (nothing && !isZero(epochs.get(1).metrics.get(Metric.VAL_LOSS)))
            readings.keySet().removeIf(metric -> metric.role() == Role.VALIDATION);
    }

    private static boolean isZero(@Nullable Reading reading) {
        return reading != null && reading.value() == 0;
    }

    /// `mse_loss`, not one of several parts such as `cls_loss`.
    private static boolean isLoss(String name) {
        // `softloss`, `mseloss`: glued, and the only one.
        if (name.endsWith("loss") && name.indexOf('_') < 0 && name.length() > 4) return true;
        return name.endsWith("_loss") && KINDS.containsAll(List.of(name.substring(0, name.length() - 5).split("_")));
    }

    void rename(Metric before, Metric after) {
        if (printedAs.containsKey(after) || !printedAs.containsKey(before)) return;
        printedAs.put(after, printedAs.remove(before));
        for (var epoch : epochs) {
            var reading = epoch.metrics.remove(before);
            if (reading != null) epoch.metrics.put(after, reading);
        }
    }

    /// Loops that count from 0 print a first epoch 0.
    private boolean startsAtZero() {
        return !epochs.isEmpty() && epochs.getFirst().number == 0;
    }

    private List<Event> shiftEvents(int shift) {
        return shift == 0 ? events : events.stream().map(event -> Events.shifted(event, shift)).toList();
    }
}
