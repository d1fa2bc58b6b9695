package narwhal.history.readers;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// What can only be decided on a whole series: percentages without sign, digits that Python's `round` left out, a closing value that
/// stands in the last epoch.
final class PrintedSeries {
    private PrintedSeries() {
    }

    /// Shares of wrong answers; `err` and `error` can be distances as well.
    private static final Set<String> ERROR_RATES = Set.of("error_rate", "err_rate", "top1_err", "top1_error", "err@1",
            "error@1", "err1", "top1err", "classification_error", "merror", "errs", "mistakes", "err", "error");

    static void tidy(RunBuilder run) {
        moveClosing(run);
        costs(run);
        var metrics = withNames(run, metrics(run));
        for (var metric : metrics) {
            if (isShare(metric.name()) && isPercentage(run, metric)) replace(run, metric, PrintedSeries::fraction);
            evenDigits(run, metric);
        }
        for (var metric : metrics) if (ERROR_RATES.contains(metric.name())) errorRate(run, metric, metrics);
        var inSteps = new LinkedHashSet<Metric>();
        run.epochs.forEach(epoch -> epoch.steps().forEach(step -> inSteps.addAll(step.metrics().keySet())));
        for (var metric : inSteps) {
            if (isShare(metric.name()) && stepsArePercentages(run, metric)) stepsToFractions(run, metric);
        }
    }

    /// What is called an error, is larger than 1 and stands beside an accuracy below 1 is no share of wrong answers but a loss.
    private static void costs(RunBuilder run) {
        var metrics = metrics(run);
        boolean loss = metrics.stream().anyMatch(metric -> metric.name().equals(Metric.LOSS.name()));
        boolean share = metrics.stream().anyMatch(metric -> metric.name().equals(Metric.ACCURACY.name())
                && most(run, metric) <= 1);
        if (loss || !share) return;
        for (var metric : metrics) {
            if (metric.name().equals("error") && most(run, metric) > 1.5 && !run.isPercentage(metric.name()))
                for (var role : Role.values())
                    run.rename(new Metric(role, "error"), new Metric(role, Metric.LOSS.name()));
        }
    }

    private static double most(RunBuilder run, Metric metric) {
        return run.epochs.stream().map(epoch -> epoch.metrics.get(metric)).filter(Objects::nonNull)
                .mapToDouble(Reading::value).max().orElse(0);
    }

    /// A test value that only the last of several epochs has was printed behind the run.
    private static void moveClosing(RunBuilder run) {
        int size = run.epochs.size();
        if (size < 2) return;
        var last = run.epochs.getLast();
        var moved = new ArrayList<Metric>();
        for (var metric : last.metrics.keySet()) {
            boolean elsewhere = run.epochs.subList(0, size - 1).stream()
                    .anyMatch(epoch -> epoch.metrics.containsKey(metric));
            if (!elsewhere && metric.role() == Role.TEST) moved.add(metric);
        }
        for (var metric : moved) run.closing.put(metric, Objects.requireNonNull(last.metrics.remove(metric)));
    }

    /// Names numbers of which the log says the images only: what rises within 0…1 or 0…100 is an accuracy, anything else a loss.
    ///
    /// @return the metrics that there are then
    private static Set<Metric> withNames(RunBuilder run, Set<Metric> metrics) {
        var roles = Arrays.stream(Role.values())
                .filter(role -> metrics.contains(new Metric(role, PrintedMetrics.UNNAMED))).toList();
        if (roles.isEmpty()) return metrics;
        var shown = new Metric(roles.getFirst(), PrintedMetrics.UNNAMED);
        var readings = run.epochs.stream().map(epoch -> epoch.metrics.get(shown)).filter(Objects::nonNull).toList();
        boolean hits = readings.stream().anyMatch(reading -> reading.text().indexOf('/') > 0);
        if (hits && metrics.size() > 1) {
            // Beside other numbers it is how far the epoch has come.
            run.epochs.forEach(epoch -> epoch.metrics.remove(shown));
        } else {
            boolean share = readings.stream().allMatch(reading -> reading.value() >= 0 && reading.value() <= 100);
            boolean rises = readings.getLast().value() > readings.getFirst().value();
            var name = hits || share && rises ? Metric.ACCURACY : Metric.LOSS;
            for (var role : roles) run.rename(new Metric(role, PrintedMetrics.UNNAMED), new Metric(role, name.name()));
        }
        return metrics(run);
    }

    /// Turns a share of wrong answers into one of right ones where the log has none. What is only called an error is such a share if a loss
    /// stands beside it, or a per cent sign behind it.
    private static void errorRate(RunBuilder run, Metric wrong, Set<Metric> metrics) {
        var right = new Metric(wrong.role(), Metric.ACCURACY.name());
        boolean beside = run.isPercentage(wrong.name())
                || metrics.stream().anyMatch(metric -> metric.name().equals(Metric.LOSS.name()));
        if (metrics.contains(right) || wrong.name().startsWith("err") && !beside) return;
        boolean share = run.epochs.stream().map(epoch -> epoch.metrics.get(wrong)).filter(Objects::nonNull)
                .allMatch(reading -> reading.value() >= 0 && reading.value() <= 1);
        if (!share) return;
        replace(run, wrong, error -> new Reading(1 - error.value(), error.half(), error.text(), error.full()));
        run.rename(wrong, right);
    }

