package narwhal.history.readers;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.SequencedMap;
import narwhal.history.ValidationAudit;
import narwhal.history.log.LoggedEpoch;
import narwhal.history.log.Metric;
import narwhal.history.log.Progress;
import narwhal.history.log.Reading;
import narwhal.history.log.Readings;
import narwhal.history.log.Role;
import narwhal.history.log.StepReading;
import org.jspecify.annotations.Nullable;

/// An epoch while its lines come in.
final class EpochBuilder {
    int number;
    boolean complete;
    /// Whether the number was printed, not counted.
    private boolean numbered;
    final Readings metrics = new Readings();
    @Nullable
    Reading learningRate;
    OptionalDouble seconds = OptionalDouble.empty();
    OptionalDouble perStep = OptionalDouble.empty();
    long target = -1;
    long done = -1;
    Progress.Unit unit = Progress.Unit.UNKNOWN;
    Optional<ValidationAudit> audit = Optional.empty();

    /// Values of a bar that came to its end, for an epoch that prints nothing else.
    private @Nullable LinkedHashMap<Metric, Reading> barValues;
    /// Lines of nothing but numbers.
    private @Nullable List<List<Reading>> bare;
    private @Nullable List<StepReading> steps;
    private long seen;
    private long stride = 1;

    EpochBuilder(int number, boolean numbered) {
        this.number = number;
        this.numbered = numbered;
    }

    boolean isNumbered() {
        return numbered;
    }

    /// Gives the number that its closing line prints.
    void number(int printed) {
        number = printed;
        numbered = true;
    }

    boolean has(Role role) {
        for (var metric : metrics.keySet()) {
            if (metric.role() == role) return true;
        }
        return false;
    }

    /// Keeps a value inside the epoch; of many, every second, every fourth and so on.
    void step(long step, SequencedMap<Metric, Reading> values) {
        if (values.isEmpty()) return;
        if (seen++ % stride != 0) return;
        if (steps == null) steps = new ArrayList<>();
        steps.add(new StepReading(step, values));
        if (steps.size() <= LoggedEpoch.MOST_STEPS) return;
        var half = new ArrayList<StepReading>();
        for (int i = 0; i < steps.size(); i += 2) half.add(steps.get(i));
        steps = half;
        stride *= 2;
    }

    LinkedHashMap<Metric, Reading> barValues() {
        if (barValues == null) barValues = new LinkedHashMap<>();
        return barValues;
    }

    boolean hasBarValues() {
        return barValues != null && !barValues.isEmpty();
    }

    void bare(List<Reading> line) {
        if (bare == null) bare = new ArrayList<>();
        bare.add(line);
    }

    List<List<Reading>> bare() {
        return bare == null ? List.of() : bare;
    }

    /// Whether the next step would be thinned out, so that its values need not be read.
    boolean skipsNextStep() {
        return seen % stride != 0;
    }

    void skipStep() {
        seen++;
    }

    long stepsSeen() {
        return seen;
    }

    List<StepReading> steps() {
        return steps == null ? List.of() : steps;
    }

    LoggedEpoch build(int shift) {
        Optional<Progress> progress = done < 0 && target < 0
                ? Optional.empty()
                : Optional.of(new Progress(target < 0 ? OptionalLong.empty() : OptionalLong.of(target),
                        Math.max(0, done), unit, perStep));
        return new LoggedEpoch(number + shift, complete, metrics, Optional.ofNullable(learningRate), seconds, progress,
                steps(), audit);
    }
}
