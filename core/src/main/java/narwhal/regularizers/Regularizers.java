package narwhal.regularizers;

/// Makers of regularizers. Keras' default factor is 0.01 for each.
public final class Regularizers {
    private Regularizers() {
    }

    /// `factor·Σ|w|`.
    public static L1L2 l1(double factor) {
        return new L1L2(factor, 0);
    }

    /// `factor·Σw²`.
    public static L1L2 l2(double factor) {
        return new L1L2(0, factor);
    }

    /// `l1·Σ|w| + l2·Σw²`.
    public static L1L2 l1l2(double l1, double l2) {
        return new L1L2(l1, l2);
    }
}
