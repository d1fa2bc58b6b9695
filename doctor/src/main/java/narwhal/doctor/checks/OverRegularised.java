package narwhal.doctor.checks;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Event;

/// Training scores below validation. By itself that is benign: dropout and augmentation act in training only, and training figures
/// average over the epoch.
final class OverRegularised implements Check {
    /// Whoever drops so many units trains a small part of the network at a time.
    private static final double MOST_UNITS = 0.7;
    private static final double HEAVY = 0.01;
    private static final double DEAR = 6;
    private static final double TOO_HEAVY = 0.05;
    private static final Pattern LARGE = Pattern.compile("Large dropout rate: (0\\.\\d+)");

    @Override
    public Illness illness() {
        return Illness.OVER_REGULARISED;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var penalty = penalty(run);
        if (penalty.isPresent()) return penalty;
        var training = run.accuracy();
        var validation = run.validationAccuracy();
        if (training.size() < 5 || validation.size() < 5) return Optional.empty();
        var late = validation.late();
        double error = run.standardError(Math.min(0.999, late.median())).orElse(0.005);
        double gap = late.median() - training.late().median();
        long above = 0;
        for (int i = 0; i < Math.min(training.size(), validation.size()); i++) {
            if (validation.value(validation.size() - 1 - i) > training.value(training.size() - 1 - i) + 2 * error)
                above++;
        }
        if (above < 5 || gap < 2 * error) return Optional.empty();
        double dropout = run.facts().value(FactKey.DROPOUT).orElseGet(() -> warnedOf(run));
        boolean rests = run.loss().size() >= 10 && run.loss().tail(10).trend().p() > 0.05;
        boolean hobbled = dropout >= MOST_UNITS && run.loss().size() >= 10 && training.late().median() < 0.5;
        // However it goes on: that far behind, training is not what evaluation is.
        boolean far = gap > 0.15 && run.loss().size() >= 20;
        boolean strong = dropout >= 0.5 && gap > 0.05 && (rests || hobbled || far);
        var suspicion = Suspicion.of(illness(), strong ? Severity.WARNING : Severity.INFO,
                strong
                        ? Say.format("Dropout holds training back: validation scores %s above it", Say.points(gap))
                        : Say.format("Validation scores %s above training: usual with dropout or augmentation",
                                Say.points(gap)))
                .sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                        "validation is above training in %d of %d epochs", above, validation.size())));
        if (strong) {
            suspicion = suspicion.sign(Grounds.STATED, 2, new Evidence.Stated(Say.format(
                    "dropout %.2f, and training %s", dropout, rests
                            ? "has levelled off"
                            : far
                                    ? Say.format("is %s behind after %d epochs", Say.points(gap), training.size())
                                    : Say.format("is right in %s only", Say.percent(training.late().median())))));
        }
        return Optional.of(suspicion.share(0.3)
                .consequence("training figures are taken with dropout and augmentation on, and average over the epoch")
                .remedy(strong
                        ? Say.format("Dropout(%.1f), if the training set is no better in evaluation mode",
                                dropout / 3)
                        : "nothing, unless the training set in evaluation mode is bad too; then less dropout")
                .confirm("evaluate the training set in evaluation mode"));
    }

    /// A stated weight penalty, a loss that held much more than wrong answers cost, and in the end the same answer for every image: the
    /// weights were pulled to zero.
    private Optional<Suspicion> penalty(Case run) {
        double l2 = run.facts().value(FactKey.L2).orElse(0.0);
        boolean constant = run.accuracy().frozenAtEnd() >= 3 && run.loss().last() > 0.3;
        double ignorant = run.entropy().orElse(Math.log(2));
        if (l2 >= TOO_HEAVY && !constant || l2 >= HEAVY && isMostlyPenalty(run)) return heldBack(run, l2);
        if (Levels.atRest(run)) {
            double dropout = run.facts().value(FactKey.DROPOUT).orElse(0.0);
            if (l2 >= TOO_HEAVY || dropout >= MOST_UNITS) return Optional.of(nothingLeft(l2, dropout));
        }
        if (l2 < HEAVY || !constant || run.loss().first() < 3 * ignorant) return Optional.empty();
        return Optional.of(Suspicion
                .of(illness(), Severity.WARNING, "The weight penalty leaves the network nothing but a constant answer")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(Say.format("L2 of %s", Say.value(l2))))
                .sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                        "training loss %s in the first epoch, where not to know costs %s: the rest is the penalty; %s at the end",
                        Say.value(run.loss().first()), Say.value(ignorant), Say.value(run.loss().last()))))
                .remedy("an L2 of 1e-4 or less, or none")
                .confirm("print the sum of the penalties (sum(model.losses)) beside the loss"));
    }

    /// At rest each wrong answer costs more than answers do that are not absurdly sure: the penalty is most of the loss, on both sides.
    private static boolean isMostlyPenalty(Case run) {
        var training = run.accuracy();
        var validation = run.rawValidationAccuracy();
        if (training.isEmpty() || validation.isEmpty() || run.rawValidationLoss().isEmpty()) return false;
        double wrong = 1 - training.late().median();
        double held = 1 - validation.late().median();
        return wrong > 0.05 && held > 0.05 && run.loss().late().median() > DEAR * wrong
                && run.rawValidationLoss().late().median() > DEAR * held;
    }

    private Suspicion nothingLeft(double l2, double dropout) {
        boolean penalty = l2 >= TOO_HEAVY;
        return Suspicion.of(illness(), Severity.WARNING, penalty
                ? "The weight penalty leaves the network nothing but a constant answer"
                : "Dropout leaves the network nothing but a constant answer")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(penalty
                        ? Say.format("L2 of %s", Say.value(l2))
                        : Say.format("dropout of %.2f", dropout)))
                .sign(Grounds.SHAPE, 3, new Evidence.Computed("and answers are constant"))
                .remedy(penalty ? "an L2 of 1e-4 or less, or none" : "Dropout(0.2) to Dropout(0.5), or none")
                .confirm("train without it: the loss must fall");
    }

    /// Training and validation rest together far from the goal, under a penalty that pulls weights to zero as fast as they are learned.
    private Optional<Suspicion> heldBack(Case run, double l2) {
        var loss = run.loss();
        if (loss.size() < 8 || loss.late().relativeRange() > 0.1 || run.rawValidationLoss().isEmpty())
            return Optional.empty();
        boolean together = Math.abs(run.rawValidationLoss().late().median() / loss.late().median() - 1) < 0.1;
        boolean fell = loss.late().median() < 0.3 * loss.first() && !isMostlyPenalty(run);
        if (!together || run.learning().isAtFloor() || fell) return Optional.empty();
        return Optional.of(Suspicion
                .of(illness(), Severity.WARNING, "The weight penalty holds training back")
                .sign(Grounds.STATED, Grounds.STATED.cap(),
                        new Evidence.Stated(Say.format("a penalty of %s", Say.value(l2))))
                .sign(Grounds.SHAPE, 2, new Evidence.Computed(Say.format(
                        "training and validation loss rest together at %s, from %s in the first epoch",
                        Say.value(loss.late().median()), Say.value(loss.first()))))
                .remedy(l2 >= TOO_HEAVY ? "weight_decay of 1e-4 to 1e-2, or none" : "an L2 of 1e-4 or less, or none")
                .confirm("train without it: the loss must fall on"));
    }

    /// `Large dropout rate: 0.8 (>0.5).`
    private static double warnedOf(Case run) {
        return run.run().events(Event.Warning.class).stream().map(event -> LARGE.matcher(event.text()))
                .filter(Matcher::find).mapToDouble(found -> Double.parseDouble(found.group(1))).max().orElse(0);
    }
}
