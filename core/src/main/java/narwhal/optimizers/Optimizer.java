package narwhal.optimizers;

import java.util.List;
import java.util.Optional;
import narwhal.engine.Engine;
import narwhal.layers.Parameter;

/// A rule that turns gradients into changes of parameters.
public interface Optimizer {
    /// The learning rate that training starts with, above 0.
    double learningRate();

    /// How the learning rate changes with the steps; empty where it is constant but for callbacks.
    default Optional<Schedule> schedule() {
        return Optional.empty();
    }

    /// Keras' name, such as `adam`.
    String name();

    /// Starts the memory for one model's trainable parameters.
    Stepper start(Engine engine, List<Parameter> parameters);
}
