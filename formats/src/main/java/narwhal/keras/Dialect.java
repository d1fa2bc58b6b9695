package narwhal.keras;

/// In whose words a configuration is written.
enum Dialect {
    /// What Keras 2.2 writes, which Keras 3 also reads: short objects, `VarianceScaling` for all its special cases, only the
    /// arguments of that time.
    KERAS_2,
    /// What Keras 3 writes: every object names its module.
    KERAS_3
}
