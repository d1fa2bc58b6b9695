package narwhal.optimizers;

import java.util.List;
import java.util.OptionalDouble;

/// Makers of schedules, with Keras' defaults. Formulas: `keras/src/optimizers/schedules/learning_rate_schedule.py` of
/// Keras 3.
public final class Schedules {
    private Schedules() {
    }

    /// `initial · rate^(step / steps)`.
    public static ExponentialDecay exponentialDecay(double initialLearningRate, long decaySteps, double decayRate) {
        return new ExponentialDecay(initialLearningRate, decaySteps, decayRate, false);
    }

    /// `initial / (1 + rate · step / steps)`.
    public static InverseTimeDecay inverseTimeDecay(double initialLearningRate, long decaySteps, double decayRate) {
        return new InverseTimeDecay(initialLearningRate, decaySteps, decayRate, false);
    }

    /// A straight line down to 0.0001.
    public static PolynomialDecay polynomialDecay(double initialLearningRate, long decaySteps) {
        return new PolynomialDecay(initialLearningRate, decaySteps, 1e-4, 1, false);
    }

    /// Half a wave of the cosine down to 0.
    public static CosineDecay cosineDecay(double initialLearningRate, long decaySteps) {
        return new CosineDecay(initialLearningRate, decaySteps, 0, OptionalDouble.empty(), 0);
    }

    /// Half waves of the cosine, each twice as long as the one before.
    public static CosineDecayRestarts cosineDecayRestarts(double initialLearningRate, long firstDecaySteps) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, 2, 1, 0);
    }

    /// One value up to and including the first boundary, the next one up to the second, and so on.
    ///
    /// @param boundaries steps, rising
    /// @param values one more than boundaries
    public static PiecewiseConstantDecay piecewiseConstantDecay(List<Long> boundaries, List<Double> values) {
        return new PiecewiseConstantDecay(boundaries, values);
    }

    /// A straight line from 0 to where `after` starts, then `after` from its beginning. Keras has it in [CosineDecay] only.
    ///
    /// @param steps of the line
    public static Schedule warmup(long steps, Schedule after) {
        return new Warmup(steps, after);
    }
}
