package narwhal.metrics;

import java.util.OptionalInt;

/// Counts yes and no against a threshold: one output says yes to the second class; of several, each says yes or no to its
/// own.
abstract class Decisions extends CountingTally {
    static final int TRUE_POSITIVES = 0;
    static final int FALSE_POSITIVES = 1;
    static final int FALSE_NEGATIVES = 2;

    private final float threshold;
    private final OptionalInt classId;

    /// @param classId of several outputs, the only one that counts
    Decisions(double threshold, OptionalInt classId) {
        super(3);
        this.threshold = (float) threshold;
        this.classId = classId;
    }

    @Override
    public void add(float[] predictions, int at, int outputs, int actual) {
        for (int i = 0; i < outputs; i++) {
            if (outputs > 1 && classId.orElse(i) != i) continue;
            boolean is = outputs == 1 ? actual == 1 : actual == i;
            boolean says = predictions[at + i] > threshold;
            if (is && says) counts[TRUE_POSITIVES]++;
            else if (says) counts[FALSE_POSITIVES]++;
            else if (is) counts[FALSE_NEGATIVES]++;
        }
    }
}
