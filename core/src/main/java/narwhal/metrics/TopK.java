package narwhal.metrics;

/// Share of samples whose class is among the `k` largest outputs. Equal outputs at the border all count as among them.
///
/// Source: `keras/src/metrics/accuracy_metrics.py` of Keras 3.
///
/// @param name one of Keras' names of it
/// @param k at least 1
public record TopK(String name, int k) implements Metric {
    public TopK {
        if (k < 1) throw new IllegalArgumentException("the top is at least 1 output, got " + k);
    }

    @Override
    public Tally tally() {
        return new ShareRight() {
            @Override
            double right(float[] predictions, int at, int outputs, int actual) {
                int larger = 0;
                for (int i = 0; i < outputs; i++) if (predictions[at + i] > predictions[at + actual]) larger++;
                return larger < k ? 1 : 0;
            }
        };
    }
}
