package narwhal.history.readers;

import java.util.Optional;
import narwhal.history.log.Progress.Unit;

/// Decides whether the bars of a run count batches or samples.
final class KerasUnits {
    /// No training step of a whole batch is as fast, measured on the smallest networks; a sample may be.
    private static final double FASTEST_STEP = 2e-4;

    private KerasUnits() {
    }

    static void decide(RunBuilder run) {
        var facts = run.data.facts(Optional.empty());
        for (var epoch : run.epochs) {
            if (epoch.unit != Unit.UNKNOWN || epoch.target < 0) continue;
            if (facts.trainingImages().isPresent())
                epoch.unit = byCount(epoch.target, facts.trainingImages().getAsLong());
            if (epoch.unit != Unit.UNKNOWN) continue;
            if (facts.trainingBatches().isPresent() && facts.trainingBatches().getAsLong() == epoch.target)
                epoch.unit = Unit.BATCHES;
            else if (epoch.perStep.isPresent())
                epoch.unit = epoch.perStep.getAsDouble() < FASTEST_STEP && epoch.target >= 100
                        || inLeaps(epoch) ? Unit.SAMPLES : Unit.BATCHES;
            else if (inLeaps(epoch)) epoch.unit = Unit.SAMPLES;
        }
    }

    private static Unit byCount(long target, long images) {
        if (target == images) return Unit.SAMPLES;
        for (long divisor = 2; divisor <= Math.min(images, 100_000); divisor++) {
            long floor = images / divisor;
            if (floor == target || floor + 1 == target && images % divisor != 0) return Unit.BATCHES;
            if (floor + 1 < target) break;
        }
        return Unit.UNKNOWN;
    }

    /// The states inside the epoch are all multiples of one batch size from 8 up: the bar counts samples.
    private static boolean inLeaps(EpochBuilder epoch) {
        long common = 0;
        int states = 0;
        for (var step : epoch.steps()) {
            if (step.step() <= 0 || step.step() >= epoch.target) continue;
            common = gcd(step.step(), common);
            states++;
        }
        return states >= 3 && common >= 8;
    }

    private static long gcd(long a, long b) {
        return b == 0 ? a : gcd(b, a % b);
    }
}
