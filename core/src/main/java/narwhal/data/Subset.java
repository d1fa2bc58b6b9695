package narwhal.data;

/// Which part of a split folder; Keras' `subset`.
public enum Subset {
    /// What is to be learned from.
    TRAINING,
    /// What is to be scored after each epoch.
    VALIDATION
}
