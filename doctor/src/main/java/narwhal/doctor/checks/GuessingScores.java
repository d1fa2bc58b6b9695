package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;

/// Other scores than the loss that are what one answer for all images gives.
final class GuessingScores {
    private static final int FEWEST_EPOCHS = 5;
    private static final int MANY_EPOCHS = 8;

    private GuessingScores() {
    }

    /// What shows it; empty where nothing does.
    static Optional<Sign> of(Case run) {
        return ranksNothing(run).or(() -> alwaysYes(run)).or(() -> guessesAllAlong(run))
                .or(() -> sameInEveryEpoch(run));
    }

    /// The area under the ROC curve is a half in every epoch, and the loss rests: answers do not depend on images.
    private static Optional<Sign> ranksNothing(Case run) {
        var areas = run.run().metrics().stream().filter(metric -> metric.name().startsWith("auc"))
                .map(metric -> run.run().series(metric))
                .filter(series -> series.size() >= MANY_EPOCHS && series.finite())
                .toList();
        boolean half = !areas.isEmpty() && areas.stream()
                .allMatch(series -> Arrays.stream(series.values()).allMatch(value -> Math.abs(value - 0.5) < 0.005));
        if (!half || run.loss().isEmpty() || run.loss().late().relativeRange() > 0.01) return Optional.empty();
        var series = areas.getFirst();
        return Optional.of(new Sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                "%s is a half in all %d epochs, %s at the end: no order of the answers is better than another",
                series.printedAs(), series.size(), Say.value(series.values()[series.size() - 1])))));
    }

    /// Recall is 1 and precision is accuracy to the last digit: the answer is yes for every image, and right as often as it should be.
    private static Optional<Sign> alwaysYes(Case run) {
        var recall = run.run().evaluation("recall");
        var precision = run.run().evaluation("precision");
        var accuracy = run.rawValidationAccuracy();
        boolean yes = recall.size() >= 3 && recall.size() == precision.size()
                && Arrays.stream(recall.values()).allMatch(value -> value == 1)
                && Arrays.equals(precision.values(), accuracy.values()) && accuracy.most() < 1;
        if (!yes) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                "recall 1 and precision %.4f, which is the accuracy, in all %d epochs: the answer is always yes",
                accuracy.last(), recall.size()))));
    }

    /// Where no losses are printed: accuracy is that of guessing among the stated classes in every epoch, and hardly moves.
    static Optional<Sign> guessesAllAlong(Case run) {
        var accuracy = run.shownAccuracy();
        boolean none = run.loss().isEmpty() && run.rawValidationLoss().isEmpty() && run.chance().isPresent();
        if (!none || accuracy.size() < FEWEST_EPOCHS) return Optional.empty();
        double chance = run.chance().getAsDouble();
        boolean guesses = accuracy.least() > 0.75 * chance && accuracy.most() < 1.25 * chance
                && accuracy.most() - accuracy.least() < 0.1 * chance;
        if (!guesses) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format(
                "accuracy %s to %s in all %d epochs; guessing gives %.3f", Say.value(accuracy.least()),
                Say.value(accuracy.most()), accuracy.size(), chance))));
    }

    /// Where no losses are printed and nobody says how many classes there are: accuracy is the same to the last digit in all of many epochs,
    /// and less than a half.
    private static Optional<Sign> sameInEveryEpoch(Case run) {
        var accuracy = run.shownAccuracy();
        boolean none = run.loss().isEmpty() && run.rawValidationLoss().isEmpty() && run.chance().isEmpty();
        boolean same = accuracy.size() >= MANY_EPOCHS && accuracy.frozenAtEnd() == accuracy.size();
        if (!none || !same || accuracy.last() <= 0 || accuracy.last() > 0.5) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format(
                "accuracy is %s in all %d epochs, to the last digit: the share of the one class that is always answered",
                Say.value(accuracy.last()), accuracy.size()))));
    }
}
