package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;

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

    /// The share that is answered, and what the penalty adds to the loss.
    List<Sign> signs() {
        return List.of(
                new Sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                        "validation accuracy is %.4f in the last %d epochs to the last digit: 1 of %d classes",
                        1.0 / classes, epochs, classes))),
                new Sign(Grounds.LEVEL, 2, new Evidence.Computed(Say.format(
                        "training and validation loss stand at %s: ln %d = %.4f and %s more, as a weight penalty adds",
                        Say.value(loss), classes, Math.log(classes), Say.value(loss - Math.log(classes))))));
    }
}
