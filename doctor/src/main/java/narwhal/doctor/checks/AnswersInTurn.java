package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;

/// One answer for all images, but not always the same: validation accuracy comes back to the shares of the classes.
final class AnswersInTurn {
    private static final int MANY_EPOCHS = 10;
    private static final double RESTS = 0.03;
    private static final int FEWEST_EPOCHS = 8;
    private static final int AGAIN = 2;

    private AnswersInTurn() {
    }

    /// What shows it; empty where nothing does.
    static Optional<Sign> of(Case run) {
        return oneOrTheOther(run).or(() -> sharesOfClasses(run));
    }

    /// Validation accuracy knows two values that add up to 1, and perhaps 0 where a class is answered that is not there: now all images
    /// are the one class, now the other.
    private static Optional<Sign> oneOrTheOther(Case run) {
        var values = run.rawValidationAccuracy().values();
        var levels = Arrays.stream(values).filter(value -> value > 0).distinct().sorted().toArray();
        boolean two = values.length >= FEWEST_EPOCHS && levels.length == 2
                && Math.abs(levels[0] + levels[1] - 1) < 1e-4;
        // Of twenty images as many can be right by chance.
        boolean fine = two && Math.abs(20 * levels[0] - Math.rint(20 * levels[0])) > 0.02;
        if (!fine || run.loss().isEmpty() || run.loss().late().relativeRange() > RESTS) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                "validation accuracy is %.4f or %.4f in all %d epochs, which add up to 1: now all answers are one class, now the other",
                levels[0], levels[1], values.length))));
    }

    /// Validation accuracy comes back to the same few values to the image, each about 1/k and no more than k of them: the shares of the
    /// classes, now one answer for all images, now another.
    private static Optional<Sign> sharesOfClasses(Case run) {
        var accuracy = run.rawValidationAccuracy();
        var values = accuracy.values();
        if (values.length < MANY_EPOCHS || run.learning().gotAnywhere()) return Optional.empty();
        var levels = Arrays.stream(values).distinct().filter(level -> accuracy.times(level) >= AGAIN).toArray();
        if (Arrays.stream(levels).mapToLong(accuracy::times).sum() < 0.9 * values.length)
            return Optional.empty();
        double classes = Math.rint(values.length / Arrays.stream(values).sum());
        boolean few = levels.length >= 3 && levels.length <= Math.min(classes, 0.6 * values.length);
        // Steps of an image or two are those of a network that learns slowly.
        few &= Arrays.stream(levels).max().orElse(0) > 1.05 * Arrays.stream(levels).min().orElse(0);
        boolean shares = Arrays.stream(levels).allMatch(level -> Math.abs(level * classes - 1) < 0.25);
        boolean fine = Arrays.stream(levels).filter(level -> Math.abs(100 * level - Math.rint(100 * level)) > 1e-6)
                .count() >= levels.length - 1;
        if (!few || !shares || !fine) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 7, new Evidence.Printed(Say.format(
                "validation accuracy knows %d values in %d epochs, to the last image, all about 1/%.0f: each the share of one class",
                levels.length, values.length, classes))));
    }
}
