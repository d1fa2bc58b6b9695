package narwhal.metrics;

/// Share of samples, or of their outputs, that are right in some sense.
abstract class ShareRight extends CountingTally {
    ShareRight() {
        super(2);
    }

    /// How right one sample is, from 0 to 1.
    abstract double right(float[] predictions, int at, int outputs, int actual);

    @Override
    public void add(float[] predictions, int at, int outputs, int actual) {
        counts[0]++;
        counts[1] += right(predictions, at, outputs, actual);
    }

    @Override
    public double result() {
        return share(counts[1], counts[0]);
    }
}
