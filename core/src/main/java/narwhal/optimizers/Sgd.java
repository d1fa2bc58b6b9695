package narwhal.optimizers;

import java.util.ArrayList;
import java.util.List;
import narwhal.engine.Engine;
import narwhal.engine.Tape;
import narwhal.layers.Parameter;

/// Steps against the gradient, with momentum if asked.
///
/// Source: `keras/src/optimizers/sgd.py` of Keras 3.
///
/// @param learningRate above 0; 0.01 unless said
/// @param momentum share of the last step that is repeated, 0 or more and less than 1; 0 unless said
/// @param nesterov whether the gradient's step is taken after the momentum's; false unless said
public record Sgd(double learningRate, double momentum, boolean nesterov) implements Optimizer {
    public Sgd {
        if (!(learningRate > 0))
            throw new IllegalArgumentException("sgd needs a learning rate above 0, got " + learningRate);
        if (!(momentum >= 0 && momentum < 1)) {
            throw new IllegalArgumentException("sgd needs a momentum of 0 or more and less than 1, got " + momentum);
        }
    }

    /// Share of the last step that is repeated.
    public Sgd momentum(double momentum) {
        return new Sgd(learningRate, momentum, nesterov);
    }

    /// Whether to look ahead (Nesterov).
    public Sgd nesterov(boolean nesterov) {
        return new Sgd(learningRate, momentum, nesterov);
    }

    @Override
    public String name() {
        return "sgd";
    }

    @Override
    public Stepper start(Engine engine, List<Parameter> parameters) {
        var slots = new ArrayList<Stepper.Slot>();
        if (momentum > 0) {
            for (var parameter : parameters) {
                slots.add(new Stepper.Slot(parameter.path() + "/momentum", engine.zeros(parameter.value().shape())));
            }
        }
        return new Stepper() {
            @Override
            public void step(Tape tape, double rate, long iteration) {
                for (int i = 0; i < parameters.size(); i++) {
                    var value = parameters.get(i).value();
                    var velocity = slots.isEmpty() ? null : slots.get(i).value();
                    tape.gradient(value).ifPresent(gradient -> engine.updateSgd(value, gradient, velocity, (float) rate,
                            (float) momentum, nesterov));
                }
            }

            @Override
            public List<Slot> slots() {
                return List.copyOf(slots);
            }
        };
    }
}
