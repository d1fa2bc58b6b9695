package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;

/// Training that came to a dead stop before it had got anywhere: it moved at first, and then the loss is the same to the last digit in
/// epoch after epoch, at no level at which a constant answer rests. Constant answers still waver, and what has learned all there is does
/// not stand so high; weights that no longer change do this, be it that the rate was taken to nothing.
///
/// @param epoch from which on nothing moves
/// @param loss at which it stands
/// @param epochs in which it stands there
record Stopped(int epoch, double loss, int epochs) {
    private static final int FEWEST = 5;
    private static final double ABOVE = 5e-3;
    private static final double OVERSHOT = 1.1;

    static Optional<Stopped> of(Case run) {
        var loss = run.loss().isEmpty() ? run.rawValidationLoss() : run.loss();
        int same = loss.frozenAtEnd();
        var accuracy = run.shownAccuracy();
        if (accuracy.frozenAtEnd() < Math.min(same, accuracy.size())) return Optional.empty();
        var validation = run.rawValidationLoss();
        if (!validation.isEmpty() && validation.frozenAtEnd() < Math.min(same, validation.size()))
            return Optional.empty();
        // What began far above blew up within the first epoch.
        if (loss.first() > OVERSHOT * loss.last()) return Optional.empty();
        if (same < FEWEST || same == loss.size() || !run.isClassification() || run.learning().gotAnywhere()
                || !isAway(run, loss.last())) {
            return Optional.empty();
        }
        return Optional.of(new Stopped(loss.epoch(loss.size() - same), loss.last(), same));
    }

    /// Whether a loss lies above the best constant answer, or answers are right too often for a constant one.
    private static boolean isAway(Case run, double loss) {
        var level = Levels.of(run);
        if (level.isPresent()) return loss > (1 + ABOVE) * level.get().loss();
        return run.shownAccuracy().last() > 1.5 * Math.exp(-loss);
    }
}
