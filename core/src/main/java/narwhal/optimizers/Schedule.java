package narwhal.optimizers;

/// A learning rate that depends on the number of steps.
@FunctionalInterface
public interface Schedule {
    /// The learning rate of a step.
    ///
    /// @param iteration steps before this one, from 0
    double at(long iteration);
}
