package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Event;
import narwhal.history.log.Metric;

/// The last layer and the loss do not belong together.
final class HeadLossMismatch implements Check {
    static final String ONE_OUTPUT = "Dense(1, activation='sigmoid') with binary_crossentropy";
    static final String CLASSES = "Dense(C, activation='softmax') with a categorical one";
    static final String LOGARITHMS = "nn.LogSoftmax(dim=1) before NLLLoss, or raw outputs into CrossEntropyLoss";
    static final String SOFTMAX_OR_LOGITS = "activation='softmax' in the last layer, or from_logits=True in the loss";

    @Override
    public Illness illness() {
        return Illness.HEAD_LOSS_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        return SquashedOutputs.of(run).or(() -> SilentOutputs.of(run)).or(() -> ClippedOutputs.rightAnswersCost(run))
                .or(() -> stated(run)).or(() -> warned(run))
                .or(() -> BlindLoss.of(run)).or(() -> ClippedOutputs.of(run));
    }

    private static Optional<Suspicion> stated(Case run) {
        return StatedHead.of(run).map(row -> stated(run, row, trace(run, row)));
    }

    private static Suspicion stated(Case run, StatedHead row, Optional<Sign> trace) {
        // What is slow and leaves no trace does no harm.
        var severity = !row.isMild() ? Severity.ERROR : trace.isPresent() ? Severity.WARNING : Severity.INFO;
        return Suspicion
                .of(Illness.HEAD_LOSS_MISMATCH, severity, "The last layer and the loss do not fit: " + row.what())
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(row.what()))
                .sign(trace)
                .sign(warned(run).map(warned -> warned.signs().getFirst()))
                .consequence(row.why()).remedy(row.remedy())
                .confirm("predict 20 images: do the outputs look like what the loss expects?");
    }

    /// What the pair leaves in the figures, or what it does not.
    private static Optional<Sign> trace(Case run, StatedHead row) {
        var beyond = HeadLimit.of(run);
        if (beyond.isPresent()) return Optional.of(new Sign(Grounds.LEVEL, 6, beyond.get()));
        if (risesWithAccuracy(run)) {
            return shape(4, new Evidence.Printed(Say.format(
                    "the training loss rises from %s to %s while accuracy rises from %.3f to %.3f: they measure different things",
                    Say.value(run.loss().least()), Say.value(run.loss().last()), run.accuracy().first(),
                    run.accuracy().last())));
        }
        if (FrozenWeights.fromTheStart(run) && StatedHead.squashedTwice(run)) {
            return shape(-6, new Evidence.Printed(
                    "not a digit moves from the first epoch on, which gradients that are small do not explain"));
        }
        if (!run.run().series(Metric.LOSS).finite() && !StatedHead.makesNoNumber(run))
            return shape(-2, new Evidence.Printed("the loss is no number, which such a pair does not bring about"));
        if (!run.learning().gotAnywhere() || stuck(run) || guesses(run))
            return shape(4, new Evidence.Computed("and the run does not learn"));
        if (StatedHead.restsShort(run) && !(row.isMild() && isUnderWay(run.accuracy()))) {
            return shape(2, new Evidence.Computed(run.accuracy().isEmpty()
                    ? Say.format("and the training loss comes to rest at %s", Say.value(run.loss().last()))
                    : Say.format("and training gets no further than an accuracy of %.3f", run.accuracy().most())));
        }
        return row.isMild() ? Optional.empty() : shape(-1, new Evidence.Computed("the loss falls all the same"));
    }

    private static Optional<Sign> shape(double nats, Evidence evidence) {
        return Optional.of(new Sign(Grounds.SHAPE, nats, evidence));
    }

    /// Whether accuracy is at its best at the end and still gains: what is merely slow has not come to rest.
    private static boolean isUnderWay(Curve accuracy) {
        int last = accuracy.size() - 1;
        return last >= 5 && accuracy.highest() >= last - 1 && accuracy.last() > accuracy.value(last - 3) + 0.02;
    }

    private static boolean risesWithAccuracy(Case run) {
        boolean both = run.loss().size() >= 6 && run.accuracy().size() == run.loss().size();
        return both && run.loss().trend().rises(0.001) && run.accuracy().trend().rises(0.001);
    }

    /// The framework saw it itself.
    private static Optional<Suspicion> warned(Case run) {
        return run.run().events(Event.Warning.class).stream().map(Event.Warning::text)
                .filter(text -> text.contains("softmax over axis") && text.contains("size 1")
                        || text.contains("with num_classes > 1"))
                .findFirst().map(text -> Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                        "The last layer and the loss do not fit: " + (text.contains("softmax over")
                                ? "softmax over 1 unit is always 1"
                                : "categorical_crossentropy over 1 unit is 0"))
                        .sign(Grounds.MESSAGE, Grounds.MESSAGE.cap(),
                                new Evidence.Printed("\"" + text.substring(0, Math.min(110, text.length())) + "\""))
                        .consequence("the output cannot change")
                        .remedy(ONE_OUTPUT)
                        .confirm("predict 20 images: all outputs are 1"));
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
