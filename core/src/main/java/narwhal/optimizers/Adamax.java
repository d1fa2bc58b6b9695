package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;
import narwhal.layers.Parameter;

/// [Adam] with the largest gradient of late instead of the variance.
///
/// Source: Kingma and Ba, arXiv 1412.6980, section 7; `keras/src/optimizers/adamax.py` of Keras 3.
///
/// @param learningRate above 0
/// @param beta1 decay of the mean, within 0 and 1
/// @param beta2 decay of the largest gradient, within 0 and 1
/// @param epsilon above 0
/// @param options schedule, clipping and weight decay
public record Adamax(double learningRate, double beta1, double beta2, double epsilon, Options options)
        implements
            CommonArguments<Adamax> {
    public Adamax {
        Checks.rate("adamax", learningRate, options);
        Checks.share("adamax", "beta1", beta1);
        Checks.share("adamax", "beta2", beta2);
        Checks.above0("adamax", "epsilon", epsilon);
    }

    /// Decay of the mean; 0.9 unless said.
    public Adamax beta1(double beta1) {
        return new Adamax(learningRate, beta1, beta2, epsilon, options);
    }

    /// Decay of the largest gradient; 0.999 unless said.
    public Adamax beta2(double beta2) {
        return new Adamax(learningRate, beta1, beta2, epsilon, options);
    }

    /// What is added to the largest gradient; 10⁻⁷ unless said.
    public Adamax epsilon(double epsilon) {
        return new Adamax(learningRate, beta1, beta2, epsilon, options);
    }

    @Override
    public Adamax options(Options options) {
        return new Adamax(learningRate, beta1, beta2, epsilon, options);
    }

    @Override
    public String name() {
        return "adamax";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        return new SlotStepper(engine, parameters, options, List.of(List.of("momentum", "norm"))) {
            private float rest;

            @Override
            void begin(double learningRate, long iteration) {
                rest = (float) (1 - StrictMath.pow(beta1, (double) iteration));
            }

            @Override
            void update(Tensor parameter, Tensor gradient, List<Tensor> slots, float learningRate) {
                engine.updateAdamax(parameter, gradient, slots.get(0), slots.get(1), learningRate, rest, (float) beta1,
                        (float) beta2, (float) epsilon);
            }
        };
    }
}
