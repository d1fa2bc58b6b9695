package narwhal.optimizers;

import java.util.ArrayList;
import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;
import narwhal.layers.Parameter;

/// Steps of a size that follows the variance of each parameter's gradients, in Keras 3's form (epsilon inside the root).
///
/// Source: Tieleman and Hinton, "Lecture 6.5", 2012; `keras/src/optimizers/rmsprop.py` of Keras 3.
///
/// @param learningRate above 0
/// @param rho decay of the variance, within 0 and 1
/// @param momentum share of the last step that is repeated, 0 or more and less than 1
/// @param epsilon above 0
/// @param centered whether the squared mean of the gradients is taken off the variance
/// @param options schedule, clipping and weight decay
public record RmsProp(double learningRate, double rho, double momentum, double epsilon, boolean centered,
        Options options) implements CommonArguments<RmsProp> {
    public RmsProp {
        Checks.rate("rmsprop", learningRate, options);
        Checks.share("rmsprop", "rho", rho);
        Checks.share("rmsprop", "momentum", momentum);
        Checks.above0("rmsprop", "epsilon", epsilon);
    }

    /// Decay of the variance; 0.9 unless said.
    public RmsProp rho(double rho) {
        return new RmsProp(learningRate, rho, momentum, epsilon, centered, options);
    }

    /// Share of the last step that is repeated; 0 unless said.
    public RmsProp momentum(double momentum) {
        return new RmsProp(learningRate, rho, momentum, epsilon, centered, options);
    }

    /// What is added to the variance; 10⁻⁷ unless said.
    public RmsProp epsilon(double epsilon) {
        return new RmsProp(learningRate, rho, momentum, epsilon, centered, options);
    }

    /// Whether the squared mean of the gradients is taken off the variance; false unless said.
    public RmsProp centered(boolean centered) {
        return new RmsProp(learningRate, rho, momentum, epsilon, centered, options);
    }

    @Override
    public RmsProp options(Options options) {
        return new RmsProp(learningRate, rho, momentum, epsilon, centered, options);
    }

    @Override
    public String name() {
        return "rmsprop";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        var kinds = new ArrayList<List<String>>();
        kinds.add(List.of("velocity"));
        if (momentum > 0) kinds.add(List.of("momentum"));
        if (centered) kinds.add(List.of("average_gradient"));
        return new SlotStepper(engine, parameters, options, kinds) {
            @Override
            void update(Tensor parameter, Tensor gradient, List<Tensor> slots, float learningRate) {
                var moving = momentum > 0 ? slots.get(1) : null;
                var mean = centered ? slots.getLast() : null;
                engine.updateRmsprop(parameter, gradient, slots.getFirst(), mean, moving, learningRate, (float) rho,
                        (float) momentum, (float) epsilon);
            }
        };
    }
}
