package narwhal.history.readers;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Random;
import java.util.SequencedMap;
import narwhal.history.log.Metric;
import narwhal.history.log.Run;
import narwhal.history.log.TrainingLog;

/// What really happened in a run, to be compared with what a reader made of the text about it.
///
/// @param epochs numbers
/// @param values of each metric under Keras' name, one for each epoch; not-a-number where an epoch has none
record Truth(List<Integer> epochs, SequencedMap<String, double[]> values) {
    /// A made-up run.
    static Truth random(long seed, int epochs, String... names) {
        var random = new Random(seed);
        var values = new LinkedHashMap<String, double[]>();
        for (var name : names) {
            var series = new double[epochs];
            double level = name.contains("loss") ? 2.3 : 0.1;
            for (int e = 0; e < epochs; e++) {
                level = name.contains("loss")
                        ? level * (0.7 + 0.35 * random.nextDouble())
                        : level + (1 - level) * 0.3 * random.nextDouble();
                series[e] = level;
            }
            values.put(name, series);
        }
        var numbers = new ArrayList<Integer>();
        for (int e = 1; e <= epochs; e++) numbers.add(e);
        return new Truth(numbers, values);
    }

    static Truth random(long seed) {
        return random(seed, 5, "loss", "acc", "val_loss", "val_acc");
    }

    static Metric metric(String name) {
        return Names.keras(name).metric(narwhal.history.log.Role.TRAINING);
    }

    /// Asserts that a log has this one run.
    void matches(TrainingLog log) {
        assertThat(log.runs()).as("runs").hasSize(1);
        matches(log.runs().getFirst());
    }

    /// Asserts that every value of a run is the true one, to half a unit of its last digit, and that none is missing.
    void matches(Run run) {
        assertThat(run.completeEpochs().stream().map(epoch -> epoch.number()).toList()).as("epochs").isEqualTo(epochs);
        values.forEach((name, series) -> {
            for (int e = 0; e < series.length; e++) {
                var reading = run.completeEpochs().get(e).reading(metric(name));
                if (Double.isNaN(series[e])) continue;
                assertThat(reading).as("%s of epoch %d", name, epochs.get(e)).isPresent();
                var seen = reading.orElseThrow();
                assertThat(Math.abs(seen.value() - series[e]))
                        .as("%s of epoch %d: printed %s, true %s", name, epochs.get(e), seen.text(), series[e])
                        .isLessThanOrEqualTo(seen.half() * 1.001 + 1e-9 * Math.abs(series[e]) + 1e-12);
            }
        });
    }
}
