package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.statistics.CrossEntropy;

/// Losses that a network gives which has learned nothing but how common the classes are.
///
/// @param loss the constant: the entropy of the class shares
/// @param share the accuracy that goes with it: the share of the commonest class
/// @param classes how many classes it speaks of; 0 where the shares are unequal
/// @param epochs at the end of the run in which the loss stands there
/// @param curve the loss that does
record Levels(double loss, double share, int classes, int epochs, Curve curve) {
    private static final double STILL = 0.05;
    private static final int FEW_EPOCHS = 5;
    private static final int AT_REST = 3;
    private static final double NEAR = 0.01;
    private static final int MOST_CLASSES = 2000;
    private static final int FEWEST_UNITS = 3;
    private static final int MOST_UNITS = 100;

    /// The constant at which the loss stands at the end of the run, that of training or, where training has none or stands still above
    /// it with a penalty, that of validation; empty where it stands at none.
    static Optional<Levels> of(Case run) {
        if (!run.isClassification()) return Optional.empty();
        var training = of(run, run.loss());
        var validation = of(run, run.rawValidationLoss());
        // Single batches waver around a constant at which validation stands.
        int stands = training.map(Levels::epochs).orElse(0);
        if (stands < AT_REST
                && validation.filter(level -> level.epochs() >= FEW_EPOCHS && isAround(run.loss(), level.loss()))
                        .isPresent())
            return validation;
        if (training.isPresent()) {
            // The mean over the first epoch holds what was unlearned in it; validation stands where that ended.
            boolean sooner = run.loss().size() <= FEW_EPOCHS
                    && validation.filter(level -> level.epochs() > stands).isPresent();
            return sooner ? validation : training;
        }
        boolean above = run.loss().size() >= 3 && run.loss().relativeRange() < STILL
                && run.loss().least() > run.rawValidationLoss().last();
        return run.loss().isEmpty() || above ? validation : Optional.empty();
    }

    private static boolean isAround(Curve loss, double level) {
        return loss.size() >= FEW_EPOCHS && loss.late().relativeRange() < STILL
                && Math.abs(loss.late().median() / level - 1) < NEAR;
    }

    private static Optional<Levels> of(Case run, Curve loss) {
        if (loss.size() < 2 || loss.last() <= 0) return Optional.empty();
        var counts = run.entropy();
        if (counts.isPresent()) {
            int classes = run.classes().map(c -> (int) c.value()).orElse(0);
            double share = asPrinted(run.chance().orElse(Double.NaN), classes, run.shownAccuracy());
            int epochs = standing(loss, counts.getAsDouble());
            if (epochs > 0) return Optional.of(new Levels(counts.getAsDouble(), share, classes, epochs, loss));
        }
        var unit = byUnit(run, loss);
        if (unit.isPresent()) return unit;
        var binary = run.classes().isEmpty() || run.classes().get().value() == 2
                ? binary(run, loss)
                : Optional.<Levels>empty();
        return binary.isPresent() || run.classes().isPresent() ? binary : unknownClasses(run, loss);
    }

    /// The share of a class, or of all others where somebody prints wrong answers by the name of accuracy.
    private static double asPrinted(double share, int classes, Curve accuracy) {
        boolean wrong = classes > 2 && !accuracy.isEmpty()
                && Math.abs(accuracy.late().median() - (1 - share)) < 0.1 * share;
        return wrong ? 1 - share : share;
    }

    /// Whether training has come to rest at such a constant: it stands there in the last three epochs or more.
    static boolean atRest(Case run) {
        return of(run).filter(level -> level.epochs() >= AT_REST).isPresent();
    }

    private static int standing(Curve loss, double level) {
        int count = 0;
        for (int i = loss.size() - 1; i >= 0 && Math.abs(loss.value(i) - level) <= NEAR * level; i--) count++;
        return count;
    }

    /// One-hot targets of which each unit is judged by itself: the entropy of 1/C for each, and one in C is right by the largest.
    private static Optional<Levels> byUnit(Case run, Curve loss) {
        // Few batches go up and down by chance.
        var accuracy = run.isOfFewBatches() && !run.rawValidationAccuracy().isEmpty()
                ? run.rawValidationAccuracy()
                : run.shownAccuracy();
        if (accuracy.isEmpty()) return Optional.empty();
        double level = accuracy.late().median();
        int classes = run.classes().map(c -> (int) c.value()).orElse((int) Math.rint(1 / Math.max(1e-3, level)));
        if (classes < FEWEST_UNITS || classes > MOST_UNITS || Math.abs(level * classes - 1) > 0.2)
            return Optional.empty();
        double entropy = CrossEntropy.ofTwo(1.0 / classes);
        int epochs = standing(loss, entropy);
        return epochs > 0 ? Optional.of(new Levels(entropy, 1.0 / classes, 0, epochs, loss)) : Optional.empty();
    }

    /// Two classes of unequal size: the frozen accuracy is the larger share p, and the loss its entropy.
    private static Optional<Levels> binary(Case run, Curve loss) {
        var accuracy = run.shownAccuracy();
        if (accuracy.isEmpty()) return Optional.empty();
        double p = accuracy.late().median();
        if (p < 0.5 - NEAR || p > 0.98 || accuracy.late().most() - accuracy.late().least() > 0.01)
            return Optional.empty();
        double q = Math.clamp(p, 0.5, 0.98);
        double entropy = CrossEntropy.ofTwo(q);
        int epochs = standing(loss, entropy);
        return epochs > 0 ? Optional.of(new Levels(entropy, q, q < 0.51 ? 2 : 0, epochs, loss)) : Optional.empty();
    }

    /// A whole number of equal classes whose logarithm is the loss and whose inverse is the accuracy.
    private static Optional<Levels> unknownClasses(Case run, Curve loss) {
        int classes = (int) Math.round(Math.exp(Math.min(8, loss.last())));
        if (classes < 2 || classes > MOST_CLASSES) return Optional.empty();
        double share = 1.0 / classes;
        var accuracy = run.shownAccuracy();
        if (accuracy.isEmpty()) return Optional.empty();
        double level = accuracy.late().median();
        share = asPrinted(share, classes, accuracy);
        if (Math.abs(level - share) > Math.max(0.3 * share, 0.005)) return Optional.empty();
        int epochs = standing(loss, Math.log(classes));
        return epochs > 0 ? Optional.of(new Levels(Math.log(classes), share, classes, epochs, loss)) : Optional.empty();
    }

    /// How a report writes the constant: `ln 10 = 2.3026`.
    String words() {
        return classes > 0
                ? narwhal.doctor.Say.format("ln %d = %.4f", classes, loss)
                : narwhal.doctor.Say.format("%.4f, the entropy of shares %.2f and %.2f", loss, share, 1 - share);
    }
}
