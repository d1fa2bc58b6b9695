package narwhal.metrics;

/// Makers of metrics.
public final class Metrics {
    private Metrics() {
    }

    /// Share of samples whose most likely class is the right one. One output is the probability of the second class, which is
    /// predicted above 0.5; several outputs predict the first largest.
    ///
    /// Source: `keras/src/metrics/accuracy_metrics.py` of Keras 3.
    public static Metric accuracy() {
        return new Accuracy();
    }

    /// The class that a row of outputs predicts.
    public static int predicted(float[] predictions, int at, int outputs) {
        if (outputs == 1) return predictions[at] > 0.5f ? 1 : 0;
        int best = 0;
        for (int i = 1; i < outputs; i++) if (predictions[at + i] > predictions[at + best]) best = i;
        return best;
    }

    private record Accuracy() implements Metric {
        @Override
        public String name() {
            return "accuracy";
        }

        @Override
        public Tally tally() {
            return new Tally() {
                private long samples;
                private long correct;

                @Override
                public void add(float[] predictions, int at, int outputs, int actual) {
                    samples++;
                    if (predicted(predictions, at, outputs) == actual) correct++;
                }

                @Override
                public double result() {
                    return samples == 0 ? 0 : (double) correct / samples;
                }

                @Override
                public double[] state() {
                    return new double[]{samples, correct};
                }

                @Override
                public void restore(double[] state) {
                    samples = (long) state[0];
                    correct = (long) state[1];
                }
            };
        }
    }
}
