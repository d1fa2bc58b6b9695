package narwhal.optimizers;

import java.util.ArrayList;
import java.util.List;
import narwhal.disk.Section;
import narwhal.engine.Engine;
import narwhal.errors.NarwhalException;
import narwhal.errors.Problem;

/// Where an optimizer is in a training, so that another training can go on from there.
///
/// @param iterations steps that were taken, at least 0
/// @param learningRate of the next step; a 32-bit number, as in Keras
/// @param slots what it remembers, in the order and under the names of [Stepper#slots]
public record OptimizerState(long iterations, double learningRate, List<Section> slots) {
    public OptimizerState {
        if (iterations < 0) throw new IllegalArgumentException("an optimizer took 0 or more steps, got " + iterations);
        slots = List.copyOf(slots);
    }

    /// The state of an optimizer at work.
    public static OptimizerState of(Stepper stepper, Engine engine, long iterations, double learningRate) {
        var sections = new ArrayList<Section>();
        for (var slot : stepper.slots()) {
            var values = engine.read(slot.value());
            sections.add(Section.float32(slot.name(), values, values.length));
        }
        return new OptimizerState(iterations, learningRate, sections);
    }

    /// Puts the slots into an optimizer that was started for the same model.
    ///
    /// @throws NarwhalException `CKPT_OTHER_MODEL` naming the first difference; nothing was changed then
    public void restore(Stepper stepper, Engine engine) {
        var own = stepper.slots();
        for (int i = 0; i < Math.max(own.size(), slots.size()); i++) {
            var here = i < own.size() ? own.get(i).name() + " of " + own.get(i).value().shape().size() : "nothing more";
            var there = i < slots.size() ? slots.get(i).name() + " of " + slots.get(i).size() : "nothing more";
            if (!here.equals(there)) {
                throw Problem.CKPT_OTHER_MODEL.because(
                        "the optimizer's memory has " + there + " where this one has " + here,
                        "train with the optimizer it was saved from");
            }
        }
        for (int i = 0; i < own.size(); i++)
            engine.write(own.get(i).value(), 0, slots.get(i).floats(), slots.get(i).size());
    }
}
