package narwhal.optimizers;

/// Half waves of the cosine, one after the other: each `tMul` times as long as the one before and from `mMul` times as high.
/// Loshchilov and Hutter, "SGDR", arXiv 1608.03983.
///
/// @param initialLearningRate above 0
/// @param firstDecaySteps of the first wave, at least 1
/// @param tMul at least 1
/// @param mMul above 0
/// @param alpha share of the initial rate that is left at the end of a wave
public record CosineDecayRestarts(double initialLearningRate, long firstDecaySteps, double tMul, double mMul,
        double alpha) implements Schedule {
    public CosineDecayRestarts {
        Checks.rate("cosineDecayRestarts", initialLearningRate);
        Checks.steps("cosineDecayRestarts", firstDecaySteps);
        Checks.argument(tMul >= 1 && mMul > 0,
                "cosineDecayRestarts needs a tMul of at least 1 and an mMul above 0, got " + tMul + " and " + mMul);
    }

    /// How much longer each wave is than the one before; 2 unless said.
    public CosineDecayRestarts tMul(double tMul) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);
    }

    /// How much higher each wave starts than the one before; 1 unless said.
    public CosineDecayRestarts mMul(double mMul) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);
    }

    /// Share of the initial rate that is left at the end of a wave; 0 unless said.
    public CosineDecayRestarts alpha(double alpha) {
        return new CosineDecayRestarts(initialLearningRate, firstDecaySteps, tMul, mMul, alpha);
    }

    @Override
    public double at(long iteration) {
        double left = iteration;
        double length = firstDecaySteps;
        double height = 1;
        // A wave that is no longer than the others would be counted through one by one.
        if (tMul == 1) {
            height = StrictMath.pow(mMul, Math.floor(left / length));
            left %= length;
        }
        while (left >= length) {
            left -= length;
            length *= tMul;
            height *= mMul;
        }
        double cosine = StrictMath.cos(Math.PI * left / length);
        return initialLearningRate * ((1 - alpha) * height * (1 + cosine) / 2 + alpha);
    }
}
