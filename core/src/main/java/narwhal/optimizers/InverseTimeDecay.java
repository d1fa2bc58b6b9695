package narwhal.optimizers;

/// `initialLearningRate / (1 + decayRate · step / decaySteps)`.
///
/// @param initialLearningRate above 0
/// @param decaySteps at least 1
/// @param decayRate at least 0
/// @param staircase whether the quotient of the steps is rounded down
public record InverseTimeDecay(double initialLearningRate, long decaySteps, double decayRate, boolean staircase)
        implements
            Schedule {
    public InverseTimeDecay {
        Checks.rate("inverseTimeDecay", initialLearningRate);
        Checks.steps("inverseTimeDecay", decaySteps);
        Checks.argument(decayRate >= 0, "inverseTimeDecay needs a decay rate of 0 or more, got " + decayRate);
    }

    /// Whether the quotient of the steps is rounded down; false unless said.
    public InverseTimeDecay staircase(boolean staircase) {
        return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, staircase);
    }

    @Override
    public double at(long iteration) {
        double p = (double) iteration / decaySteps;
        return initialLearningRate / (1 + decayRate * (staircase ? Math.floor(p) : p));
    }
}
