package narwhal.optimizers;

import java.util.Optional;

/// The arguments that every optimizer of Narwhal has, as methods named like Keras'.
///
/// @param <O> the optimizer
interface CommonArguments<O> extends Optimizer {
    /// What is common to all.
    Options options();

    /// This optimizer with other common options.
    O options(Options options);

    /// Shortens every gradient whose norm is above this; the last of the three kinds of clipping counts.
    default O clipnorm(double clipnorm) {
        return options(options().clipping(new Clipping.ByNorm(clipnorm)));
    }

    /// Shortens all gradients by one factor if their common norm is above this.
    default O globalClipnorm(double globalClipnorm) {
        return options(options().clipping(new Clipping.ByGlobalNorm(globalClipnorm)));
    }

    /// Holds every element of the gradients within ± this.
    default O clipvalue(double clipvalue) {
        return options(options().clipping(new Clipping.ByValue(clipvalue)));
    }

    /// Takes this share of every parameter, times the learning rate, away before each step.
    default O weightDecay(double weightDecay) {
        return options(options().weightDecay(weightDecay));
    }

    @Override
    default Optional<Schedule> schedule() {
        return options().schedule();
    }
}
