package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;

/// Training that is right less often than guessing, and pays more for it than for not knowing: it gives each image the answer of those
/// before it, as it must where images come class by class.
///
/// @param accuracy of training, late
/// @param guessing what guessing gives, or validation reaches with a single answer
/// @param loss of training, late
record AlwaysBehind(double accuracy, double guessing, double loss) {
    private static final double BELOW = 0.4;

    static Optional<AlwaysBehind> of(Case run) {
        var training = run.accuracy();
        if (training.size() < 4 || run.loss().size() < 4) return Optional.empty();
        double guessing = run.chance().orElse(run.rawValidationAccuracy().isEmpty()
                ? Double.NaN
                : run.rawValidationAccuracy().late().median());
        double accuracy = training.late().median();
        double loss = run.loss().late().median();
        double ignorant = run.entropy().orElse(run.rawValidationLoss().isEmpty()
                ? Double.NaN
                : run.rawValidationLoss().late().median());
        // Dropout keeps training behind as well, but not from learning.
        boolean dear = loss > 1.1 * ignorant && loss > Math.log(2) && loss >= run.loss().first();
        return accuracy < BELOW * guessing && dear
                ? Optional.of(new AlwaysBehind(accuracy, guessing, loss))
                : Optional.empty();
    }
}
