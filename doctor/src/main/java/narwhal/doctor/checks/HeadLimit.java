package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Say;
import narwhal.history.facts.FactKey;

/// A loss that a stated last layer cannot get below under a stated loss, seen in the log.
final class HeadLimit {
    private static final double SIGMOID_TWICE = Math.log1p(Math.exp(-1));
    /// The mean of that and of ln 2, which is the least where the answer is no.
    private static final double HALF_OF_EACH = (SIGMOID_TWICE + Math.log(2)) / 2;

    private HeadLimit() {
    }

    static Optional<Evidence> of(Case run) {
        return beyondBound(run).or(() -> sigmoidTwice(run)).or(() -> softmaxTwice(run))
                .or(() -> softmaxOfSigmoids(run));
    }

    /// A softmax of a softmax gives the right one of k classes 1 / (1 + (k − 1)/e) at most.
    private static Optional<Evidence> softmaxTwice(Case run) {
        boolean training = !run.loss().isEmpty() && !run.accuracy().isEmpty();
        var loss = training ? run.loss() : run.rawValidationLoss();
        var accuracy = training ? run.accuracy() : run.rawValidationAccuracy();
        var classes = run.classes();
        if (!StatedHead.squashedTwice(run) || !StatedHead.activation(run).equals("softmax") || classes.isEmpty()
                || loss.size() < 3
                || accuracy.isEmpty() || accuracy.late().median() < 0.85) {
            return Optional.empty();
        }
        double least = SoftmaxTwice.constant(classes.get().value());
        if (loss.tail(3).least() < least) return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "%s loss %s with %s right: ln(1 + %d/e) = %.4f is the least that a softmax of a softmax can have",
                training ? "training" : "validation", Say.value(loss.last()), Say.percent(accuracy.last()),
                classes.get().value() - 1, least)));
    }

    /// A softmax of outputs in 0…1 over k classes costs ln(1 + (k − 1)/e) at least: training comes near that, and not below, though most
    /// answers are right.
    private static Optional<Evidence> softmaxOfSigmoids(Case run) {
        var loss = run.loss();
        var classes = run.facts().value(FactKey.OUTPUT_UNITS).filter(units -> units > 2);
        boolean stated = StatedHead.activation(run).equals("sigmoid")
                && run.facts().value(FactKey.FROM_LOGITS).orElse(false)
                && run.facts().value(FactKey.LOSS).filter(name -> name.endsWith("categorical_crossentropy"))
                        .isPresent();
        if (!stated || classes.isEmpty() || loss.size() < 8 || run.accuracy().isEmpty()) return Optional.empty();
        double least = SoftmaxTwice.constant(classes.get());
        boolean near = loss.least() > least && loss.late().median() < least + 0.35;
        if (!near || run.accuracy().late().median() < 0.6) return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "training loss %s with %s right: ln(1 + %d/e) = %.4f is the least that a softmax of outputs in 0…1 can have",
                Say.value(loss.last()), Say.percent(run.accuracy().last()), classes.get() - 1, least)));
    }

    /// Outputs within a bound cannot be further than that from targets within it.
    static Optional<Evidence> beyondBound(Case run) {
        var head = StatedHead.activation(run);
        double most = switch (head) {
            case "sigmoid", "softmax" -> 1;
            case "tanh" -> StatedHead.isSquared(run) ? 4 : 2;
            default -> Double.POSITIVE_INFINITY;
        };
        if (!StatedHead.isSquared(run) && !StatedHead.isAbsolute(run) || run.loss().isEmpty()
                || !(run.loss().least() > most))
            return Optional.empty();
        return Optional.of(new Evidence.Computed(Say.format(
                "a %s is never further than %.0f from targets within its bound, and the training loss is %s at least",
                head,
                StatedHead.isSquared(run) ? Math.sqrt(most) : most, Say.value(run.loss().least()))));
    }

    /// What a loss that takes logits makes of a sigmoid lies in 1/2…0.73, so no answer costs less than ln(1 + 1/e), be it never so right.
    private static Optional<Evidence> sigmoidTwice(Case run) {
        boolean stated = StatedHead.activation(run).equals("sigmoid")
                && run.facts().value(FactKey.FROM_LOGITS).orElse(false);
        var late = run.loss().late();
        if (stated && run.loss().size() >= 8 && late.least() > HALF_OF_EACH && late.most() < 1.04 * HALF_OF_EACH) {
            return Optional.of(new Evidence.Computed(Say.format(
                    "training loss rests at %s: a sigmoid of a sigmoid lies in 1/2…0.73, so it costs %.4f at least if both classes"
                            + " are as common",
                    Say.value(run.loss().last()), HALF_OF_EACH)));
        }
        if (!stated || run.loss().size() < 3 || run.accuracy().isEmpty() || run.accuracy().late().median() < 0.85
                || run.loss().tail(3).least() < SIGMOID_TWICE) {
            return Optional.empty();
        }
        return Optional.of(new Evidence.Computed(Say.format(
                "training loss %s with %s right: ln(1 + 1/e) = %.4f is the least that a sigmoid of a sigmoid can have",
                Say.value(run.loss().last()), Say.percent(run.accuracy().last()), SIGMOID_TWICE)));
    }
}
