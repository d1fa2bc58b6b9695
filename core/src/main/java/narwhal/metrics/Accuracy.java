package narwhal.metrics;

/// Share of samples whose most likely class is the right one. One output is the probability of the second class, which is
/// predicted above the threshold; several outputs predict the first largest.
///
/// Source: `keras/src/metrics/accuracy_metrics.py` of Keras 3.
///
/// @param name one of Keras' names of it
/// @param threshold of one output; for logits 0
public record Accuracy(String name, double threshold) implements Metric {
    /// Above what one output predicts the second class; 0.5 unless said.
    public Accuracy threshold(double threshold) {
        return new Accuracy(name, threshold);
    }

    @Override
    public Tally tally() {
        return new ShareRight() {
            @Override
            double right(float[] predictions, int at, int outputs, int actual) {
                return Metrics.predicted(predictions, at, outputs, (float) threshold) == actual ? 1 : 0;
            }
        };
    }
}
