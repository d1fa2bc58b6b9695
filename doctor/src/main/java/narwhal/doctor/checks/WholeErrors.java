package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.doctor.checks.Saturation.Bound;

/// Without accuracies: both losses stand still, and each is a bound of Keras times a whole number of wrong answers among as many images as
/// the log counts.
///
/// @param bound what a wrong answer costs
/// @param training the loss of training, and of how many images
/// @param validation the same of validation
record WholeErrors(Bound bound, Mean training, Mean validation) {
    private static final int FEWEST_EPOCHS = 3;
    private static final int STILL = 2;
    /// The digits leave room for one whole number in ten at most.
    private static final double WIDEST = 0.05;
    private static final double FEW = 0.02;
    private static final double MOST_NATS = 9;

    /// A loss that is the mean over some images.
    record Mean(double loss, long images) {
        long wrong(Bound bound) {
            return Math.round(loss / bound.cost() * images);
        }

        /// Half a unit of the last digit, in images.
        double reach(Bound bound) {
            return Saturation.HALF / bound.cost() * images;
        }

        boolean isWhole(Bound bound) {
            double count = loss / bound.cost() * images;
            return reach(bound) < WIDEST && count > FEW * images && count < (1 - FEW) * images
                    && Math.abs(count - wrong(bound)) < 1.1 * reach(bound);
        }
    }

    /// Such numbers; empty where losses move, nobody says how many images there are, or none fit.
    static Optional<WholeErrors> of(Case run) {
        var loss = run.loss();
        var held = run.rawValidationLoss();
        var images = run.sizes().trainingImages();
        var others = run.sizes().validationImages();
        boolean still = Math.min(loss.frozenAtEnd(), held.frozenAtEnd()) >= STILL && held.size() >= FEWEST_EPOCHS;
        if (!still || run.isClassification() || images.isEmpty() || others.isEmpty() || !run.isKeras())
            return Optional.empty();
        var training = new Mean(loss.last(), images.get().value());
        var validation = new Mean(held.last(), others.get().value());
        return Arrays.stream(Bound.values()).filter(Bound::isKeras)
                .filter(bound -> training.isWhole(bound) && validation.isWhole(bound)).findFirst()
                .map(bound -> new WholeErrors(bound, training, validation));
    }

    Saturation saturation() {
        return new Saturation(bound, "The output is stuck at 0 or 1: the loss is a constant times the wrong answers",
                new Sign(Grounds.LEVEL, nats(), new Evidence.Computed(Say.format(
                        "training loss %s is %.3f times %d wrong of %d, validation loss %s times %d of %d, to the last digit: %s",
                        Say.value(training.loss), bound.cost(), training.wrong(bound), training.images,
                        Say.value(validation.loss), validation.wrong(bound), validation.images, bound.words()))));
    }

    /// What it is worth that both fit one of the bounds, which chance would bring about as often as the digits leave room.
    private double nats() {
        long bounds = Arrays.stream(Bound.values()).filter(Bound::isKeras).count();
        return Math.min(MOST_NATS, -Math.log(bounds * 2 * training.reach(bound) * 2 * validation.reach(bound)));
    }
}
