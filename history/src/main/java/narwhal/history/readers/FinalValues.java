package narwhal.history.readers;

import java.util.LinkedHashMap;
import java.util.Optional;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// Reads closing lines such as `Test loss: 0.0291` or `train_loss: 0.03 train_acc: 0.99`.
final class FinalValues {
    private FinalValues() {
    }

    /// The values of a line in which every number has a known name with a role; empty if it is no such line.
    static LinkedHashMap<Metric, Reading> pairs(String line) {
        var values = new LinkedHashMap<Metric, Reading>();
        for (var pair : PrintedPairs.of(line)) {
            var parsed = Names.free(pair.name());
            Optional<Role> role = parsed.role();
            if (!parsed.known() || role.isEmpty() || pair.text().isEmpty()) continue;
            values.put(new Metric(role.get(), parsed.name()), pair.reading());
        }
        return values;
    }
}
