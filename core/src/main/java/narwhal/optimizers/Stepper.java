package narwhal.optimizers;

import java.util.List;
import narwhal.engine.Tape;
import narwhal.engine.Tensor;

/// An optimizer at work on one model.
public interface Stepper {
    /// Changes the parameters by one step.
    ///
    /// @param tape after [Tape#backward]
    /// @param learningRate of this step
    /// @param iteration number of the step, from 1
    void step(Tape tape, double learningRate, long iteration);

    /// What the optimizer remembers, in a fixed order, for checkpoints.
    List<Slot> slots();

    /// A tensor of an optimizer's memory.
    ///
    /// @param name unique, such as `conv2d/kernel/momentum`
    record Slot(String name, Tensor value) {}
}
