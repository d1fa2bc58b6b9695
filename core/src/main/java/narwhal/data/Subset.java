package narwhal.data;

/// Which part of a split folder; Keras' `subset`.
public enum Subset {
    /// All but the first part of each class.
    TRAINING,
    /// The first part of each class, as many as the fraction says, rounded down.
    VALIDATION
}
