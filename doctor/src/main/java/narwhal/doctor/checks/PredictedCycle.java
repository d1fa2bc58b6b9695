package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.doctor.statistics.Phases;

/// The cycle that a stated loop makes if its iterator lives on: s of n batches come round again after n / gcd(n, s) epochs. One
/// period is looked at, the one predicted, so a rhythm shows that would drown among all periods.
///
/// @param period in epochs
/// @param share of the variance beside the trend that the phase explains
/// @param p chance that as many arbitrary levels explain as much
record PredictedCycle(int period, double share, double p) {
    private static final double RARE = 0.02;
    /// So many times a cycle has to come round to be seen.
    static final int ROUNDS = 3;

    static Optional<PredictedCycle> of(Case run) {
        var loop = Loops.stated(run);
        var accuracy = run.rawValidationAccuracy();
        if (loop.isEmpty() || loop.get().steps() >= loop.get().set().batches()) return Optional.empty();
        int batches = loop.get().set().batches();
        int period = batches / gcd(batches, loop.get().steps());
        if (period < 2 || accuracy.size() < ROUNDS * period || accuracy.size() < 8) return Optional.empty();
        // What is learned first dwarfs any cycle: the later half tells more where it is long enough.
        var late = accuracy.size() / 2 >= ROUNDS * period ? accuracy.from(accuracy.size() / 2) : accuracy;
        if (late.relativeRange() == 0) return Optional.empty();
        var phases = Phases.of(late.values(), period);
        return phases.share() > 0 && phases.p() < RARE
                ? Optional.of(new PredictedCycle(period, phases.share(), phases.p()))
                : Optional.empty();
    }

    private static int gcd(int a, int b) {
        return b == 0 ? a : gcd(b, a % b);
    }

    Sign sign() {
        return new Sign(Grounds.PERIOD, Math.min(Grounds.PERIOD.cap(), -Math.log(p)), new Evidence.Computed(Say.format(
                "with an iterator that lives on they come round every %d epochs, and the phase explains %s of the scatter;"
                        + " chance %s",
                period, Say.percent(share), Say.chance(p))));
    }
}
