package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// Labels do not belong to their images. The doctor sees neither; a script or a sentence says that labels were shuffled alone, and nothing
/// is known about images held out, however much of training is learned by heart; or learning by heart is all that there is to see (Zhang
/// et al., *Understanding deep learning requires rethinking generalization*, 2017).
final class LabelNoise implements Check {
    private static final double KNOWS = 0.1;
    private static final int FEWEST_CLASSES = 3;
    /// One image in fifty is right by chance: more classes leave a network that knows a little there, too.
    private static final int MOST_CLASSES = 50;
    private static final int FEWEST_EPOCHS = 8;
    /// Epochs in which training, too, knows next to nothing: what images have in common is learned sooner than what they have not.
    private static final int SLOW = 3;

    @Override
    public Illness illness() {
        return Illness.LABEL_NOISE;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        boolean stated = run.facts().value(FactKey.RANDOM_LABELS).orElse(false);
        if (!stated) {
            return learnedByHeart(run).map(sign -> finish(Suspicion.of(illness(), Severity.WARNING,
                    "What training learns it learns by heart: labels do not belong to their images").sign(sign)
                    .consequence("images in which nothing tells the classes apart would look the same")));
        }
        return guesses(run).map(sign -> finish(Suspicion
                .of(illness(), Severity.WARNING, "Labels were given to images at random: there is nothing to learn")
                .sign(Grounds.STATED, Grounds.STATED.cap(),
                        new Evidence.Stated("labels are shuffled without their images"))
                .sign(sign).consequence("what training learns it learns by heart")));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion
                .remedy("shuffle images and labels in one order: order = rng.permutation(len(y)); x[order], y[order]")
                .confirm("look at 20 images with their labels");
    }

    /// Both sides begin at guessing and at what guessing costs; training leaves it slowly and comes to know most of its images, and in no
    /// epoch does a thing of it carry over. Validation under other names or from another pipeline is off from the first epochs on, and
    /// training is not slow then.
    static Optional<Sign> learnedByHeart(Case run) {
        var training = run.accuracy();
        var held = run.rawValidationAccuracy();
        var cost = run.rawValidationLoss();
        // What few images have in common with others need not show.
        if (PreprocessingMismatch.isTiny(run)) return Optional.empty();
        if (training.size() < FEWEST_EPOCHS || held.size() != training.size() || cost.isEmpty())
            return Optional.empty();
        long classes = Math.round(Math.exp(Math.min(7, cost.first())));
        double guessing = 1.0 / classes;
        boolean ignorant = classes >= FEWEST_CLASSES && classes <= MOST_CLASSES
                && Math.abs(cost.first() / Math.log(classes) - 1) < 0.01
                && cost.least() > 0.99 * Math.log(classes);
        boolean guesses = Math.abs(held.median() / guessing - 1) < 0.1 && held.most() < 1.3 * guessing
                && held.least() > 0.7 * guessing;
        boolean slow = training.value(SLOW - 1) < 1.5 * guessing && training.last() > Math.max(0.3, 2.5 * guessing)
                && training.trend().rises(0.1);
        if (!ignorant || !guesses || !slow) return Optional.empty();
        return Optional.of(new Sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                "training accuracy %.3f in epoch %d and %.3f at the end; validation begins at ln %d and stays between %.3f and %.3f,"
                        + " where guessing gives %.3f",
                training.value(SLOW - 1), training.epoch(SLOW - 1), training.last(), classes, held.least(), held.most(),
                guessing))));
    }

    /// Where no accuracies are printed: training costs what guessing does from the first epoch to the last.
    private static Optional<Sign> guessingCosts(Case run) {
        var loss = run.loss();
        boolean guesses = run.entropy().isPresent() && loss.size() >= 2
                && loss.least() > (1 - KNOWS / 2) * run.entropy().getAsDouble();
        if (!guesses) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                "the training loss is never below %s, and guessing costs %s", Say.value(loss.least()),
                Say.value(run.entropy().getAsDouble())))));
    }

    /// Images held out are guessed from the first epoch to the last; without any, training is.
    private static Optional<Sign> guesses(Case run) {
        var chance = run.chance();
        if (run.shownAccuracy().isEmpty()) return guessingCosts(run);
        var held = run.rawValidationAccuracy();
        var shown = held.isEmpty() ? run.accuracy() : held;
        if (shown.size() < 2 || shown.most() > chance.orElse(0.5) + KNOWS) return Optional.empty();
        var guessing = chance.isPresent() ? Say.format(", and guessing gives %.3f", chance.getAsDouble()) : "";
        return Optional.of(new Sign(Grounds.SHAPE, chance.isPresent() ? 4 : 3, new Evidence.Printed(Say.format(
                "%s accuracy never exceeds %.3f%s", held.isEmpty() ? "training" : "validation", shown.most(),
                guessing))));
    }
}
