package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;
import narwhal.layers.Parameter;

/// Steps of one size for all parameters, in the direction of the sign of a mean of gradients.
///
/// Source: Chen et al., arXiv 2302.06675; `keras/src/optimizers/lion.py` of Keras 3.
///
/// @param learningRate above 0
/// @param beta1 share of the mean in a step, above 0 and at most 1
/// @param beta2 decay of the mean, within 0 and 1
/// @param options schedule, clipping and weight decay
public record Lion(double learningRate, double beta1, double beta2, Options options) implements CommonArguments<Lion> {
    public Lion {
        Checks.rate("lion", learningRate, options);
        Checks.argument(beta1 > 0 && beta1 <= 1, "lion needs a beta1 above 0 and at most 1, got " + beta1);
        Checks.share("lion", "beta2", beta2);
    }

    /// Share of the mean in a step; 0.9 unless said.
    public Lion beta1(double beta1) {
        return new Lion(learningRate, beta1, beta2, options);
    }

    /// Decay of the mean; 0.99 unless said.
    public Lion beta2(double beta2) {
        return new Lion(learningRate, beta1, beta2, options);
    }

    @Override
    public Lion options(Options options) {
        return new Lion(learningRate, beta1, beta2, options);
    }

    @Override
    public String name() {
        return "lion";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        return new SlotStepper(engine, parameters, options, List.of(List.of("momentum"))) {
            @Override
            void update(Tensor parameter, Tensor gradient, List<Tensor> slots, float learningRate) {
                engine.updateLion(parameter, gradient, slots.getFirst(), learningRate, (float) beta1, (float) beta2);
            }
        };
    }
}
