package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;

/// The stated rate is far above what its optimizer takes, and nothing is learned.
final class FarOverDefault {
    /// A loss that was learned within the first epoch, as far as one can tell without an accuracy.
    private static final double TINY = 0.01;

    private FarOverDefault() {
    }

    static Stream<Suspicion> of(Case run) {
        return Stream.of(invalid(run), stuckByStatement(run), guesses(run), startsDear(run)).flatMap(Optional::stream);
    }

    /// The loss is no number, and the stated rate is far above what the optimizer takes.
    private static Optional<Suspicion> invalid(Case run) {
        if (!Rates.areFarTooHigh(run) || NotANumber.isOfTheData(run)) return Optional.empty();
        return NotANumber.where(run).map(where -> LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                        "The learning rate is far too high: the loss is no longer a number")
                .sign(Grounds.SHAPE, 4, new Evidence.Printed(where))));
    }

    /// Nothing is learned, and the stated rate is far above what the optimizer takes.
    private static Optional<Suspicion> stuckByStatement(Case run) {
        // What overshoots wavers; a loss that glides to its place does not.
        boolean tiny = !run.isClassification() && run.loss().last() < TINY;
        // A loss that no longer moves, dearer than not to know, is clipped: a last layer that does not fit the loss does that at any rate.
        boolean clipped = run.loss().frozenAtEnd() >= 3 && isWorseThanGuessing(run);
        if (clipped && StatedHead.of(run).isPresent()) return Optional.empty();
        if (run.epochs() < 3 || run.loss().isEmpty() || !Rates.areFarTooHigh(run) || glides(run.loss()) || tiny
                || run.learning().gotAnywhere() && !restsHigh(run)) {
            return Optional.empty();
        }
        var suspicion = Suspicion.of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                "The learning rate is far too high: nothing is learned")
                .sign(isWorseThanGuessing(run)
                        ? new Sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                                "the training loss is %s and more behind the first epoch; guessing costs %s",
                                Say.value(run.loss().from(1).least()), Say.value(run.entropy().getAsDouble()))))
                        : new Sign(Grounds.SHAPE, 2, new Evidence.Computed(Say.format(
                                "the training loss fell by %s in %d epochs",
                                Say.percent(Math.max(0, run.learning().lossFall())), run.epochs()))));
        if (isBurst(run)) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Printed(Say.format(
                    "the training loss is %s in the first epoch, where not to know costs %s",
                    Say.value(run.loss().first()),
                    Say.value(run.entropy().orElseThrow()))));
        }
        return Optional.of(LearningRateTooHigh.told(run, suspicion));
    }

    /// No losses are printed, accuracy is that of guessing throughout, and the stated rate is far above what the optimizer takes.
    private static Optional<Suspicion> guesses(Case run) {
        if (!Rates.areFarTooHigh(run)) return Optional.empty();
        return GuessingScores.guessesAllAlong(run).map(sign -> LearningRateTooHigh.told(run, Suspicion
                .of(Illness.LEARNING_RATE_TOO_HIGH, Severity.ERROR,
                        "The learning rate is far too high: nothing is learned")
                .sign(Grounds.SHAPE, 2, sign.evidence())));
    }

    /// A hundred times the default: the first epoch costs half as much again as not to know, and the last one still leaves most answers wrong.
    private static Optional<Suspicion> startsDear(Case run) {
        if (Rates.tooHigh(run) < Rates.HUNDREDFOLD || run.entropy().isEmpty() || run.accuracy().isEmpty()
                || run.loss().isEmpty())
            return Optional.empty();
        double ignorant = run.entropy().getAsDouble();
        if (run.loss().first() < 1.5 * ignorant || run.accuracy().most() > 0.5) return Optional.empty();
        return Optional.of(LearningRateTooHigh.told(run, Suspicion.of(Illness.LEARNING_RATE_TOO_HIGH, Severity.WARNING,
                "The learning rate is far too high: the first epoch made things worse")
                .sign(Grounds.SHAPE, 2, new Evidence.Printed(Say.format(
                        "the training loss is %s in the first epoch, where not to know costs %s; accuracy comes to %.3f",
                        Say.value(run.loss().first()), Say.value(ignorant), run.accuracy().most())))));
    }

    /// The first epoch began with an explosion.
    private static boolean isBurst(Case run) {
        return run.entropy().isPresent() && run.loss().first() > 10 * run.entropy().getAsDouble();
    }

    /// In all epochs but the first, and further from it than chance goes.
    private static boolean isWorseThanGuessing(Case run) {
        return run.entropy().isPresent() && run.loss().from(1).least() > 2 * run.entropy().getAsDouble();
    }

    private static boolean glides(Curve loss) {
        int falls = 0;
        for (int i = 1; i < loss.size(); i++) {
            if (loss.value(i) > loss.value(i - 1)) return false;
            if (loss.value(i) < loss.value(i - 1)) falls++;
        }
        return falls >= 5;
    }

    /// Without accuracies: all that was gained was gained within the first epoch, and it was not much.
    private static boolean restsHigh(Case run) {
        var loss = run.loss();
        // What follows an explosion is no better than not to know.
        if (isBurst(run) && loss.size() >= 3 && loss.late().median() > run.entropy().getAsDouble()) return true;
        // Sure answers that are wrong: more right ones than guessing has, and each epoch dearer than not to know.
        if (run.entropy().isPresent() && loss.size() >= 5 && loss.from(1).least() > run.entropy().getAsDouble()
                && !loss.from(1).trend().falls(0.05))
            return true;
        if (!run.accuracy().isEmpty() || loss.size() < 5 || loss.late().median() < 0.4 * loss.first()) return false;
        return loss.frozenAtEnd() >= loss.size() / 2 || loss.from(1).trend().p() > 0.05;
    }
}
