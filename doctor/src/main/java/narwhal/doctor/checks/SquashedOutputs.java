package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.CrossEntropy;

/// What goes into the loss has been squashed once too often, or once too seldom, as its digits show: no answer is ever sure, or the loss is a mean
/// of probabilities.
final class SquashedOutputs {
    private SquashedOutputs() {
    }

    static Optional<Suspicion> of(Case run) {
        return SoftmaxTwice.of(run).map(SquashedOutputs::twice).or(() -> neverSure(run))
                .or(() -> areProbabilities(run) ? Optional.of(probabilities(run)) : Optional.empty());
    }

    /// Nearly all answers in training are right, and cost nearly what not to know costs, without getting any cheaper.
    private static Optional<Suspicion> neverSure(Case run) {
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
        return Optional.of(Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                "Outputs are squashed before the loss takes them: answers are right, but never sure")
                .sign(Grounds.LEVEL, 7, new Evidence.Computed(Say.format(
                        "training loss rests at %s, %s of what not to know costs, with %s right",
                        Say.value(loss.last()),
                        Say.percent(share), Say.percent(accuracy.last()))))
                .remedy("no activation before a loss that applies its own; a softmax over the classes (dim=1), not over the batch")
                .confirm("print the outputs of 20 images before the loss: they must differ by more than 1"));
    }

    private static Suspicion twice(SoftmaxTwice found) {
        return Suspicion
                .of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                        "A softmax or sigmoid is applied before the loss applies its own")
                .sign(Grounds.LEVEL, found.byLossAlone() ? 6 : 9, new Evidence.Computed(Say.format(
                        "loss %s%s: ln(e + %d) - 1 = %.4f is the least that a softmax of outputs in 0…1 over %d classes can"
                                + " have, and wrong answers add 1 each",
                        Say.value(found.loss()),
                        found.byLossAlone() ? " at rest" : Say.format(" with %s right", Say.percent(found.accuracy())),
                        found.classes() - 1, found.constant(), found.classes())))
                .note(new Evidence.Inferred(found.byLossAlone()
                        ? "a loss of outputs that may become surer goes on to 0"
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
    /// as large as the share of right answers. Where nothing is printed of training's, validation tells.
    static boolean areProbabilities(Case run) {
        boolean held = run.loss().isEmpty();
        var loss = held ? run.rawValidationLoss() : run.loss();
        var accuracy = held ? run.rawValidationAccuracy() : run.accuracy();
        if (loss.size() < 3 || loss.most() >= 0 || loss.least() < -1.0001) return false;
        if (accuracy.isEmpty()) return StatedHead.activation(run).equals("softmax");
        double apart = Math.abs(-loss.late().median() - accuracy.late().median());
        return held ? apart < 0.05 && accuracy.most() - accuracy.least() > 0.05 : apart < 0.15;
    }

    private static Suspicion probabilities(Case run) {
        boolean held = run.loss().isEmpty();
        var loss = held ? run.rawValidationLoss() : run.loss();
        var accuracy = held ? run.rawValidationAccuracy() : run.accuracy();
        return Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                "The last layer and the loss do not fit: probabilities go into NLLLoss, which takes their logarithms")
                .sign(Grounds.LEVEL, 8, new Evidence.Computed(Say.format(
                        "%s loss %s %s: the mean of the right classes' probabilities with a minus",
                        held ? "validation" : "training",
                        Say.value(loss.last()),
                        accuracy.isEmpty()
                                ? "behind a softmax"
                                : Say.format("with accuracy %.3f", accuracy.last()))))
                .consequence("the loss hardly rewards surer answers; gradients are small")
                .remedy(HeadLossMismatch.LOGARITHMS)
                .confirm("print the outputs of 20 images before the loss: logarithms are negative");
    }
}
