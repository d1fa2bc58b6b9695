package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.Layers;

/// Training and validation level off together, far from what a better model would reach.
final class Underfitting implements Check {
    @Override
    public Illness illness() {
        return Illness.UNDERFITTING;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var training = run.accuracy();
        var validation = run.validationAccuracy();
        if (training.size() < 12 || validation.size() < 12 || run.entropy().isEmpty() || run.loss().isEmpty()) {
            return Optional.empty();
        }
        double error = run.standardError(validation.late().median()).orElse(0.01);
        double gap = Math.abs(training.late().median() - validation.late().median());
        var late = run.loss().tail(10);
        boolean level = late.trend().p() > 0.05 || late.first() - late.last() < 0.02 * Math.abs(late.first());
        double left = run.loss().last() / run.entropy().getAsDouble();
        if (gap > Math.max(2 * error, 0.02) || !level || left < 0.5) return Optional.empty();
        boolean weak = hasNoHiddenLayer(run);
        var suspicion = Suspicion.of(illness(), weak ? Severity.WARNING : Severity.INFO,
                "Training and validation level off together, far from the goal: the model or the training is too weak")
                .sign(Grounds.SHAPE, 4, new Evidence.Computed(Say.format(
                        "training %.3f and validation %.3f at rest; the loss keeps %s of what a constant answer has",
                        training.late().median(), validation.late().median(), Say.percent(left))));
        if (weak) {
            suspicion = suspicion.sign(Grounds.STATED, 2,
                    new Evidence.Stated("one layer from pictures to answers: only straight borders between classes"));
        }
        return Optional
                .of(suspicion.share(0.4).remedy("a larger network, longer training, less regularisation, better inputs")
                        .confirm("train on 100 images alone: if they cannot be learned, the model is too weak"));
    }

    /// Whether the whole network is stated and has a single layer of weights.
    private static boolean hasNoHiddenLayer(Case run) {
        return run.layers().filter(Layers::whole).filter(layers -> layers.values().stream()
                .filter(layer -> layer.kind().startsWith("Dense") || layer.kind().contains("Conv")).count() == 1)
                .isPresent();
    }
}
