package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;
import narwhal.layers.Parameter;

/// Steps against the gradient, with momentum if asked.
///
/// Source: `keras/src/optimizers/sgd.py` of Keras 3.
///
/// @param learningRate above 0
/// @param momentum share of the last step that is repeated, 0 or more and less than 1
/// @param nesterov whether the gradient's step is taken after the momentum's
/// @param options schedule, clipping and weight decay
public record Sgd(double learningRate, double momentum, boolean nesterov, Options options)
        implements
            CommonArguments<Sgd> {
    public Sgd {
        Checks.rate("sgd", learningRate, options);
        Checks.share("sgd", "momentum", momentum);
    }

    /// Share of the last step that is repeated; 0 unless said.
    public Sgd momentum(double momentum) {
        return new Sgd(learningRate, momentum, nesterov, options);
    }

    /// Whether to look ahead (Nesterov); false unless said.
    public Sgd nesterov(boolean nesterov) {
        return new Sgd(learningRate, momentum, nesterov, options);
    }

    @Override
    public Sgd options(Options options) {
        return new Sgd(learningRate, momentum, nesterov, options);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        return new SlotStepper(engine, parameters, options,
                momentum > 0 ? List.of(List.of("momentum")) : List.of()) {
            @Override
            void update(Tensor parameter, Tensor gradient, List<Tensor> slots, float learningRate) {
                engine.updateSgd(parameter, gradient, slots.isEmpty() ? null : slots.getFirst(), learningRate,
                        (float) momentum, nesterov);
            }
        };
    }
}
