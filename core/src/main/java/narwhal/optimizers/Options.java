package narwhal.optimizers;

import java.util.Optional;
import java.util.OptionalDouble;

/// What all optimizers have in common beside the learning rate.
///
/// @param schedule of the learning rate; empty where it is constant but for callbacks
/// @param clipping of the gradients; none unless said
/// @param weightDecay share of every parameter, times the learning rate, that is taken away before each step; none unless
///     said
public record Options(Optional<Schedule> schedule, Clipping clipping, OptionalDouble weightDecay) {
    public Options {
        Checks.argument(weightDecay.orElse(0) >= 0, "a weight decay is 0 or more, got " + weightDecay.orElse(0));
    }

    /// A constant learning rate, no clipping, no weight decay.
    static Options none() {
        return new Options(Optional.empty(), new Clipping.None(), OptionalDouble.empty());
    }

    /// The same with a schedule.
    static Options of(Schedule schedule) {
        return new Options(Optional.of(schedule), new Clipping.None(), OptionalDouble.empty());
    }

    /// How gradients are kept small.
    public Options clipping(Clipping clipping) {
        return new Options(schedule, clipping, weightDecay);
    }

    /// Share of every parameter, times the learning rate, that is taken away before each step.
    public Options weightDecay(double weightDecay) {
        return new Options(schedule, clipping, OptionalDouble.of(weightDecay));
    }
}
