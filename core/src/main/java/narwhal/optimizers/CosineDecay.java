package narwhal.optimizers;

import java.util.OptionalDouble;

/// `initial · ((1 − alpha) · (1 + cos(π · step / decaySteps)) / 2 + alpha)`, after a straight line up to the warm-up's
/// target where there is one; then the wave starts from the target. Loshchilov and Hutter, arXiv 1608.03983.
///
/// @param initialLearningRate at least 0
/// @param decaySteps of the wave, at least 1
/// @param alpha share of the rate that is left at the end
/// @param warmupTarget where the warm-up ends; empty for none
/// @param warmupSteps of the warm-up, at least 0
public record CosineDecay(double initialLearningRate, long decaySteps, double alpha, OptionalDouble warmupTarget,
        long warmupSteps) implements Schedule {
    public CosineDecay {
        Checks.argument(initialLearningRate >= 0 && (initialLearningRate > 0 || warmupTarget.isPresent()),
                "cosineDecay needs a learning rate above 0, or a warm-up, got " + initialLearningRate);
        Checks.steps("cosineDecay", decaySteps);
        Checks.argument(warmupSteps >= 0, "cosineDecay needs a warm-up of 0 or more steps, got " + warmupSteps);
    }

    /// Share of the rate that is left at the end; 0 unless said.
    public CosineDecay alpha(double alpha) {
        return new CosineDecay(initialLearningRate, decaySteps, alpha, warmupTarget, warmupSteps);
    }

    /// A straight line from the initial rate to `target` first; none unless said.
    public CosineDecay warmup(double target, long steps) {
        return new CosineDecay(initialLearningRate, decaySteps, alpha, OptionalDouble.of(target), steps);
    }

    @Override
    public double at(long iteration) {
        if (warmupTarget.isEmpty()) return wave(iteration, initialLearningRate);
        double target = warmupTarget.getAsDouble();
        if (iteration >= warmupSteps) return wave(iteration - warmupSteps, target);
        return initialLearningRate + (target - initialLearningRate) * iteration / warmupSteps;
    }

    private double wave(long step, double from) {
        double cosine = StrictMath.cos(Math.PI * Math.min(step, decaySteps) / decaySteps);
        return from * ((1 - alpha) * (1 + cosine) / 2 + alpha);
    }
}
