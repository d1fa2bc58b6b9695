package narwhal.history.log;

import java.util.Comparator;
import java.util.List;
import narwhal.history.facts.Facts;

/// The record of one or several training runs, as read from a file. It has at least one run with at least one epoch.
///
/// @param format how it is written
/// @param runs in the order of the text
/// @param facts what the text states besides: a pasted script, printed settings; [Facts#NONE] where nothing
/// @param leftovers lines that were not understood
public record TrainingLog(LogFormat format, List<Run> runs, Facts facts, Leftovers leftovers) {
    public TrainingLog {
        runs = List.copyOf(runs);
        if (runs.isEmpty()) throw new IllegalArgumentException("a training log has at least one run");
    }

    /// The runs in the order in which they are examined: the one with most complete epochs first, of equals the earlier.
    public List<Run> longestFirst() {
        return runs.stream().sorted(Comparator.comparingInt((Run run) -> run.completeEpochs().size()).reversed())
                .toList();
    }
}
