package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;

/// The level of a constant answer with something on top that does not change: the penalty of weights that have nothing to do.
///
/// @param classes of which one is answered
/// @param loss at which training and validation stand
/// @param epochs in which they do
record Penalised(int classes, double loss, int epochs) {
    private static final int FEWEST = 5;
    private static final double STANDS = 1e-3;

    static Optional<Penalised> of(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        int frozen = run.rawValidationAccuracy().frozenAtEnd();
        if (loss.size() < FEWEST || frozen < FEWEST || validation.size() < FEWEST || run.accuracy().isEmpty()) {
            return Optional.empty();
        }
        double share = run.rawValidationAccuracy().last();
        int classes = (int) Math.rint(1 / Math.max(1e-3, share));
        boolean one = classes >= 2 && Math.abs(share * classes - 1) < STANDS
                && Math.abs(run.accuracy().late().median() - share) < 0.1 * share;
        var rest = loss.tail(Math.min(frozen, loss.size() - 1));
        double level = rest.median();
        boolean stands = rest.relativeRange() < STANDS && Math.abs(validation.late().median() / level - 1) < 2 * STANDS;
        // The penalty is large while the weights are.
        boolean fell = loss.first() > 1.5 * level;
        if (!one || !stands || !fell || level <= Math.log(classes) || level > 2 * Math.log(classes))
            return Optional.empty();
        return Optional.of(new Penalised(classes, level, frozen));
    }

    /// What the penalty adds.
    double above() {
        return loss - Math.log(classes);
    }
}
