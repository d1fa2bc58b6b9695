package narwhal.optimizers;

/// Makers of optimizers, with Keras' defaults.
public final class Optimizers {
    private Optimizers() {
    }

    /// Adam with Keras' learning rate of 0.001.
    public static Adam adam() {
        return adam(0.001);
    }

    /// Adam.
    ///
    /// @param learningRate above 0
    public static Adam adam(double learningRate) {
        return new Adam(learningRate, 0.9, 0.999, 1e-7, false, Options.none());
    }

    /// Adam with a learning rate that depends on the step.
    public static Adam adam(Schedule learningRate) {
        return new Adam(learningRate.at(0), 0.9, 0.999, 1e-7, false, Options.of(learningRate));
    }

    /// Adam with a weight decay of 0.004 and Keras' learning rate of 0.001.
    public static AdamW adamW() {
        return adamW(0.001);
    }

    /// Adam with a weight decay of 0.004.
    ///
    /// @param learningRate above 0
    public static AdamW adamW(double learningRate) {
        return new AdamW(adam(learningRate).weightDecay(0.004));
    }

    /// Adam with a weight decay of 0.004 and a learning rate that depends on the step.
    public static AdamW adamW(Schedule learningRate) {
        return new AdamW(adam(learningRate).weightDecay(0.004));
    }

    /// Adamax with Keras' learning rate of 0.001.
    public static Adamax adamax() {
        return adamax(0.001);
    }

    /// Adamax.
    ///
    /// @param learningRate above 0
    public static Adamax adamax(double learningRate) {
        return new Adamax(learningRate, 0.9, 0.999, 1e-7, Options.none());
    }

    /// Adamax with a learning rate that depends on the step.
    public static Adamax adamax(Schedule learningRate) {
        return new Adamax(learningRate.at(0), 0.9, 0.999, 1e-7, Options.of(learningRate));
    }

    /// Nadam with Keras' learning rate of 0.001.
    public static Nadam nadam() {
        return nadam(0.001);
    }

    /// Nadam.
    ///
    /// @param learningRate above 0
    public static Nadam nadam(double learningRate) {
        return new Nadam(learningRate, 0.9, 0.999, 1e-7, Options.none());
    }

    /// Nadam with a learning rate that depends on the step.
    public static Nadam nadam(Schedule learningRate) {
        return new Nadam(learningRate.at(0), 0.9, 0.999, 1e-7, Options.of(learningRate));
    }

    /// Lion with Keras' learning rate of 0.001.
    public static Lion lion() {
        return lion(0.001);
    }

    /// Lion.
    ///
    /// @param learningRate above 0
    public static Lion lion(double learningRate) {
        return new Lion(learningRate, 0.9, 0.99, Options.none());
    }

    /// Lion with a learning rate that depends on the step.
    public static Lion lion(Schedule learningRate) {
        return new Lion(learningRate.at(0), 0.9, 0.99, Options.of(learningRate));
    }

    /// RMSprop with Keras' learning rate of 0.001.
    public static RmsProp rmsprop() {
        return rmsprop(0.001);
    }

    /// RMSprop.
    ///
    /// @param learningRate above 0
    public static RmsProp rmsprop(double learningRate) {
        return new RmsProp(learningRate, 0.9, 0, 1e-7, false, Options.none());
    }

    /// RMSprop with a learning rate that depends on the step.
    public static RmsProp rmsprop(Schedule learningRate) {
        return new RmsProp(learningRate.at(0), 0.9, 0, 1e-7, false, Options.of(learningRate));
    }

    /// Gradient descent with Keras' learning rate of 0.01.
    public static Sgd sgd() {
        return sgd(0.01);
    }

    /// Gradient descent.
    ///
    /// @param learningRate above 0
    public static Sgd sgd(double learningRate) {
        return new Sgd(learningRate, 0, false, Options.none());
    }

    /// Gradient descent with a learning rate that depends on the step.
    public static Sgd sgd(Schedule learningRate) {
        return new Sgd(learningRate.at(0), 0, false, Options.of(learningRate));
    }
}
