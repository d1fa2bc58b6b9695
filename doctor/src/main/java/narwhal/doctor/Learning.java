package narwhal.doctor;

import narwhal.doctor.statistics.CrossEntropy;
import narwhal.doctor.statistics.Robust;

/// Whether a network came to know anything, on its training images and on those held out.
///
/// @param run that trained it
public record Learning(Case run) {
    private static final double NEVER_BETTER = 0.999;
    private static final int FEW_EPOCHS = 5;
    private static final double RISES = 0.2;

    /// How far the training loss fell: first less smallest, over the size of the first; 0 without one.
    public double lossFall() {
        return fall(run.loss());
    }

    private static double fall(Curve loss) {
        if (loss.size() < 2 || loss.first() == 0) return 0;
        return (loss.first() - loss.least()) / Math.abs(loss.first());
    }

    /// Whether training got anywhere: accuracy rose, or the loss fell by a tenth where accuracy was high from the start or is not
    /// printed. A loss that only fell back to what a constant answer has taught nothing. Where nothing is printed of training,
    /// validation tells.
    public boolean gotAnywhere() {
        if (isAtFloor()) return true;
        boolean told = !run.accuracy().isEmpty() || !run.loss().isEmpty();
        return told
                ? gotAnywhere(run.accuracy(), run.loss())
                : gotAnywhere(run.rawValidationAccuracy(), run.rawValidationLoss());
    }

    private boolean gotAnywhere(Curve accuracy, Curve loss) {
        if (accuracy.size() < 3) return fall(loss) >= 0.1;
        double rise = accuracy.late().median() - accuracy.first();
        double high = run.chance().orElse(0.5) + 0.1;
        return rise > 0.05 || fall(loss) >= 0.1 && (rise > 0.02 || accuracy.first() > high);
    }

    /// Whether the training loss had nowhere left to go.
    public boolean isAtFloor() {
        var accuracy = run.accuracy();
        var loss = run.loss();
        if (!accuracy.isEmpty() && accuracy.last() >= 0.95) return true;
        // What was never anywhere else has not come down.
        if (loss.size() >= FEW_EPOCHS && loss.frozenAtEnd() == loss.size()) return false;
        var entropy = run.entropy();
        if (entropy.isEmpty() || loss.isEmpty() || loss.last() >= 0.05 * entropy.getAsDouble()) return false;
        // Less than the wrong answers cost is no cross-entropy.
        return accuracy.isEmpty() || loss.last() >= CrossEntropy.least(accuracy.last());
    }

    /// Whether validation accuracy is the same to the last digit in all of several epochs while that of training rises: what never moves
    /// was never learned.
    public boolean validationNeverMoves() {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        return validation.size() >= FEW_EPOCHS && validation.frozenAtEnd() == validation.size() && !training.isEmpty()
                && training.most() - training.first() > RISES;
    }

    /// Whether validation, at its best, was clearly better than a constant answer; true where that cannot be told.
    public boolean validationGotAnywhere() {
        if (run.rawValidationAccuracy().isEmpty()) return true;
        if (validationNeverMoves()) return false;
        var loss = run.loss();
        var chance = run.chance();
        double best = Robust.quantile(0.9, run.rawValidationAccuracy().values());
        if (chance.isEmpty()) return best > Math.min(0.15, loss.isEmpty() ? 1 : Math.exp(-loss.first()) + 0.05);
        double error = run.standardError(chance.getAsDouble()).orElse(0.02);
        return best > Math.min(NEVER_BETTER, chance.getAsDouble() + Math.max(0.03, 4 * error));
    }
}
