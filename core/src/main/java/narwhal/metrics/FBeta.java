package narwhal.metrics;

import java.util.OptionalDouble;

/// `(1 + β²) · precision · recall / (β² · precision + recall)` of each class, then one number of them all.
///
/// Without a threshold, the largest of several outputs says yes, and one output says yes above 0.5 (Keras wants a threshold
/// there). Keras' default is no average at all; a metric of ours is one number, so it is macro.
///
/// Source: `keras/src/metrics/f_score_metrics.py` of Keras 3.
///
/// @param name Keras' name
/// @param average how the classes become one number
/// @param beta above 0: how much more recall counts than precision
/// @param threshold above which an output says yes
public record FBeta(String name, Average average, double beta, OptionalDouble threshold) implements Metric {
    private static final double EPSILON = 1e-7;

    /// How the classes become one number.
    public enum Average {
        /// Yes and no of all classes counted together.
        MICRO,
        /// The mean of the classes.
        MACRO,
        /// The mean of the classes, each as often as it has samples.
        WEIGHTED
    }

    public FBeta {
        if (!(beta > 0)) throw new IllegalArgumentException("an F score needs a beta above 0, got " + beta);
    }

    /// How the classes become one number; macro unless said.
    public FBeta average(Average average) {
        return new FBeta(name, average, beta, threshold);
    }

    /// Above what an output says yes; the largest output unless said.
    public FBeta threshold(double threshold) {
        return new FBeta(name, average, beta, OptionalDouble.of(threshold));
    }

    @Override
    public Tally tally() {
        return new Tally() {
            /// For each class: yes to its samples, yes to others, no to its samples.
            private double[] counts = {};

            @Override
            public void add(float[] predictions, int at, int outputs, int actual) {
                if (counts.length == 0) counts = new double[3 * outputs];
                float largest = Float.NEGATIVE_INFINITY;
                for (int i = 0; i < outputs; i++) largest = Math.max(largest, predictions[at + i]);
                for (int i = 0; i < outputs; i++) {
                    boolean is = outputs == 1 ? actual == 1 : actual == i;
                    boolean says = says(predictions[at + i], largest, outputs);
                    if (is && says) counts[3 * i]++;
                    else if (says) counts[3 * i + 1]++;
                    else if (is) counts[3 * i + 2]++;
                }
            }

            @Override
            public double result() {
                return FBeta.this.result(counts);
            }

            @Override
            public double[] state() {
                return counts.clone();
            }

            @Override
            public void restore(double[] state) {
                counts = state.clone();
            }
        };
    }

    private boolean says(float prediction, float largest, int outputs) {
        if (threshold.isPresent()) return prediction > (float) threshold.getAsDouble();
        return outputs == 1 ? prediction > 0.5f : prediction >= largest && Math.abs(prediction) > 1e-9;
    }

    private double result(double[] counts) {
        int classes = counts.length / 3;
        if (classes == 0) return 0;
        if (average == Average.MICRO) {
            double[] all = new double[3];
            for (int i = 0; i < counts.length; i++) all[i % 3] += counts[i];
            return score(all, 0);
        }
        double sum = 0;
        double weights = 0;
        for (int c = 0; c < classes; c++) {
            double weight = average == Average.MACRO ? 1 : counts[3 * c] + counts[3 * c + 2];
            sum += weight * score(counts, 3 * c);
            weights += weight;
        }
        return sum / (average == Average.MACRO ? weights : weights + EPSILON);
    }

    private double score(double[] counts, int at) {
        double precision = counts[at] / (counts[at] + counts[at + 1] + EPSILON);
        double recall = counts[at] / (counts[at] + counts[at + 2] + EPSILON);
        return (1 + beta * beta) * precision * recall / (beta * beta * precision + recall + EPSILON);
    }
}
