package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;

/// A ReLU before the softmax, whose outputs died for some of the classes: all other classes are known perfectly, and the images of these
/// give zeros everywhere, which cost ln C each. So m dead ones of C leave a loss of m/C·ln C, and of their images only those are right
/// whose class comes first among equals.
final class DeadOutputs {
    private static final int LONG = 8;
    private static final double NEAR = 0.004;
    /// The numbers of more classes lie so close together that some fits by chance.
    private static final int MOST_CLASSES = 20;
    private static final int FEWEST_CLASSES = 5;
    /// Where nobody says how many classes there are.
    private static final int DIGITS = 10;

    private DeadOutputs() {
    }

    static Optional<Suspicion> of(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < LONG || accuracy.size() != loss.size()) return Optional.empty();
        var rest = loss.tail(LONG);
        double right = accuracy.tail(LONG).median();
        boolean level = rest.relativeRange() < 0.012 && rest.trend().p() > 0.05
                && accuracy.tail(LONG).most() - accuracy.tail(LONG).least() < 2 * NEAR;
        if (!level || right < 0.3 || right > 0.97) return Optional.empty();
        int classes = run.classes().map(Known::value).orElse((long) DIGITS).intValue();
        if (classes < FEWEST_CLASSES || classes > MOST_CLASSES) return Optional.empty();
        int dead = (int) Math.rint(rest.median() / Math.log(classes) * classes);
        double cost = dead * Math.log(classes) / classes;
        boolean fits = dead >= 1 && dead < classes && Math.abs(rest.median() / cost - 1) < NEAR
                && (isShare(right, classes - dead, classes) || isShare(right, classes - dead + 1, classes));
        return fits ? Optional.of(suspicion(rest.median(), right, dead, classes)) : Optional.empty();
    }

    private static boolean isShare(double accuracy, int right, int classes) {
        return Math.abs(accuracy - (double) right / classes) < NEAR;
    }

    private static Suspicion suspicion(double loss, double right, int dead, int classes) {
        return Suspicion.of(Illness.DEAD_RELU, Severity.ERROR,
                Say.format("%d of %d outputs are dead: the softmax gets zeros for the images of their classes", dead,
                        classes))
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "the loss rests at %s = %d/%d · ln %d, accuracy at %.3f: all other images are known, and these cost what not to"
                                + " know costs",
                        Say.value(loss), dead, classes, classes, right)))
                .consequence("a ReLU whose input is negative for every image has no gradient: it stays dead")
                .remedy("no activation='relu' in the last layer before the softmax")
                .confirm("predict 20 images of each class: for some classes all outputs are alike");
    }
}
