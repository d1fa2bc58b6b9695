package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.history.log.Metric;
import narwhal.history.log.Reading;

/// A softmax in the last layer and another one in the loss. What the loss takes for logits then lies between 0 and 1, so the best loss
/// is not 0 but ln(e + C − 1) − 1, and a surely wrong answer costs just 1 more: the loss comes to rest at that constant plus the share
/// of wrong answers, however good the answers are.
///
/// @param classes whose constant fits
/// @param constant ln(e + C − 1) − 1
/// @param loss at rest
/// @param accuracy at rest; not-a-number where none is printed
record SoftmaxTwice(int classes, double constant, double loss, double accuracy) {
    private static final double GOOD = 0.9;
    private static final double ABOVE = 0.04;
    private static final double BELOW = 0.005;
    private static final double AT_REST = 0.1;
    private static final double BEGINS = 0.01;
    private static final double FLOOR = 2e-4;
    private static final double PINNED = 0.003;
    private static final double ALL = 0.995;
    private static final int MANY_STEPS = 20;
    private static final int AGAIN = 5;
    /// Beyond, the constants lie too close together to tell one from the next.
    private static final int MOST_CLASSES = 12;

    static Optional<SoftmaxTwice> of(Case run) {
        boolean trained = !run.accuracy().isEmpty();
        var losses = trained ? run.loss() : run.rawValidationLoss();
        var accuracies = trained ? run.accuracy() : run.rawValidationAccuracy();
        var closing = closing(run);
        if (closing.isPresent()) return closing;
        var floor = floorOfSteps(run);
        if (floor.isPresent()) return floor;
        if (!run.isClassification()) return byLossAlone(run);
        if (accuracies.size() < 5 || losses.size() < 5) return Optional.empty();
        var sure = sureOfOneClass(losses, accuracies);
        if (sure.isPresent()) return sure;
        var loss = losses.tail(3);
        double accuracy = accuracies.tail(3).median();
        boolean atRest = accuracy >= GOOD && loss.relativeRange() <= AT_REST;
        for (int classes : candidates(run).toArray()) {
            double constant = constant(classes);
            boolean fits = atRest && rests(loss.median(), accuracy, constant)
                    || walks(losses, accuracies, classes, constant);
            // Even a surely wrong answer costs no more than that.
            boolean bounded = losses.most() < constant + 1.01;
            if (fits && bounded && validationToo(run, constant)) {
                return Optional.of(new SoftmaxTwice(classes, constant, loss.median(), accuracy));
            }
        }
        boolean ofTwo = run.classes().filter(c -> c.value() > 0).isEmpty() && pinned(losses, accuracies, constant(2))
                && losses.most() < constant(2) + 1.01
                && (run.rawValidationLoss().isEmpty()
                        || pinned(run.rawValidationLoss(), run.rawValidationAccuracy(), constant(2)));
        return ofTwo
                ? Optional.of(new SoftmaxTwice(2, constant(2), loss.median(), accuracy))
                : Optional.empty();
    }

    /// All answers are right in four epochs, or nearly, and the loss is the constant and no more than three thousandths above: what is
    /// always right and may become surer goes on to 0.
    private static boolean pinned(Curve losses, Curve accuracies, double constant) {
        if (losses.size() < 5 || accuracies.size() != losses.size() || accuracies.tail(4).least() < ALL) return false;
        for (int i = losses.size() - 4; i < losses.size(); i++) {
            double excess = (losses.value(i) - (1 - accuracies.value(i))) / constant - 1;
            if (excess < -PINNED / 3 || excess > PINNED) return false;
        }
        return true;
    }

    /// A constant answer that is sure of itself: ln(e + C − 1) less the share of the class, to a thousandth, from the first epoch to the
    /// last. The logarithm of C alone is what one that is not sure costs.
    private static Optional<SoftmaxTwice> sureOfOneClass(Curve losses, Curve accuracies) {
        double share = accuracies.median();
        int classes = (int) Math.rint(1 / Math.max(1e-3, share));
        if (classes < 3 || classes > MOST_CLASSES || losses.relativeRange() > 1e-3) return Optional.empty();
        double constant = constant(classes);
        boolean sure = Math.abs(losses.median() - constant - (1 - share)) < 1e-3 && accuracies.most() < 1.1 * share;
        return sure ? Optional.of(new SoftmaxTwice(classes, constant, losses.median(), share)) : Optional.empty();
    }

