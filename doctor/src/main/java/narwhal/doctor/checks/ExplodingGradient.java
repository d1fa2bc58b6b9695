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
    @Override
    public Illness illness() {
        return Illness.EXPLODING_GRADIENT;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var layers = run.layers();
        var explosion = Explosion.of(run);
        if (layers.isEmpty() || explosion.isEmpty()) return Optional.empty();
        boolean recurrent = layers.get().values().stream().map(Layers.Layer::kind)
                .anyMatch(kind -> kind.contains("LSTM") || kind.contains("GRU") || kind.contains("RNN"));
        boolean clipped = run.facts().value(FactKey.CLIPPING).filter(text -> !text.equals("none")).isPresent();
        if (!recurrent && layers.get().values().size() < 30 || clipped) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.ERROR, "The gradient explodes and nothing clips it")
                .sign(Grounds.SHAPE, 4, new Evidence.Printed(Say.format("the loss jumps to %s in epoch %d",
                        Say.value(explosion.get().curve().value(explosion.get().index())), explosion.get().epoch())))
                .sign(Grounds.STATED, 3, new Evidence.Stated(
                        recurrent ? "a recurrent network without clipping" : "a very deep network without clipping"))
                .open("gradient norms per layer would decide").share(0.5).remedy("clipnorm=1.0, learning_rate / 10")
                .confirm("print the gradient norm of each step"));
    }
}
