package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Rhythm;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.doctor.forensics.HonestCurve;
import narwhal.doctor.statistics.Phases;
import narwhal.doctor.statistics.Robust;

/// The cycle of a validation that scores its parts in turn: found in the figures, or expected by the statements.
final class Cycles {
    /// So much of the scatter a phase has to explain, to be the fault of the run.
    static final double MOST_OF_THE_VARIANCE = 0.5;
    /// So much, to be worth a warning.
    static final double SOME_OF_THE_VARIANCE = 0.1;
    /// Chance, below which it is believed.
    static final double SURE = 1e-3;
    private static final int MANY_EPOCHS = 12;
    /// Of the variance that other images would bring, what the same images bring that are answered anew.
    private static final double ALIKE = 0.7;

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
    /// many epochs without any rhythm for the latter, unless the cycle of a list that keeps its order is too long to be seen: then their
    /// scatter tells.
    static Optional<Sign> expected(Case run) {
        var scoring = run.scoring();
        if (scoring.rhythm().isPresent()) return Optional.empty();
        var predicted = PredictedCycle.of(run);
        if (predicted.isPresent()) return Optional.of(predicted.get().sign());
        if (!scoring.mayStandStill() || scoring.evaluations().length < MANY_EPOCHS) return Optional.empty();
        int period = HonestCurve.period(scoring.verdict().orElseThrow().best().loop());
        boolean unseen = PredictedCycle.ROUNDS * period > scoring.evaluations().length;
        if (unseen && Loops.keepsItsOrder(run)) return scatter(run);
        return Optional.of(new Sign(Grounds.PERIOD, -3, new Evidence.Computed(
                "validation has no rhythm, which a window that moves over a list mostly makes")));
    }

    /// The same images change their answers by less from epoch to epoch than others would; parts of a list that is sorted differ by more.
    private static Optional<Sign> scatter(Case run) {
        var accuracy = run.rawValidationAccuracy();
        var late = accuracy.from(accuracy.size() / 2);
        double steps = 0;
        for (double step : Robust.differences(late.values())) steps += step * step;
        double error = run.standardError(late.mean()).orElse(0);
        if (error == 0) return Optional.empty();
        double ratio = steps / (2 * (late.size() - 1)) / (error * error);
        return Optional.of(new Sign(Grounds.PERIOD, Math.clamp(3 * Math.log(ratio / ALIKE), -3, 4),
                new Evidence.Computed(Say.format(
                        "from one late epoch to the next validation scatters %.1f times as much as other images of one kind would",
                        Math.sqrt(ratio)))));
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