    /// Where a single test closes the run: its loss is the constant and the share of its wrong answers, and training lies above the
    /// constant from the first epoch to the last.
    private static Optional<SoftmaxTwice> closing(Case run) {
        var loss = run.tested(Metric.LOSS.name());
        var accuracy = run.tested(Metric.ACCURACY.name());
        if (loss.isEmpty() || accuracy.isEmpty() || run.loss().size() < 3 || !run.rawValidationLoss().isEmpty())
            return Optional.empty();
        double cost = loss.get();
        double right = accuracy.get();
        int known = run.classes().map(c -> (int) c.value()).orElse(0);
        for (int classes = Math.max(4, known); classes <= (known > 1 ? known : MOST_CLASSES); classes++) {
            double constant = constant(classes);
            double excess = cost - (1 - right) - constant;
            // Outputs that know nothing cost ln C, and from there it goes down.
            boolean within = run.loss().least() > constant && run.loss().most() < Math.log(classes) + 0.02;
            if (right > 0.4 && within && excess > -0.01 && excess < 0.02)
                return Optional.of(new SoftmaxTwice(classes, constant, cost, right));
        }
        return Optional.empty();
    }

    /// Where no accuracy is printed: the loss begins at ln C and comes to rest just above the constant for as many classes, on both sides;
    /// or it comes down to the constant itself, digit by digit, and no further.
    private static Optional<SoftmaxTwice> byLossAlone(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (loss.size() < 5 || validation.size() < 5) return Optional.empty();
        for (int classes = 3; classes <= MOST_CLASSES; classes++) {
            double constant = constant(classes);
            boolean begins = Math.abs(loss.first() / Math.log(classes) - 1) < BEGINS;
            boolean rests = loss.tail(4).relativeRange() < BEGINS && above(loss.last(), constant)
                    && loss.least() > constant;
            if ((begins && rests || isTheFloor(loss, constant)) && above(validation.last(), constant)) {
                return Optional.of(new SoftmaxTwice(classes, constant, loss.last(), Double.NaN));
            }
        }
        return Optional.empty();
    }

    /// The classes as known; otherwise from three on, for of two an ordinary network comes close to such a loss.
    private static IntStream candidates(Case run) {
        int known = run.classes().map(c -> (int) c.value()).orElse(0);
        return known > 1 ? IntStream.of(known) : IntStream.rangeClosed(3, MOST_CLASSES);
    }

    /// Single batches: the least loss that is printed is the constant to the last digit, again and again.
    private static Optional<SoftmaxTwice> floorOfSteps(Case run) {
        var losses = run.run().epochs().stream().flatMap(epoch -> epoch.steps().stream())
                .flatMap(step -> Optional.ofNullable(step.metrics().get(Metric.LOSS)).stream())
                .mapToDouble(Reading::value).toArray();
        double least = Arrays.stream(losses).min().orElse(0);
        if (losses.length < MANY_STEPS) return Optional.empty();
        return candidates(run).filter(classes -> Math.abs(least - constant(classes)) < FLOOR / 2)
                .filter(classes -> Arrays.stream(losses)
                        .filter(loss -> Math.abs(loss - constant(classes)) < FLOOR / 2).count() >= AGAIN)
                .mapToObj(classes -> new SoftmaxTwice(classes, constant(classes), least, Double.NaN)).findFirst();
    }

    private static boolean isTheFloor(Curve loss, double constant) {
        var last = loss.tail(4);
        boolean lies = Math.abs(last.median() - constant) < FLOOR && last.relativeRange() < FLOOR;
        return lies && loss.least() > constant - FLOOR && loss.first() > constant + 100 * FLOOR;
    }

    /// What the best of such outputs costs: ln(e + C − 1) − 1.
    static double constant(long classes) {
        return Math.log(Math.E + classes - 1) - 1;
    }

    boolean byLossAlone() {
        return Double.isNaN(accuracy);
    }

    private static boolean above(double loss, double constant) {
        return loss > constant && loss < (1 + ABOVE) * constant;
    }

    private static boolean rests(double loss, double accuracy, double constant) {
        double excess = (loss - (1 - accuracy)) / constant - 1;
        return excess > -BELOW && excess < ABOVE;
    }

    /// On the way there, too: loss and accuracy add up to nearly the same in many epochs, although both move. Of less than four
    /// classes an ordinary network comes close to that.
    private static boolean walks(Curve losses, Curve accuracies, int classes, double constant) {
        if (classes < 4) return false;
        int fits = 0;
        int looked = 0;
        double least = 1;
        double most = 0;
        for (int i = 0; i < Math.min(losses.size(), accuracies.size()); i++) {
            double accuracy = accuracies.value(i);
            if (accuracy < 0.5) continue;
            looked++;
            double excess = losses.value(i) + accuracy - 1 - constant;
            if (excess > -0.01 && excess < 0.12) fits++;
            least = Math.min(least, accuracy);
            most = Math.max(most, accuracy);
        }
        return fits >= 5 && fits >= 0.9 * looked && most - least >= 0.1;
    }

    private static boolean validationToo(Case run, double constant) {
        Curve loss = run.rawValidationLoss();
        Curve accuracy = run.rawValidationAccuracy();
        if (loss.isEmpty() || accuracy.isEmpty()) return true;
        double excess = (loss.tail(3).median() - (1 - accuracy.tail(3).median())) / constant - 1;
        return excess > -0.05 && excess < 0.15;
    }
}
