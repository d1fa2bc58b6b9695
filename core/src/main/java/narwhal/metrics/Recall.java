package narwhal.metrics;

import java.util.OptionalInt;

/// Share of the cases that got a yes; 0 if there was no case. One output says yes to the second class; of several, each says yes or no to its own
/// class, and all are counted together unless one class is chosen.
///
/// Source: `keras/src/metrics/confusion_metrics.py` of Keras 3.
///
/// @param threshold above which an output says yes; for logits 0
/// @param classId of several outputs, the only one that counts; empty for all
public record Recall(double threshold, OptionalInt classId) implements Metric {
    /// Above what an output says yes; 0.5 unless said.
    public Recall threshold(double threshold) {
        return new Recall(threshold, classId);
    }

    /// Of several outputs, the only one that counts; all unless said.
    public Recall classId(int classId) {
        return new Recall(threshold, OptionalInt.of(classId));
    }

    @Override
    public String name() {
        return "recall";
    }

    @Override
    public Tally tally() {
        return new Decisions(threshold, classId) {
            @Override
            public double result() {
                return share(counts[TRUE_POSITIVES], counts[TRUE_POSITIVES] + counts[FALSE_NEGATIVES]);
            }
        };
    }
}
