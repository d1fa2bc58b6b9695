package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;

/// Validation that stays low while training becomes good, apart from it from the very first epoch. In that epoch training, too, meets
/// images that are new to it, so learning by heart does not explain it: something differs between the two sides.
///
/// @param training accuracy in the first epoch
/// @param validation accuracy in the first epoch
/// @param most the best validation accuracy
record Apart(double training, double validation, double most) {
    private static final double FAR = 0.25;
    private static final double FLAT = 0.08;
    private static final double GOOD = 0.9;
    private static final double LOW = 0.4;

    static Optional<Apart> of(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        if (training.size() < 5 || validation.size() != training.size() || training.epoch(0) != 1
                || loss.size() != validation.size() || run.loss().isEmpty()) {
            return Optional.empty();
        }
        boolean far = training.first() - validation.first() > FAR && training.most() > GOOD;
        boolean flat = validation.most() < Math.min(LOW, validation.first() + FLAT);
        boolean worse = loss.trend().rises(0.01) && loss.last() > 1.5 * Math.max(loss.first(), run.loss().first());
        return far && flat && worse
                ? Optional.of(new Apart(training.first(), validation.first(), validation.most()))
                : Optional.empty();
    }
}
