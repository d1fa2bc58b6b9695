package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.IntStream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// The validation part is the unshuffled end of ordered data: validation does worse than chance while training learns. A model
/// that merely fails to generalise scores at chance, not below it.
final class ValidationSplitTail implements Check {
    /// Of so many images one is right by chance.
    private static final int FEWEST_IMAGES = 20;
    private static final int FEWEST_EPOCHS = 3;
    private static final double LEARNED = 0.6;
    private static final double HARDLY = 0.02;
    private static final int LONG = 8;
    private static final Evidence TAKES_THE_LAST = new Evidence.Stated(
            "validation_split takes the last part of the arrays, before any shuffling");

    @Override
    public Illness illness() {
        return Illness.VALIDATION_SPLIT_TAIL;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var validation = run.rawValidationAccuracy();
        var training = run.accuracy();
        var stated = split(run);
        if (validation.isEmpty() || AtChance.isOfAHandful(run)) return stated;
        if (training.isEmpty()) return stated.or(() -> never(run));
        var at = AtChance.of(run);
        boolean knows = training.most() > LEARNED || noneRight(run);
        if (knows && (at.isEmpty() || !at.get().below())) {
            int never = neverRight(run);
            boolean ruledOut = run.chance().isPresent() && never > 0 && validation.first() <= hardly(run);
            if (never >= 3 || ruledOut || never >= 2 && nobodyGuesses(run)) return Optional.of(partly(run, never));
            var lacking = lacksAClass(run);
            if (lacking.isPresent()) return lacking;
        }
        if (at.isEmpty() || !at.get().below() || !knows) return stated;
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "Validation holds classes that training never saw: it is the unshuffled end of sorted data")
                .sign(Grounds.LEVEL, at.get().nats(), new Evidence.Printed(at.get().words()))
                .note(chance(run));
        if (!run.rawValidationLoss().isEmpty()) {
            suspicion = suspicion
                    .note(new Evidence.Printed(Say.format("validation loss %s at the end, training loss %s",
                            Say.value(run.rawValidationLoss().last()), Say.value(run.loss().last()))));
        }
        if (at.get().agreedEarly().isPresent()) {
            boolean agreed = at.get().agreedEarly().get();
            suspicion = suspicion.sign(Grounds.SHAPE, agreed ? -3 : 3, new Evidence.Printed(Say.format(
                    "validation loss %s beside training loss %s in the first epoch: %s", Say.value(
                            run.rawValidationLoss().first()),
                    Say.value(run.loss().first()), agreed
                            ? "as good as unknown to both"
                            : "unseen classes are ruled out before anything else is learned")));
        }
        suspicion = ofPart(run, suspicion);
        if (run.facts().has(FactKey.VALIDATION_SPLIT)) {
            suspicion = suspicion.sign(Grounds.STATED, 3, TAKES_THE_LAST);
        }
        return Optional.of(finish(suspicion));
    }

    private static Suspicion ofPart(Case run, Suspicion suspicion) {
        var scored = run.scoring().scored(run);
        boolean part = scored.isPresent()
                && run.sizes().validationImages().filter(all -> 2 * scored.get().value() < all.value()).isPresent();
        return part
                ? suspicion.sign(Grounds.COUNTS, -8, new Evidence.Inferred(Say.format(
                        "only %d of %d images are scored in an epoch: what they are may explain it",
                        scored.orElseThrow().value(), run.sizes().validationImages().orElseThrow().value())))
                : suspicion;
    }

    /// Not one of hundreds of images is right in an epoch in which the network answers one class: the set has none of that class.
    private static Optional<Suspicion> lacksAClass(Case run) {
        var accuracy = run.rawValidationAccuracy();
        boolean split = run.facts().value(FactKey.VALIDATION_SPLIT).filter(share -> share > 0).isPresent();
        if (!split || accuracy.least() > 0 || noneByChance(run) > -50) return Optional.empty();
        int none = accuracy.lowest();
        return Optional.of(finish(Suspicion.of(Illness.VALIDATION_SPLIT_TAIL, Severity.ERROR,
                "Validation lacks a class: it is the unshuffled end of ordered data")
                .sign(Grounds.LEVEL, 6, new Evidence.Computed(Say.format(
                        "not one of %d validation images is right in epoch %d; a set with all classes has some of whatever is answered",
                        run.scoring().scored(run).orElseThrow().value(), accuracy.epoch(none))))
                .sign(Grounds.STATED, 3, TAKES_THE_LAST)));
    }

    /// Where training prints no accuracy: its loss comes down to nearly nothing, that of validation does not follow, and not one answer is
    /// right in any epoch.
    private static Optional<Suspicion> never(Case run) {
        var accuracy = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        boolean none = accuracy.size() >= LONG / 2 && accuracy.most() == 0;
        if (!none || loss.size() < accuracy.size() || run.loss().isEmpty()) return Optional.empty();
        boolean learned = run.loss().last() < 0.1 * run.loss().first() && loss.least() > 0.95 * loss.first();
        if (!learned || loss.first() < run.loss().first()) return Optional.empty();
        return Optional.of(finish(Suspicion.of(Illness.VALIDATION_SPLIT_TAIL, Severity.ERROR,
                "Validation holds classes that training never saw, or under other names")
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "not one validation answer is right in %d epochs, while the training loss falls from %s to %s",
                        accuracy.size(), Say.value(run.loss().first()), Say.value(run.loss().last()))))
                .note(new Evidence.Printed(Say.format("validation loss %s to %s", Say.value(loss.first()),
                        Say.value(loss.last()))))
                .consequence("classes numbered differently on both sides look the same: compare class_indices")));
    }

    /// A tail of several classes, of which training saw a few images of the first: that class is learned late. Until then hardly an
    /// answer is right, and validation costs more than ignorance from the first epoch to the last.
    ///
    /// @return in how many epochs hardly an answer was right
    private static int neverRight(Case run) {
        var accuracy = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        if (run.loss().isEmpty() || loss.size() < accuracy.size()) return 0;
        int never = (int) Arrays.stream(accuracy.values()).filter(value -> value <= hardly(run)).count();
        // Who knew those classes once met them in training.
        boolean ruledOut = accuracy.first() == 0 && loss.first() > 2 * run.loss().first();
        if (nobodyGuesses(run)) return never;
        if (knowingly(run) >= (ruledOut ? LONG / 2 : LONG) && accuracy.first() <= hardly(run)) return never;
        double ignorant = run.entropy().isPresent()
                ? 2 * run.entropy().getAsDouble()
                : 1.5 * run.loss().first();
        if (loss.least() < ignorant) return 0;
        return never;
    }

    /// Not one of many images is right in two or more epochs in which training knows something: whoever guesses is right with some.
    private static boolean nobodyGuesses(Case run) {
        if (run.rawValidationAccuracy().first() > 0) return false;
        return noneByChance(run) < -8 && (knowingly(run) >= 2 || noneRight(run));
    }

    /// The logarithm of the chance that not one answer is right of somebody who guesses; 0 where it is not known.
    private static double noneByChance(Case run) {
        var images = run.scoring().scored(run);
        if (images.isEmpty() || run.chance().isEmpty()) return 0;
        return images.get().value() * Math.log(1 - run.chance().getAsDouble());
    }

    /// Not one answer is right in any epoch, and each costs more than ignorance, before training has learned much.
    private static boolean noneRight(Case run) {
        var loss = run.rawValidationLoss();
        if (loss.size() < 3 || run.loss().isEmpty() || run.entropy().isEmpty()) return false;
        double ignorant = run.entropy().getAsDouble();
        return run.rawValidationAccuracy().most() == 0 && noneByChance(run) < -8 && loss.least() > 1.2 * ignorant
                && run.loss().last() < ignorant;
    }

    /// In how many epochs training knew its images and hardly a validation answer was right: guessing does better.
    private static long knowingly(Case run) {
        var accuracy = run.rawValidationAccuracy();
        int size = Math.min(accuracy.size(), run.accuracy().size());
        return IntStream.range(0, size)
                .filter(i -> accuracy.value(i) <= hardly(run) && run.accuracy().value(i) > LEARNED).count();
    }

    private static double hardly(Case run) {
        return run.chance().isPresent() ? 0.2 * run.chance().getAsDouble() : HARDLY;
    }

    private static Suspicion partly(Case run, int never) {
        var suspicion = Suspicion.of(Illness.VALIDATION_SPLIT_TAIL, Severity.ERROR,
                "Validation holds classes that training hardly saw: it is the unshuffled end of sorted data")
                .sign(Grounds.LEVEL, Math.min(10, 4 + 1.5 * never), new Evidence.Printed(Say.format(
                        "validation accuracy %s or less in %d epochs, and validation loss %s in the first epoch, never below"
                                + " %s: such classes are ruled out before anything else is learned",
                        Say.value(Arrays.stream(run.rawValidationAccuracy().values()).sorted().skip(never - 1L)
                                .findFirst().orElse(0)),
                        never, Say.value(run.rawValidationLoss().first()), Say.value(run.rawValidationLoss().least()))))
                .note(chance(run));
        if (run.entropy().isPresent() && run.loss().first() > 0.8 * run.entropy().getAsDouble()
                && run.rawValidationLoss().first() > 2 * run.entropy().getAsDouble()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 5, new Evidence.Computed(Say.format(
                    "in the first epoch training knows next to nothing (loss %s), but rules those classes out (%s)",
                    Say.value(run.loss().first()), Say.value(run.rawValidationLoss().first()))));
        }
        suspicion = ofPart(run, suspicion);
        if (run.facts().value(FactKey.VALIDATION_SORTED).orElse(false)) {
            suspicion = suspicion.sign(Grounds.STATED, 3, new Evidence.Stated("images in the order of their classes"));
        }
        if (run.batchNormalisation().orElse(false)) {
            suspicion = suspicion.sign(Grounds.STATED, -2, new Evidence.Stated("the network has batch normalisation"));
        }
        return finish(suspicion);
    }

    private static Evidence chance(Case run) {
        return run.classes()
                .<Evidence>map(c -> new Evidence.Computed(Say.format("guessing would reach %.3f with %d classes",
                        1.0 / c.value(), c.value())))
                .orElse(new Evidence.Inferred(
                        "a model that merely fails to generalise scores at chance, not below it"));
    }

    /// Statements alone: a split of arrays that are not shuffled.
    private Optional<Suspicion> split(Case run) {
        // A generator of folders divides each class.
        boolean split = run.facts().get(FactKey.VALIDATION_SPLIT)
                .filter(stated -> stated.value() > 0 && !stated.line().contains("Generator")).isPresent();
        boolean sorted = run.facts().value(FactKey.VALIDATION_SORTED).orElse(false);
        if (!split || !sorted) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR,
                "validation_split takes the end of data that is sorted by class")
                .sign(Grounds.STATED, Grounds.STATED.cap(),
                        new Evidence.Stated("validation_split on data in the order of its classes"));
        var accuracy = run.rawValidationAccuracy();
        var loss = run.rawValidationLoss();
        double error = run.chance().isEmpty() ? 0 : run.standardError(run.chance().getAsDouble()).orElse(0.02);
        boolean none = !accuracy.isEmpty() && (accuracy.first() == 0
                || run.chance().isPresent() && accuracy.first() < run.chance().getAsDouble() - 5 * error);
        boolean ruledOut = none && !loss.isEmpty() && !run.loss().isEmpty()
                && loss.first() > Math.min(2 * run.loss().first(), 2 * run.entropy().orElse(run.loss().first()));
        if (ruledOut) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Printed(Say.format(
                    "validation accuracy %s in the first epoch, at a loss of %s beside %s: such classes are ruled out before the few"
                            + " images of them are learned",
                    Say.value(accuracy.first()), Say.value(loss.first()), Say.value(run.loss().first()))));
        }
        long images = run.scoring().scored(run).map(Known::value).orElse(0L);
        if (!ruledOut && accuracy.size() >= FEWEST_EPOCHS && accuracy.most() == 0 && images >= FEWEST_IMAGES) {
            suspicion = suspicion.sign(Grounds.LEVEL, 4, new Evidence.Printed(Say.format(
                    "not one of %d validation images is answered right in %d epochs: guessing would do better", images,
                    accuracy.size())));
        }
        return Optional.of(finish(suspicion));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.consequence("no validation figure of this run says anything about the model")
                .remedy("shuffle images and labels together before fit(..., validation_split=...), or split by class")
                .confirm("count the labels on both sides of the split");
    }
}
