package narwhal.optimizers;

/// `(initial − end) · (1 − step / decaySteps)^power + end`, and `end` after the last step.
///
/// @param initialLearningRate above 0
/// @param decaySteps at least 1
/// @param endLearningRate at least 0
/// @param power above 0
/// @param cycle whether, instead of staying at the end, `decaySteps` becomes its next multiple
public record PolynomialDecay(double initialLearningRate, long decaySteps, double endLearningRate, double power,
        boolean cycle) implements Schedule {
    public PolynomialDecay {
        Checks.rate("polynomialDecay", initialLearningRate);
        Checks.steps("polynomialDecay", decaySteps);
        Checks.argument(endLearningRate >= 0 && power > 0,
                "polynomialDecay needs an end of 0 or more and a power above 0, got " + endLearningRate + " and "
                        + power);
    }

    /// Where it ends; 0.0001 unless said.
    public PolynomialDecay endLearningRate(double endLearningRate) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, cycle);
    }

    /// Power of the line; 1 unless said.
    public PolynomialDecay power(double power) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, cycle);
    }

    /// Whether `decaySteps` becomes its next multiple instead of staying at the end; false unless said.
    public PolynomialDecay cycle(boolean cycle) {
        return new PolynomialDecay(initialLearningRate, decaySteps, endLearningRate, power, cycle);
    }

    @Override
    public double at(long iteration) {
        double steps = cycle ? decaySteps * Math.max(1, Math.ceil((double) iteration / decaySteps)) : decaySteps;
        double p = Math.min(iteration, steps) / steps;
        return (initialLearningRate - endLearningRate) * StrictMath.pow(1 - p, power) + endLearningRate;
    }
}
