package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Metric;

/// Outputs that cannot change, as losses and accuracies show that do not move from the first epoch on: always 1, or with nothing to lose.
final class SilentOutputs {
    private SilentOutputs() {
    }

    static Optional<Suspicion> of(Case run) {
        return alwaysOne(run).or(() -> alwaysNothing(run));
    }

    /// The loss is the share of wrong answers to the last digit, and nothing moves from the first epoch on: the distance of outputs that are
    /// exactly 1, as a softmax over one unit always is, from labels of 0 and 1.
    private static Optional<Suspicion> alwaysOne(Case run) {
        var loss = run.loss();
        var accuracy = run.accuracy();
        if (loss.size() < 3 || accuracy.size() != loss.size() || !FrozenWeights.isStill(loss, accuracy))
            return Optional.empty();
        boolean share = accuracy.last() > 0.01 && accuracy.last() < 0.99
                && Math.abs(loss.last() + accuracy.last() - 1) < 1.1e-4;
        if (!share) return Optional.empty();
        return Optional.of(Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                "The last layer and the loss do not fit: the output is 1 for every image")
                .sign(Grounds.LEVEL, 8, new Evidence.Printed(Say.format(
                        "loss %.4f and accuracy %.4f add up to 1 in all %d epochs: the distance of an answer that is always 1",
                        loss.last(), accuracy.last(), loss.size())))
                .consequence("a softmax over 1 unit is 1 whatever goes in, and has no gradient")
                .remedy(HeadLossMismatch.ONE_OUTPUT)
                .confirm("predict 20 images: are all outputs exactly 1?"));
    }

    /// Where no accuracy is printed: the loss is 0 from the first epoch on, now and then with a minus, as no distance has it. A cross-entropy
    /// over a single unit sums over nothing, or takes the logarithm of 1.
    private static Optional<Suspicion> alwaysNothing(Case run) {
        var readings = run.run().series(Metric.LOSS).points().stream().map(point -> point.reading()).toList();
        boolean nothing = run.accuracy().isEmpty() && readings.size() >= 5
                && readings.stream().allMatch(reading -> reading.value() == 0)
                && readings.stream().anyMatch(reading -> reading.text().startsWith("-"));
        if (!nothing && !hasNothingToLose(run)) return Optional.empty();
        return Optional.of(Suspicion.of(Illness.HEAD_LOSS_MISMATCH, Severity.ERROR,
                "The last layer and the loss do not fit: there is nothing to lose")
                .sign(Grounds.LEVEL, 6, new Evidence.Printed(Say.format(
                        "training loss 0.0000 or -0.0000 in all %d epochs, from the first on%s", readings.size(),
                        nothing ? "" : ", and not one answer right, in training or validation")))
                .consequence("categorical_crossentropy over 1 unit is always 0: nothing is learned")
                .remedy(HeadLossMismatch.ONE_OUTPUT)
                .confirm("print model.output_shape and the loss"));
    }

    /// Whether all losses and all accuracies are 0 on both sides from the first epoch to the last.
    static boolean hasNothingToLose(Case run) {
        return Stream.of(run.loss(), run.accuracy(), run.rawValidationLoss(), run.rawValidationAccuracy())
                .allMatch(curve -> curve.size() >= 3 && curve.least() == 0 && curve.most() == 0);
    }
}
