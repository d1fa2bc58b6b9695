package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.CrossEntropy;
import narwhal.history.log.Event;
import narwhal.history.log.LogFormat;
import narwhal.history.log.Metric;

/// The last layer and the loss do not belong together.
final class HeadLossMismatch implements Check {
    /// Keras' epsilon in float32, and everything below it.
    private static final double NOTHING = 1.2e-7;
    private static final String ONE_OUTPUT = "Dense(1, activation='sigmoid') with binary_crossentropy";
    private static final String CLASSES = "Dense(C, activation='softmax') with a categorical one";
    private static final String SOFTMAX_OR_LOGITS = "activation='softmax' in the last layer, or from_logits=True in the loss";

    @Override
    public Illness illness() {
        return Illness.HEAD_LOSS_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var twice = SoftmaxTwice.of(run);
        if (twice.isPresent()) return Optional.of(twice(twice.get()));
        var never = neverSure(run);
        if (never.isPresent()) return never;
        if (areProbabilities(run)) return Optional.of(probabilities(run));
        var one = alwaysOne(run).or(() -> alwaysNothing(run)).or(() -> rightAnswersCost(run));
        if (one.isPresent()) return one;
        var warned = warned(run);
        var stated = StatedHead.of(run);
        if (stated.isEmpty()) return warned.or(() -> blind(run)).or(() -> clipped(run)).or(() -> notClipped(run));
        var row = stated.get();
        boolean warningOnly = row.isMild();
        var suspicion = Suspicion.of(illness(), warningOnly ? Severity.WARNING : Severity.ERROR,
                "The last layer and the loss do not fit: " + row.what())
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(row.what()));
        var beyond = StatedHead.limit(run);
        if (beyond.isPresent()) {
            suspicion = suspicion.sign(Grounds.LEVEL, 6, beyond.get());
        } else if (risesWithAccuracy(run)) {
            suspicion = suspicion.sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format(
                    "the training loss rises from %s to %s while accuracy rises from %.3f to %.3f: they measure different things",
                    Say.value(run.loss().least()), Say.value(run.loss().last()), run.accuracy().first(),
                    run.accuracy().last())));
        } else if (FrozenWeights.fromTheStart(run) && StatedHead.squashedTwice(run)) {
            suspicion = suspicion.sign(Grounds.SHAPE, -6, new Evidence.Printed(
                    "not a digit moves from the first epoch on, which gradients that are small do not explain"));
        } else if (!run.run().series(Metric.LOSS).finite() && !StatedHead.makesNoNumber(run)) {
            suspicion = suspicion.sign(Grounds.SHAPE, -2, new Evidence.Printed(
                    "the loss is no number, which such a pair does not bring about"));
        } else if (!run.learning().gotAnywhere() || stuck(run) || guesses(run)) {
            suspicion = suspicion.sign(Grounds.SHAPE, 4, new Evidence.Computed("and the run does not learn"));
        } else if (StatedHead.restsShort(run)) {
            suspicion = suspicion.sign(Grounds.SHAPE, 2, new Evidence.Computed(run.accuracy().isEmpty()
                    ? Say.format("and the training loss comes to rest at %s", Say.value(run.loss().last()))
                    : Say.format("and training gets no further than an accuracy of %.3f", run.accuracy().most())));
        } else if (!warningOnly) {
            suspicion = suspicion.sign(Grounds.SHAPE, -1, new Evidence.Computed("the loss falls all the same"));
        }
        if (warned.isPresent()) suspicion = suspicion.sign(warned.get().signs().getFirst());
        return Optional.of(suspicion.consequence(row.why()).remedy(row.remedy())
                .confirm("predict 20 images: do the outputs look like what the loss expects?"));
    }

    /// The loss is the share of wrong answers to the last digit, and nothing moves from the first epoch on: the distance of outputs that are
    /// exactly 1, as a softmax over one unit always is, from labels of 0 and 1.
    private Optional<Suspicion> alwaysOne(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < 3 || accuracy.size() != loss.size() || !FrozenWeights.isStill(loss, accuracy))
            return Optional.empty();
        boolean share = accuracy.last() > 0.01 && accuracy.last() < 0.99
                && Math.abs(loss.last() + accuracy.last() - 1) < 1.1e-4;
        if (!share) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                "The last layer and the loss do not fit: the output is 1 for every image")
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "loss %.4f and accuracy %.4f add up to 1 in all %d epochs: the distance of an answer that is always 1",
                        loss.last(), accuracy.last(), loss.size())))
                .consequence("a softmax over 1 unit is 1 whatever goes in, and has no gradient")
                .remedy(ONE_OUTPUT)
                .confirm("predict 20 images: are all outputs exactly 1?"));
    }

    /// The loss is 16.118, what Keras 1 and 2 take at most for an answer, times the share of right answers, and does not move: outputs whose
    /// sum is negative change their sign as they are brought to a sum of 1, and the largest is the one that counts as nothing.
    private Optional<Suspicion> rightAnswersCost(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.frozenAtEnd() < 3 || accuracy.frozenAtEnd() < 3 || !run.isClassification()) return Optional.empty();
        double right = accuracy.last();
        boolean apart = right > 0.02 && right < 0.98 && Math.abs(right - 0.5) > 0.01;
        if (!apart || Math.abs(loss.last() / right / Saturation.Bound.KERAS.cost() - 1) > 5e-4) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                "The last layer and the loss do not fit: right answers cost, and wrong ones nothing")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "training loss / accuracy = %.3f in the last %d epochs: -ln 1e-7, Keras' epsilon, for each right answer",
                        loss.last() / right, loss.frozenAtEnd())))
                .consequence("outputs that are no probabilities are divided by their sum, which may be negative")
                .remedy(SOFTMAX_OR_LOGITS)
                .confirm("predict 20 images: do the outputs of each add up to 1?"));
    }

    /// Where no accuracy is printed: the loss is 0 from the first epoch on, now and then with a minus, as no distance has it. A cross-entropy
    /// over a single unit sums over nothing, or takes the logarithm of 1.
    private Optional<Suspicion> alwaysNothing(Case run) {
        var readings = run.run().series(Metric.LOSS).points().stream().map(point -> point.reading()).toList();
        boolean nothing = run.accuracy().isEmpty() && readings.size() >= 5
                && readings.stream().allMatch(reading -> reading.value() == 0)
                && readings.stream().anyMatch(reading -> reading.text().startsWith("-"));
        if (!nothing && !hasNothingToLose(run)) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                "The last layer and the loss do not fit: there is nothing to lose")
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "training loss 0.0000 or -0.0000 in all %d epochs, from the first on%s", readings.size(),
                        nothing ? "" : ", and not one answer right, in training or validation")))
                .consequence("categorical_crossentropy over 1 unit is always 0: nothing is learned")
                .remedy(ONE_OUTPUT)
                .confirm("print model.output_shape and the loss"));
    }

    /// Whether all losses and all accuracies are 0 on both sides from the first epoch to the last.
    static boolean hasNothingToLose(Case run) {
        return Stream.of(run.loss(), run.accuracy(), run.rawValidationLoss(), run.rawValidationAccuracy())
                .allMatch(curve -> curve.size() >= 3 && curve.least() == 0 && curve.most() == 0);
    }

    private static boolean risesWithAccuracy(Case run) {
        boolean both = run.loss().size() >= 6 && run.accuracy().size() == run.loss().size();
        return both && run.loss().trend().rises(0.001) && run.accuracy().trend().rises(0.001);
    }

    /// Each wrong answer costs at least ln 2, for it has a probability of at most a half. A loss far below that while accuracy does not
    /// move by one image is no loss of these answers.
    private Optional<Suspicion> blind(Case run) {
        int same = run.accuracy().frozenAtEnd();
        if (!run.statesCrossEntropy().orElse(true) || run.isContinuous() || isDistance(run)) return Optional.empty();
        if (run.loss().isEmpty() || run.accuracy().isEmpty() || LabelEncoding.hasZeroTargets(run)
                || MeanOfSquares.of(run).isPresent())
            return Optional.empty();
        if (run.loss().size() > 1 && run.loss().least() >= 0 && run.loss().most() < NOTHING
                && run.accuracy().most() < 0.99 && run.accuracy().least() > 0.02) {
            return Optional
                    .of(blind(Say.format("training loss %s with accuracy %.4f: so many wrong answers cost %s at least",
                            Say.value(run.loss().most()), run.accuracy().last(),
                            Say.value(CrossEntropy.least(run.accuracy().last())))));
        }
        if (run.loss().size() < 4 || same < 4 || run.accuracy().last() > 0.9 || run.accuracy().last() < 0.05) {
            return Optional.empty();
        }
        if (LabelEncoding.hasSameLabels(run) || FrozenWeights.isUntouched(run)) return Optional.empty();
        // Accuracy that fell as the loss did counts something else, such as what sequences are padded with.
        if (run.accuracy().most() > run.accuracy().last() + 0.1) return Optional.empty();
        double least = CrossEntropy.least(run.accuracy().last());
        var frozen = run.loss().tail(same);
        // A loss that came down to nothing step by step was that of answers: accuracy counts something else.
        var early = run.loss().slice(0, Math.min(3, run.loss().size()));
        if (run.loss().size() >= 10 && early.first() > 0.5 * least && run.loss().last() < 0.1 * early.last())
            return Optional.empty();
        long impossible = Arrays.stream(frozen.values()).filter(loss -> loss < 0.5 * least).count();
        if (impossible < 3 || run.loss().last() > 0.5 * least || run.loss().last() < 0) return Optional.empty();
        return Optional.of(blind(Say.format(
                "training loss %s with accuracy %.4f, too little in %d epochs; so many wrong answers cost %s at least",
                Say.value(run.loss().last()), run.accuracy().last(), impossible, Say.value(least))));
    }

    /// Both losses are a tenth of what so many wrong answers cost from the first epoch on, and training's falls further while neither
    /// accuracy moves by one image: the distance of continuous targets, of which a few happen to be hit.
    private static boolean isDistance(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        double least = run.accuracy().isEmpty() ? 0 : 0.1 * CrossEntropy.least(run.accuracy().most());
        return loss.size() >= 3 && !validation.isEmpty() && loss.most() < least && validation.most() < least
                && run.learning().lossFall() > 0.2 && loss.last() > NOTHING && run.accuracy().most() < 0.5
                && FrozenWeights.isStill(run.accuracy(), run.rawValidationAccuracy());
    }

    /// Keras 3 takes what goes into a softmax or sigmoid and clips nothing there; only a last layer that is neither meets the bound.
    private Optional<Suspicion> clipped(Case run) {
        var head = StatedHead.activation(run);
        boolean fits = head.equals("softmax") || head.equals("sigmoid");
        if (run.format().framework() != LogFormat.Framework.KERAS_3 || fits) return Optional.empty();
        return Saturation.of(run).filter(found -> found.bound().isKeras()).map(found -> Suspicion
                .of(illness(), Severity.ERROR,
                        "The last layer and the loss do not fit: outputs that are no probabilities are clipped")
                .sign(found.sign()).note(new Evidence.Inferred(
                        "behind a softmax or a sigmoid Keras 3 computes the loss from what goes into it, without that bound"))
                .remedy(ONE_OUTPUT + ", or " + CLASSES + "; without activation: from_logits=True")
                .confirm("predict 20 images: do the outputs look like what the loss expects?"));
    }

    /// From the first epoch on both losses stand far above what not to know costs, validation to the last digit: what Keras clips has no
    /// gradient, and outputs that were no probabilities to begin with are clipped at once.
    static boolean stuckFromTheStart(Case run) {
        var loss = run.loss();
        var validation = run.rawValidationLoss();
        if (!run.isKeras() || !run.isClassification() || loss.size() < 4 || validation.size() != loss.size())
            return false;
        double ignorant = run.entropy().orElse(Math.log(1 / Math.max(1e-3, run.accuracy().late().median())));
        boolean above = loss.least() > 2 * ignorant && loss.relativeRange() < 0.1 && loss.most() < 17;
        return above && validation.frozenAtEnd() >= 3 && run.rawValidationAccuracy().frozenAtEnd() >= 3
                && Math.abs(validation.first() / loss.last() - 1) < 0.1;
    }

    private Optional<Suspicion> notClipped(Case run) {
        if (!stuckFromTheStart(run) || Saturation.of(run).isPresent()) return Optional.empty();
        var loss = run.loss();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                "The last layer and the loss do not fit: outputs that are no probabilities are clipped")
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "training loss %s in the first epoch and %s in the last, validation loss %s to the last digit in %d epochs,"
                                + " far above what guessing costs: nothing moves, and nothing exploded",
                        Say.value(loss.first()), Say.value(loss.last()), Say.value(run.rawValidationLoss().last()),
                        run.rawValidationLoss().frozenAtEnd())))
                .remedy(SOFTMAX_OR_LOGITS)
                .confirm("predict 20 images: do the outputs of each add up to 1?"));
    }

    private Suspicion blind(String how) {
        return Suspicion.of(illness(), Severity.ERROR,
                "The last layer and the loss do not fit: the loss does not see that the answers are wrong")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(how))
                .remedy(ONE_OUTPUT + ", or " + CLASSES)
                .confirm("predict 20 images: do the outputs look like what the loss expects?");
    }

    /// The framework saw it itself.
    private Optional<Suspicion> warned(Case run) {
        return run.run().events(Event.Warning.class).stream().map(Event.Warning::text)
                .filter(text -> text.contains("softmax over axis") && text.contains("size 1")
                        || text.contains("with num_classes > 1"))
                .findFirst().map(text -> Suspicion.of(illness(), Severity.ERROR,
                        "The last layer and the loss do not fit: " + (text.contains("softmax over")
                                ? "softmax over 1 unit is always 1"
                                : "categorical_crossentropy over 1 unit is 0"))
                        .sign(Grounds.MESSAGE, Grounds.MESSAGE.cap(),
                                new Evidence.Printed("\"" + text.substring(0, Math.min(110, text.length())) + "\""))
                        .consequence("the output cannot change")
                        .remedy(ONE_OUTPUT)
                        .confirm("predict 20 images: all outputs are 1"));
    }

    /// Nearly all answers in training are right, and cost nearly what not to know costs, without getting any cheaper.
    private Optional<Suspicion> neverSure(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < 8 || accuracy.size() != loss.size()) return Optional.empty();
        // Outputs that know nothing yet cost ln C.
        double start = CrossEntropy.nearest(Math.min(loss.first(), 3));
        double ignorant = run.entropy().orElse(Math.abs(loss.first() / start - 1) < 0.02 ? start : Double.NaN);
        double share = loss.late().median() / ignorant;
        boolean pinned = share > 0.97 && loss.late().relativeRange() < 0.002;
        boolean right = accuracy.late().least() > (pinned ? 0.7 : 0.9) && loss.late().relativeRange() < 0.01;
        boolean squared = !run.statesCrossEntropy().orElse(true);
        if (!right || squared || !(share > 0.8 && share < 1.05)) return Optional.empty();
        // What is called accuracy may be the share of wrong answers.
        if (pinned && Math.abs(1 - accuracy.late().median() - Math.exp(-ignorant)) < 0.1 * Math.exp(-ignorant))
            return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR,
                "Outputs are squashed before the loss takes them: answers are right, but never sure")
                .sign(Grounds.LEVEL, 7, new Evidence.Computed(Say.format(
                        "training loss rests at %s, %s of what not to know costs, with %s right",
                        Say.value(loss.last()),
                        Say.percent(share), Say.percent(accuracy.last()))))
                .remedy("no activation before a loss that applies its own; a softmax over the classes (dim=1), not over the batch")
                .confirm("print the outputs of 20 images before the loss: they must differ by more than 1"));
    }

    private Suspicion twice(SoftmaxTwice found) {
        return Suspicion
                .of(illness(), Severity.ERROR, "A softmax or sigmoid is applied before the loss applies its own")
                .sign(Grounds.LEVEL, found.byLossAlone() ? 6 : 9, new Evidence.Computed(Say.format(
                        "loss %s%s: ln(e + %d) - 1 = %.4f is the least that a softmax of outputs in 0…1 over %d classes can"
                                + " have, and wrong answers add 1 each",
                        Say.value(found.loss()),
                        found.byLossAlone() ? " at rest" : Say.format(" with %s right", Say.percent(found.accuracy())),
                        found.classes() - 1, found.constant(), found.classes())))
                .note(new Evidence.Inferred(found.byLossAlone()
                        ? Say.format("it began at ln %d, as outputs that know nothing do", found.classes())
                        : found.accuracy() < 0.5
                                ? Say.format(
                                        "the answer is constant and sure of itself; one that is not costs ln %d = %.4f",
                                        found.classes(), Math.log(found.classes()))
                                : "a network that right has a loss near 0 otherwise"))
                .consequence("gradients are small and learning is slow; answers are never sure")
                .remedy("no activation in the last layer, or from_logits=False (PyTorch: CrossEntropyLoss takes raw outputs)")
                .confirm("print the outputs of 20 images before the loss: they must not add up to 1");
    }

    /// PyTorch's NLLLoss takes logarithms of probabilities. Given probabilities it is their negative mean: between -1 and 0, and about
    /// as large as the share of right answers.
    static boolean areProbabilities(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < 3 || loss.most() >= 0 || loss.least() < -1.0001) return false;
        if (accuracy.isEmpty()) return StatedHead.activation(run).equals("softmax");
        return Math.abs(-loss.late().median() - accuracy.late().median()) < 0.15;
    }

    private Suspicion probabilities(Case run) {
        return Suspicion.of(illness(), Severity.ERROR,
                "The last layer and the loss do not fit: probabilities go into NLLLoss, which takes their logarithms")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "training loss %s %s: the mean of the right classes' probabilities with a minus",
                        Say.value(run.loss().last()),
                        run.accuracy().isEmpty()
                                ? "behind a softmax"
                                : Say.format("with accuracy %.3f", run.accuracy().last()))))
                .consequence("the loss hardly rewards surer answers; gradients are small")
                .remedy("nn.LogSoftmax(dim=1) before NLLLoss, or raw outputs into CrossEntropyLoss")
                .confirm("print the outputs of 20 images before the loss: logarithms are negative");
    }

    /// Whatever the loss does, answers are no better than guesses to the end.
    private static boolean guesses(Case run) {
        if (run.accuracy().size() < 5 || run.chance().isEmpty()) return false;
        double chance = run.chance().getAsDouble();
        return run.accuracy().most() < chance + 0.1 * (1 - chance);
    }

    private static boolean stuck(Case run) {
        return !run.accuracy().isEmpty() && run.accuracy().frozenAtEnd() >= 3 && !run.learning().isAtFloor()
                || Levels.of(run).isPresent();
    }
}
