package narwhal.callbacks;

/// Whose decisions a callback takes where the versions of Keras differ.
public enum Semantics {
    /// Keras 3, the default.
    KERAS_3,
    /// Stand-alone Keras 2.2.4: values are compared as 64-bit numbers, a best-only checkpoint is not saved without its
    /// metric, and early stopping starts from the baseline and restores weights only when it stops.
    KERAS_2_2_4
}
