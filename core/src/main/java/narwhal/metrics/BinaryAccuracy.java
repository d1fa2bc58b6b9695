package narwhal.metrics;

/// Share of outputs on the right side of the threshold. Of several outputs each is a question of its own.
///
/// Source: `keras/src/metrics/accuracy_metrics.py` of Keras 3.
///
/// @param threshold above which an output says yes; for logits 0
public record BinaryAccuracy(double threshold) implements Metric {
    /// Above what an output says yes; 0.5 unless said.
    public BinaryAccuracy threshold(double threshold) {
        return new BinaryAccuracy(threshold);
    }

    @Override
    public String name() {
        return "binary_accuracy";
    }

    @Override
    public Tally tally() {
        return new ShareRight() {
            @Override
            double right(float[] predictions, int at, int outputs, int actual) {
                int right = 0;
                for (int i = 0; i < outputs; i++) {
                    boolean yes = outputs == 1 ? actual == 1 : actual == i;
                    if (predictions[at + i] > (float) threshold == yes) right++;
                }
                return (double) right / outputs;
            }
        };
    }
}
