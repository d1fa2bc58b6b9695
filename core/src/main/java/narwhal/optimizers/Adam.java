package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;
import narwhal.layers.Parameter;

/// Steps of a size that follows the mean and the variance of each parameter's gradients, in Keras 3's form.
///
/// Source: Kingma and Ba, arXiv 1412.6980; `keras/src/optimizers/adam.py` of Keras 3.
///
/// @param learningRate above 0
/// @param beta1 decay of the mean, within 0 and 1
/// @param beta2 decay of the variance, within 0 and 1
/// @param epsilon above 0
/// @param amsgrad whether the largest variance so far counts instead of the present one
/// @param options schedule, clipping and weight decay
public record Adam(double learningRate, double beta1, double beta2, double epsilon, boolean amsgrad, Options options)
        implements
            CommonArguments<Adam> {
    public Adam {
        Checks.rate("adam", learningRate, options);
        Checks.share("adam", "beta1", beta1);
        Checks.share("adam", "beta2", beta2);
        Checks.above0("adam", "epsilon", epsilon);
    }

    /// Decay of the mean; 0.9 unless said.
    public Adam beta1(double beta1) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    /// Decay of the variance; 0.999 unless said.
    public Adam beta2(double beta2) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    /// What is added to the root of the variance; 10⁻⁷ unless said.
    public Adam epsilon(double epsilon) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    /// Whether the largest variance so far counts instead of the present one; false unless said.
    public Adam amsgrad(boolean amsgrad) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    @Override
    public Adam options(Options options) {
        return new Adam(learningRate, beta1, beta2, epsilon, amsgrad, options);
    }

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        var both = List.of("momentum", "velocity");
        return new SlotStepper(engine, parameters, options,
                amsgrad ? List.of(both, List.of("velocity_hat")) : List.of(both)) {
            private float corrected;

            /// Powers by StrictMath: the same bits on every machine.
            @Override
            void begin(double learningRate, long iteration) {
                corrected = (float) (learningRate * Math.sqrt(1 - StrictMath.pow(beta2, (double) iteration))
                        / (1 - StrictMath.pow(beta1, (double) iteration)));
            }

            @Override
            void update(Tensor parameter, Tensor gradient, List<Tensor> slots, float learningRate) {
                if (amsgrad) {
                    engine.updateAmsgrad(parameter, gradient, slots.get(0), slots.get(1), slots.get(2), corrected,
                            (float) beta1, (float) beta2, (float) epsilon);
                } else {
                    engine.updateAdam(parameter, gradient, slots.get(0), slots.get(1), corrected, (float) beta1,
                            (float) beta2, (float) epsilon);
                }
            }
        };
    }
}
