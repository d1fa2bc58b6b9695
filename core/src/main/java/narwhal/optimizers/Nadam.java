package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tensor;
import narwhal.layers.Parameter;

/// [Adam] that looks ahead as Nesterov does: the mean counts with the weight it will have in the next step.
///
/// Source: Dozat, "Incorporating Nesterov momentum into Adam", 2016; `keras/src/optimizers/nadam.py` of Keras 3.
///
/// @param learningRate above 0
/// @param beta1 decay of the mean, within 0 and 1
/// @param beta2 decay of the variance, within 0 and 1
/// @param epsilon above 0
/// @param options schedule, clipping and weight decay
public record Nadam(double learningRate, double beta1, double beta2, double epsilon, Options options)
        implements
            CommonArguments<Nadam> {
    /// Afterwards the weights are beta1 to the last bit: 0.96¹⁰⁰⁰ is below 10⁻¹⁷.
    private static final long RISING = 1_000;

    public Nadam {
        Checks.rate("nadam", learningRate, options);
        Checks.share("nadam", "beta1", beta1);
        Checks.share("nadam", "beta2", beta2);
        Checks.above0("nadam", "epsilon", epsilon);
    }

    /// Decay of the mean; 0.9 unless said.
    public Nadam beta1(double beta1) {
        return new Nadam(learningRate, beta1, beta2, epsilon, options);
    }

    /// Decay of the variance; 0.999 unless said.
    public Nadam beta2(double beta2) {
        return new Nadam(learningRate, beta1, beta2, epsilon, options);
    }

    /// What is added to the root of the variance; 10⁻⁷ unless said.
    public Nadam epsilon(double epsilon) {
        return new Nadam(learningRate, beta1, beta2, epsilon, options);
    }

    @Override
    public Nadam options(Options options) {
        return new Nadam(learningRate, beta1, beta2, epsilon, options);
    }

    @Override
    public String name() {
        return "nadam";
    }

    /// Weight of the mean at a step, from 1: it rises from half of beta1.
    private double weight(long step) {
        return beta1 * rise(step);
    }

    private static double rise(long step) {
        return 1 - 0.5 * StrictMath.pow(0.96, (double) step);
    }

    /// Product of the weights of the mean over the steps that were taken. Keras stores it; it follows from their number.
    ///
    /// @param steps at least 0
    public double product(long steps) {
        double product = 1;
        for (long step = 1; step <= Math.min(steps, RISING); step++) product *= rise(step);
        return product * StrictMath.pow(beta1, (double) steps);
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        return new SlotStepper(engine, parameters, options, List.of(List.of("momentum", "velocity"))) {
            private float byMean;
            private float byGradient;
            private float rest;

            @Override
            void begin(double learningRate, long iteration) {
                double product = product(iteration);
                double next = weight(iteration + 1);
                byMean = (float) (next / (1 - product * next));
                byGradient = (float) ((1 - weight(iteration)) / (1 - product));
                rest = (float) (1 - StrictMath.pow(beta2, (double) iteration));
            }

            @Override
            void update(Tensor parameter, Tensor gradient, List<Tensor> slots, float learningRate) {
                engine.updateNadam(parameter, gradient, slots.get(0), slots.get(1), learningRate, byMean, byGradient,
                        rest, (float) beta1, (float) beta2, (float) epsilon);
            }
        };
    }
}
