package narwhal.metrics;

/// A tally whose memory is a few counts.
abstract class CountingTally implements Tally {
    final double[] counts;

    CountingTally(int size) {
        counts = new double[size];
    }

    /// part / whole, 0 for no whole.
    static double share(double part, double whole) {
        return whole == 0 ? 0 : part / whole;
    }

    @Override
    public double[] state() {
        return counts.clone();
    }

    @Override
    public void restore(double[] state) {
        System.arraycopy(state, 0, counts, 0, counts.length);
    }
}
