package narwhal.optimizers;

/// Makers of optimizers, with Keras' defaults.
public final class Optimizers {
    private Optimizers() {
    }

    /// Adam with Keras' learning rate of 0.001.
    public static Adam adam() {
        return adam(1e-3);
    }

    /// Adam.
    ///
    /// @param learningRate above 0
    public static Adam adam(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-7);
    }

    /// Gradient descent with Keras' learning rate of 0.01.
    public static Sgd sgd() {
        return sgd(0.01);
    }

    /// Gradient descent.
    ///
    /// @param learningRate above 0
    public static Sgd sgd(double learningRate) {
        return new Sgd(learningRate, 0, false);
    }
}
