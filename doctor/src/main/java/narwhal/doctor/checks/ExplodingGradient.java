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
import narwhal.history.facts.FactKey;
import narwhal.history.facts.Layers;

/// The gradient grows from layer to layer or step to step; a log shows it only as the mechanism of an explosion.
final class ExplodingGradient implements Check {
    static final String UNBOUNDED = "recurrent layers with ReLU: what they hand on from step to step grows without bound";

    @Override
    public Illness illness() {
        return Illness.EXPLODING_GRADIENT;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var layers = run.layers();
        var explosion = Explosion.of(run);
        if (layers.isEmpty() || explosion.isEmpty()) return Optional.empty();
        boolean recurrent = layers.get().values().stream().anyMatch(ExplodingGradient::isRecurrent);
        if (!recurrent && layers.get().values().size() < 30 || isClipped(run)) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.ERROR, "The gradient explodes and nothing clips it")
                .sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format("the loss jumps to %s in epoch %d",
                        Say.value(explosion.get().curve().value(explosion.get().index())), explosion.get().epoch())))
                .sign(Grounds.STATED, 3, new Evidence.Stated(
                        recurrent ? "a recurrent network without clipping" : "a very deep network without clipping"))
                .share(0.5).remedy("clipnorm=1.0, learning_rate / 10").confirm("print the gradient norm of each step");
        return Optional.of(isUnbounded(run)
                ? suspicion.sign(Grounds.STATED, 1, new Evidence.Stated(UNBOUNDED))
                        .remedy("the recurrent layers' own activation (tanh); clipnorm=1.0")
                : suspicion.open("gradient norms per layer would decide"));
    }

    /// Whether recurrent layers hand on what nothing bounds, at a usual rate and without clipping.
    static boolean isUnbounded(Case run) {
        return Rates.tooHigh(run) <= 0 && !isClipped(run) && run.layers().filter(layers -> layers.values().stream()
                .anyMatch(layer -> isRecurrent(layer) && layer.activation().filter("relu"::equals).isPresent()))
                .isPresent();
    }

    private static boolean isClipped(Case run) {
        return run.facts().value(FactKey.CLIPPING).filter(text -> !text.equals("none")).isPresent();
    }

    private static boolean isRecurrent(Layers.Layer layer) {
        var kind = layer.kind();
        return kind.contains("LSTM") || kind.contains("GRU") || kind.contains("RNN");
    }
}
