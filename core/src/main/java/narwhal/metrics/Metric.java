package narwhal.metrics;

/// Something to measure on predictions. Counting is done by a [Tally], a fresh one for every pass, so there is nothing to
/// reset.
public interface Metric {
    /// Such as `accuracy`; validation adds `val_` in front.
    String name();

    /// Starts counting.
    Tally tally();
}
