package narwhal.optimizers;

/// `initialLearningRate · decayRate^(step / decaySteps)`.
///
/// @param initialLearningRate above 0
/// @param decaySteps at least 1
/// @param decayRate above 0
/// @param staircase whether the exponent is rounded down
public record ExponentialDecay(double initialLearningRate, long decaySteps, double decayRate, boolean staircase)
        implements
            Schedule {
    public ExponentialDecay {
        Checks.rate("exponentialDecay", initialLearningRate);
        Checks.steps("exponentialDecay", decaySteps);
        Checks.argument(decayRate > 0, "exponentialDecay needs a decay rate above 0, got " + decayRate);
    }

    /// Whether the exponent is rounded down, so that the rate stays for `decaySteps` steps; false unless said.
    public ExponentialDecay staircase(boolean staircase) {
        return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, staircase);
    }

    @Override
    public double at(long iteration) {
        double p = (double) iteration / decaySteps;
        return initialLearningRate * StrictMath.pow(decayRate, staircase ? Math.floor(p) : p);
    }
}
