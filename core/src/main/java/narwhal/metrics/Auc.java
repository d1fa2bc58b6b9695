package narwhal.metrics;

/// Area under a curve that is drawn point by point for thresholds from 0 to 1, as Keras does: the same number, not the exact
/// area. One output is the probability of the second class; several outputs are all questions of their own.
///
/// Source: `keras/src/metrics/confusion_metrics.py` of Keras 3; for the interpolated precision-recall curve Davis and
/// Goadrich, "The relationship between precision-recall and ROC curves", 2006.
///
/// @param numThresholds at least 2
/// @param curve which one
/// @param summation how the area between two points is found
/// @param fromLogits whether outputs are logits, not probabilities
public record Auc(int numThresholds, Curve curve, Summation summation, boolean fromLogits) implements Metric {
    /// The curve.
    public enum Curve {
        /// True positive rate over false positive rate.
        ROC,
        /// Precision over recall.
        PR
    }

    /// Area between two points.
    public enum Summation {
        /// A straight line for ROC, Davis and Goadrich's curve for PR.
        INTERPOLATION,
        /// The lower of the two.
        MINORING,
        /// The higher of the two.
        MAJORING
    }

    public Auc {
        if (numThresholds < 2)
            throw new IllegalArgumentException("a curve has at least 2 points, got " + numThresholds);
    }

    /// Points of the curve; 200 unless said.
    public Auc numThresholds(int numThresholds) {
        return new Auc(numThresholds, curve, summation, fromLogits);
    }

    /// The curve; ROC unless said.
    public Auc curve(Curve curve) {
        return new Auc(numThresholds, curve, summation, fromLogits);
    }

    /// How the area between two points is found; interpolation unless said.
    public Auc summation(Summation summation) {
        return new Auc(numThresholds, curve, summation, fromLogits);
    }

    /// Whether outputs are logits, not probabilities; false unless said.
    public Auc fromLogits(boolean fromLogits) {
        return new Auc(numThresholds, curve, summation, fromLogits);
    }

    @Override
    public String name() {
        return "auc";
    }

    @Override
    public Tally tally() {
        return new Points();
    }

    /// Cases and others in each interval between two thresholds.
    private final class Points extends CountingTally {
        Points() {
            super(2 * numThresholds);
        }

        @Override
        public void add(float[] predictions, int at, int outputs, int actual) {
            for (int i = 0; i < outputs; i++) {
                boolean is = outputs == 1 ? actual == 1 : actual == i;
                counts[(is ? 0 : numThresholds) + interval(predictions[at + i])]++;
            }
        }

        private int interval(float prediction) {
            float p = fromLogits ? (float) (1 / (1 + Math.exp(-prediction))) : Math.min(Math.max(prediction, 0), 1);
            return Math.max((int) Math.ceil(p * (numThresholds - 1)) - 1, 0);
        }

        @Override
        public double result() {
            double[] positives = above(0);
            double[] negatives = above(numThresholds);
            double sum = 0;
            for (int i = 0; i < numThresholds - 1; i++) {
                sum += curve == Curve.PR && summation == Summation.INTERPOLATION
                        ? interpolated(positives, negatives, i)
                        : rectangle(positives, negatives, i);
            }
            return sum;
        }

        /// Yes at every threshold: everything in the intervals from it on.
        private double[] above(int from) {
            double[] sums = new double[numThresholds];
            double sum = 0;
            for (int i = numThresholds - 1; i >= 0; i--) {
                sum += counts[from + i];
                sums[i] = sum;
            }
            return sums;
        }

        private double rectangle(double[] positives, double[] negatives, int i) {
            double y = y(positives, negatives, i);
            double next = y(positives, negatives, i + 1);
            double height = switch (summation) {
                case INTERPOLATION -> (y + next) / 2;
                case MINORING -> Math.min(y, next);
                case MAJORING -> Math.max(y, next);
            };
            return (x(positives, negatives, i) - x(positives, negatives, i + 1)) * height;
        }

        private double x(double[] positives, double[] negatives, int i) {
            return curve == Curve.ROC ? share(negatives[i], negatives[0]) : share(positives[i], positives[0]);
        }

        private double y(double[] positives, double[] negatives, int i) {
            return curve == Curve.ROC
                    ? share(positives[i], positives[0])
                    : share(positives[i], positives[i] + negatives[i]);
        }

        private double interpolated(double[] positives, double[] negatives, int i) {
            double yes = positives[i] + negatives[i];
            double nextYes = positives[i + 1] + negatives[i + 1];
            double rise = positives[i] - positives[i + 1];
            double slope = share(rise, Math.max(yes - nextYes, 0));
            double intercept = positives[i + 1] - slope * nextYes;
            double ratio = yes > 0 && nextYes > 0 ? yes / nextYes : 1;
            return share(slope * (rise + intercept * Math.log(ratio)), positives[0]);
        }
    }
}
