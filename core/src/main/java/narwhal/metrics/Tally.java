package narwhal.metrics;

/// Counts a metric over one pass.
public interface Tally {
    /// Counts one sample.
    ///
    /// @param predictions of the whole batch, row-major
    /// @param at where the sample's row starts
    /// @param outputs length of the row
    /// @param actual number of the sample's class, from 0
    void add(float[] predictions, int at, int outputs, int actual);

    /// The metric over everything counted so far; 0 before the first sample.
    double result();

    /// What has been counted, so that an interrupted pass can go on.
    double[] state();

    /// Takes up what another tally of this metric had counted.
    void restore(double[] state);
}
