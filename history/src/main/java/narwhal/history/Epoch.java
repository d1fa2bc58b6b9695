package narwhal.history;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/// One finished epoch.
///
/// @param number from 1
/// @param metrics by name, in the order in which they are printed: `loss`, `accuracy`, `val_loss`, `val_accuracy` and on
/// @param learningRate at the epoch's end, before callbacks change it
/// @param seconds the epoch took
/// @param audit what validation really scored; empty without validation
public record Epoch(int number, Map<String, Double> metrics, double learningRate, double seconds,
        Optional<ValidationAudit> audit) {
    public Epoch {
        metrics = Collections.unmodifiableMap(new LinkedHashMap<>(metrics));
    }

    /// A metric by name; empty where this epoch has none of that name.
    public OptionalDouble metric(String name) {
        Double value = metrics.get(name);
        return value == null ? OptionalDouble.empty() : OptionalDouble.of(value);
    }
}
