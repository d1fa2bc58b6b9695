package narwhal.optimizers;

import java.util.ArrayList;
import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tape;
import narwhal.layers.Parameter;

/// Steps of a size that follows the mean and the variance of each parameter's gradients, in Keras 3's form.
///
/// Source: Kingma and Ba, arXiv 1412.6980; `keras/src/optimizers/adam.py` of Keras 3.
///
/// @param learningRate above 0; 0.001 unless said
/// @param beta1 decay of the mean, within 0 and 1; 0.9 unless said
/// @param beta2 decay of the variance, within 0 and 1; 0.999 unless said
/// @param epsilon above 0; 10⁻⁷ unless said
public record Adam(double learningRate, double beta1, double beta2, double epsilon) implements Optimizer {
    public Adam {
        if (!(learningRate > 0))
            throw new IllegalArgumentException("adam needs a learning rate above 0, got " + learningRate);
        if (!(beta1 >= 0 && beta1 < 1 && beta2 >= 0 && beta2 < 1)) {
            throw new IllegalArgumentException(
                    "adam needs betas of 0 or more and less than 1, got " + beta1 + " and " + beta2);
        }
        if (!(epsilon > 0)) throw new IllegalArgumentException("adam needs an epsilon above 0, got " + epsilon);
    }

    /// Decay of the mean.
    public Adam beta1(double beta1) {
        return new Adam(learningRate, beta1, beta2, epsilon);
    }

    /// Decay of the variance.
    public Adam beta2(double beta2) {
        return new Adam(learningRate, beta1, beta2, epsilon);
    }

    /// What is added to the root of the variance.
    public Adam epsilon(double epsilon) {
        return new Adam(learningRate, beta1, beta2, epsilon);
    }

    @Override
    public String name() {
        return "adam";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        var slots = new ArrayList<Stepper.Slot>();
        for (var parameter : parameters) {
            slots.add(new Stepper.Slot(parameter.path() + "/momentum", engine.zeros(parameter.value().shape())));
            slots.add(new Stepper.Slot(parameter.path() + "/velocity", engine.zeros(parameter.value().shape())));
        }
        return new Stepper() {
            @Override
            public void step(Tape tape, double rate, long iteration) {
                // Powers by StrictMath: the same bits on every machine.
                double corrected = rate * Math.sqrt(1 - StrictMath.pow(beta2, (double) iteration))
                        / (1 - StrictMath.pow(beta1, (double) iteration));
                for (int i = 0; i < parameters.size(); i++) {
                    int slot = 2 * i;
                    var value = parameters.get(i).value();
                    tape.gradient(value)
                            .ifPresent(gradient -> engine.updateAdam(value, gradient, slots.get(slot).value(),
                                    slots.get(slot + 1).value(), (float) corrected, (float) beta1, (float) beta2,
                                    (float) epsilon));
                }
            }

            @Override
            public List<Slot> slots() {
                return List.copyOf(slots);
            }
        };
    }
}