    private static Set<Metric> metrics(RunBuilder run) {
        var seen = new LinkedHashSet<Metric>();
        run.epochs.forEach(epoch -> seen.addAll(epoch.metrics.keySet()));
        return new TreeSet<>(seen);
    }

    private static boolean isShare(String name) {
        return name.contains("acc") || name.contains("top") || name.contains("prec") || name.contains("recall")
                || name.contains("f1")
                || name.contains("iou") || name.contains("dice") || name.equals("err") || name.equals("error")
                || name.contains("error_rate");
    }

    /// Some value lies above 1.5 and all lie within 0…100.
    private static boolean isPercentage(RunBuilder run, Metric metric) {
        double largest = 0;
        for (var epoch : run.epochs) {
            var reading = epoch.metrics.get(metric);
            if (reading == null || !reading.finite()) continue;
            if (reading.value() < 0 || reading.value() > 100) return false;
            largest = Math.max(largest, reading.value());
        }
        // Masks that are not 0 and 1 overlap by more than 1.
        boolean overlap = metric.name().contains("dice") || metric.name().contains("iou");
        return largest > (overlap ? 2.1 : 1.5);
    }

    private static boolean stepsArePercentages(RunBuilder run, Metric metric) {
        double largest = 0;
        for (var epoch : run.epochs) {
            for (var step : epoch.steps()) {
                var reading = step.metrics().get(metric);
                if (reading == null || !reading.finite()) continue;
                if (reading.value() < 0 || reading.value() > 100) return false;
                largest = Math.max(largest, reading.value());
            }
        }
        return largest > 1.5;
    }

    private static void stepsToFractions(RunBuilder run, Metric metric) {
        for (var epoch : run.epochs) {
            if (epoch.steps().isEmpty()) continue;
            epoch.steps().replaceAll(step -> {
                var reading = step.metrics().get(metric);
                if (reading == null) return step;
                var values = new LinkedHashMap<>(step.metrics());
                values.put(metric, fraction(reading));
                return new narwhal.history.log.StepReading(step.step(), values);
            });
        }
    }

    /// A hit count and a value with a per cent sign are fractions already.
    private static Reading fraction(Reading reading) {
        if (reading.text().indexOf('/') > 0 || !reading.finite()) return reading;
        var value = Readings.percent(reading.text());
        return new Reading(value.value(), reading.half() / 100, reading.text(), reading.full());
    }

    private static void replace(RunBuilder run, Metric metric, UnaryOperator<Reading> change) {
        for (var epoch : run.epochs) epoch.metrics.computeIfPresent(metric, (key, reading) -> change.apply(reading));
    }

    /// Python drops zeros at the end: beside `0.9123` a value `0.9` is 0.9000. Where some values of a series show all digits of a
    /// float, all do.
    private static void evenDigits(RunBuilder run, Metric metric) {
        double finest = Double.MAX_VALUE;
        boolean full = false;
        for (var epoch : run.epochs) {
            var reading = epoch.metrics.get(metric);
            if (reading == null || !isPlain(reading)) continue;
            full |= reading.full();
            finest = Math.min(finest, reading.half());
        }
        double half = finest;
        if (full) {
            replace(run, metric, PrintedSeries::allDigits);
        } else {
            replace(run, metric, reading -> isPlain(reading) && half < reading.half()
                    ? new Reading(reading.value(), half, reading.text(), false)
                    : reading);
        }
    }

    private static boolean isPlain(Reading reading) {
        return reading.finite() && reading.text().indexOf('e') < 0 && reading.text().indexOf('/') < 0;
    }

    private static Reading allDigits(Reading reading) {
        if (!reading.finite() || reading.full()) return reading;
        return new Reading(reading.value(), Reading.FLOAT_ROUNDING * Math.abs(reading.value()), reading.text(), true);
    }

    /// In a file that a program wrote with all digits, short numbers are whole fractions such as 0.8125, unless a whole series is
    /// rounded to one count of decimals.
    static void allDigitsOfFile(RunBuilder run) {
        var metrics = metrics(run);
        boolean full = run.epochs.stream().anyMatch(epoch -> epoch.metrics.values().stream().anyMatch(Reading::full));
        if (!full) return;
        for (var metric : metrics) {
            var plain = run.epochs.stream().map(epoch -> epoch.metrics.get(metric)).filter(Objects::nonNull)
                    .filter(PrintedSeries::isPlain).toList();
            var lengths = plain.stream().map(reading -> reading.text().length() - reading.text().indexOf('.'))
                    .distinct().toList();
            // Nobody rounds a share to one decimal: these are fifths or tenths.
            boolean tenths = lengths.equals(List.of(2))
                    && plain.stream().allMatch(reading -> Math.abs(reading.value()) <= 1);
            if (lengths.size() > 1 || run.epochs.size() < 5 || tenths) replace(run, metric, PrintedSeries::allDigits);
        }
    }
}
