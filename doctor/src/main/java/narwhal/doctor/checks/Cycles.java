package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Rhythm;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.doctor.statistics.Phases;

/// The cycle of a validation that scores its parts in turn: found in the figures, or expected by the statements.
final class Cycles {
    /// So much of the scatter a phase has to explain, to be the fault of the run.
    static final double MOST_OF_THE_VARIANCE = 0.5;
    /// So much, to be worth a warning.
    static final double SOME_OF_THE_VARIANCE = 0.1;
    /// Chance, below which it is believed.
    static final double SURE = 1e-3;
    private static final int MANY_EPOCHS = 12;

    private Cycles() {
    }

    /// The rhythm that was found.
    static Sign found(Rhythm rhythm) {
        var text = rhythm.period() == 2
                ? Say.format(
                        "validation turns at %d of %d epochs (noise: 2 of 3), training at %d of %d and out of step",
                        rhythm.turns().turns(), rhythm.turns().interior(), rhythm.trainingTurns().turns(),
                        rhythm.trainingTurns().interior())
                : Say.format("%s repeats every %d epochs (autocorrelation %.2f), training does not", rhythm.metric(),
                        rhythm.period(), rhythm.autocorrelation());
        if (rhythm.trainingTurns().interior() == 0) {
            text = Say.format("%s repeats every %d epochs (autocorrelation %.2f)", rhythm.metric(), rhythm.period(),
                    rhythm.autocorrelation());
        }
        return new Sign(Grounds.PERIOD, rhythm.nats(),
                new Evidence.Computed(text + "; chance " + Say.chance(rhythm.p())));
    }

    /// Where counts cannot tell a window that moves from one that stands still, the cycle that statements predict speaks for the former,
    /// many epochs without any rhythm for the latter.
    static Optional<Sign> expected(Case run) {
        var scoring = run.scoring();
        if (scoring.rhythm().isPresent()) return Optional.empty();
        var predicted = PredictedCycle.of(run);
        if (predicted.isPresent()) return Optional.of(predicted.get().sign());
        boolean open = scoring.nats(Coverage.FIXED_PART) > scoring.nats(Coverage.MOVING) - 4;
        if (!open || scoring.evaluations().length < MANY_EPOCHS) return Optional.empty();
        return Optional.of(new Sign(Grounds.PERIOD, -3, new Evidence.Computed(
                "validation has no rhythm, which a window that moves over a list mostly makes")));
    }

    /// Over the whole run, or in the second half of a long one, where the learning curve itself no longer fills the variance.
    static Phases phases(Case run, int period) {
        var values = run.rawValidationAccuracy().values();
        var all = Phases.of(values, period);
        if (values.length < 6 * period) return all;
        var late = Phases.of(Arrays.copyOfRange(values, values.length / 2, values.length), period);
        return late.share() > all.share() ? late : all;
    }
}
