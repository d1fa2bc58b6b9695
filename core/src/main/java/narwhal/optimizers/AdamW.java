package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Engine;
import narwhal.layers.Parameter;

/// [Adam] with weight decay beside the gradient's step. Only the default decay and the name differ from Adam with
/// `weightDecay`.
///
/// Source: Loshchilov and Hutter, arXiv 1711.05101; `keras/src/optimizers/adamw.py` of Keras 3.
///
/// @param adam the optimizer, weight decay included
public record AdamW(Adam adam) implements CommonArguments<AdamW> {
    @Override
    public double learningRate() {
        return adam.learningRate();
    }

    /// Decay of the mean; 0.9 unless said.
    public AdamW beta1(double beta1) {
        return new AdamW(adam.beta1(beta1));
    }

    /// Decay of the variance; 0.999 unless said.
    public AdamW beta2(double beta2) {
        return new AdamW(adam.beta2(beta2));
    }

    /// What is added to the root of the variance; 10⁻⁷ unless said.
    public AdamW epsilon(double epsilon) {
        return new AdamW(adam.epsilon(epsilon));
    }

    /// Whether the largest variance so far counts instead of the present one; false unless said.
    public AdamW amsgrad(boolean amsgrad) {
        return new AdamW(adam.amsgrad(amsgrad));
    }

    @Override
    public Options options() {
        return adam.options();
    }

    @Override
    public AdamW options(Options options) {
        return new AdamW(adam.options(options));
    }

    @Override
    public String name() {
        return "adamw";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        return adam.start(engine, parameters);
    }
}
