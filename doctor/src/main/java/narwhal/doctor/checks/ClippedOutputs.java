package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.LogFormat;

/// Outputs that are no probabilities meet the bound at which Keras clips them: there the loss has no gradient.
final class ClippedOutputs {
    /// Not all of them have TensorFlow behind them.
    private static final double MOSTLY = 8;

    private ClippedOutputs() {
    }

    static Optional<Suspicion> of(Case run) {
        return clipped(run).or(() -> notClipped(run));
    }

    /// The loss is 16.118, what Keras 1 and 2 take at most for an answer, times the share of right answers, and does not move: outputs whose
    /// sum is negative change their sign as they are brought to a sum of 1, and the largest is the one that counts as nothing.
    static Optional<Suspicion> rightAnswersCost(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.frozenAtEnd() < 3 || accuracy.frozenAtEnd() < 3 || !run.isClassification()) return Optional.empty();
        double right = accuracy.last();
        boolean apart = right > 0.02 && right < 0.98 && Math.abs(right - 0.5) > 0.01;
        if (!apart || Math.abs(loss.last() / right / Saturation.Bound.KERAS.cost() - 1) > 5e-4) return Optional.empty();
        return Optional.of(Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                "The last layer and the loss do not fit: right answers cost, and wrong ones nothing")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "training loss / accuracy = %.3f in the last %d epochs: -ln 1e-7, Keras' epsilon, for each right answer",
                        loss.last() / right, loss.frozenAtEnd())))
                .consequence("outputs that are no probabilities are divided by their sum, which may be negative")
                .remedy(HeadLossMismatch.SOFTMAX_OR_LOGITS)
                .confirm("predict 20 images: do the outputs of each add up to 1?"));
    }

    /// With TensorFlow behind it, as it mostly is, Keras 3 takes what goes into a softmax or sigmoid and clips nothing there; only a last
    /// layer that is neither meets the bound. JAX and PyTorch behind it clip all outputs (`keras/src/backend/jax/nn.py`).
    private static Optional<Suspicion> clipped(Case run) {
        var head = StatedHead.activation(run);
        boolean fits = head.equals("softmax") || head.equals("sigmoid");
        if (run.format().framework() != LogFormat.Framework.KERAS_3 || fits) return Optional.empty();
        return Saturation.of(run).filter(found -> found.bound().isKeras()).map(found -> Suspicion
                .of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                        "The last layer and the loss do not fit: outputs that are no probabilities are clipped")
                .sign(Grounds.LEVEL, Math.min(MOSTLY, found.sign().nats()), found.sign().evidence())
                .note(new Evidence.Inferred(
                        "behind a softmax or a sigmoid Keras 3 on TensorFlow computes the loss from what goes into it, without"
                                + " that bound"))
                .remedy(HeadLossMismatch.ONE_OUTPUT + ", or " + HeadLossMismatch.CLASSES
                        + "; without activation: from_logits=True")
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

    private static Optional<Suspicion> notClipped(Case run) {
        if (!stuckFromTheStart(run) || Saturation.of(run).isPresent()) return Optional.empty();
        var loss = run.loss();
        return Optional.of(Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                "The last layer and the loss do not fit: outputs that are no probabilities are clipped")
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "training loss %s in the first epoch and %s in the last, validation loss %s to the last digit in %d epochs,"
                                + " far above what guessing costs: nothing moves, and nothing exploded",
                        Say.value(loss.first()), Say.value(loss.last()), Say.value(run.rawValidationLoss().last()),
                        run.rawValidationLoss().frozenAtEnd())))
                .remedy(HeadLossMismatch.SOFTMAX_OR_LOGITS)
                .confirm("predict 20 images: do the outputs of each add up to 1?"));
    }
}
