package narwhal.history.log;

/// Which images a metric was measured on.
public enum Role {
    /// The images that the weights were fitted to; usually an average over the epoch while the weights moved.
    TRAINING,
    /// The images held out and scored after each epoch.
    VALIDATION,
    /// A test set scored in every epoch; it stands in for validation where there is none.
    TEST
}
