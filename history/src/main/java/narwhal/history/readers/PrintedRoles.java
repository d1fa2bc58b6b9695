package narwhal.history.readers;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;
import narwhal.history.log.Role;

/// Decides for each number of a line on which images it was measured. A name says so itself (`val_loss`), or takes the role of the
/// words before (`Train Loss: 0.5, Acc: 0.8`), or that of the line or of the section.
final class PrintedRoles {
    private PrintedRoles() {
    }

    /// A number with its name taken apart.
    record Named(PrintedPairs.Pair pair, Names.Parsed parsed) {}

    static LinkedHashMap<Metric, Reading> assign(List<Named> named, Optional<Role> section, RunBuilder run) {
        var values = new LinkedHashMap<Metric, Reading>();
        for (int k = 0; k < named.size(); k++) {
            var value = named.get(k);
            var role = value.parsed().role().orElseGet(() -> inherited(named, value, section));
            var metric = new Metric(role, value.parsed().name());
            if (values.containsKey(metric)) metric = new Metric(role, RunBuilder.ownName(value.pair().name()));
            run.printed(metric, value.pair().name());
            if (value.pair().percent()) run.percentage(metric);
            values.putIfAbsent(metric, value.pair().reading());
        }
        return values;
    }

    /// The role of a name without one. Words before it on the line count unless a later name on the line claims the same metric for
    /// that role, as in `Loss: 0.5 Val Loss: 0.6 Acc: 0.8 Val Acc: 0.7`.
    private static Role inherited(List<Named> named, Named value, Optional<Role> section) {
        var before = value.pair().sticky();
        if (before.isEmpty()) return section.orElse(Role.TRAINING);
        // `train=0.95 val=0.78 loss=0.31`
        boolean scores = named.stream().anyMatch(other -> PrintedMetrics.isOnly(other.pair())
                && other.parsed().role().filter(Role.TRAINING::equals).isPresent());
        if (scores && value.parsed().name().equals("loss")) return Role.TRAINING;
        boolean claimed = named.stream().anyMatch(other -> other != value && other.parsed().role().equals(before)
                && other.parsed().name().equals(value.parsed().name()));
        if (claimed) return section.filter(role -> !role.equals(before.get())).orElse(Role.TRAINING);
        boolean kerasStyle = before.get() != Role.TRAINING && value.pair().name().indexOf(' ') < 0
                && named.stream().noneMatch(other -> other.parsed().role().filter(Role.TRAINING::equals).isPresent())
                && named.stream().anyMatch(other -> other.pair().name().startsWith("val_"));
        return kerasStyle ? Role.TRAINING : before.get();
    }
}
