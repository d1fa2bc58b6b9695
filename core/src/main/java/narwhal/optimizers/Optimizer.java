package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Engine;
import narwhal.layers.Parameter;

/// A rule that turns gradients into changes of parameters.
public interface Optimizer {
    /// The learning rate that training starts with, above 0.
    double learningRate();

    /// Keras' name, such as `adam`.
    String name();

    /// Starts the memory for one model's trainable parameters.
    Stepper start(Engine engine, List<Parameter> parameters);
}
