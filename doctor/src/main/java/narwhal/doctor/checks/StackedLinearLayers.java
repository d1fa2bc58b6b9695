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

/// Two linear layers without an activation between them make one linear layer.
final class StackedLinearLayers implements Check {
    @Override
    public Illness illness() {
        return Illness.STACKED_LINEAR_LAYERS;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var layers = run.layers();
        if (layers.isEmpty() || !layers.get().whole()) return Optional.empty();
        int pairs = 0;
        boolean open = false;
        for (var layer : layers.get().values()) {
            boolean linear = layer.kind().startsWith("Dense") || layer.kind().startsWith("Conv");
            if (linear && open) pairs++;
            if (linear) {
                open = layer.activation().map("linear"::equals).orElse(true);
            } else if (!layer.kind().equals("Dropout") && !layer.kind().equals("Flatten")
                    && !layer.kind().startsWith("AveragePooling")) {
                open = false;
            }
        }
        if (pairs == 0) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.INFO, Say.format(
                "%d pair%s of layers without an activation between them", pairs, pairs == 1 ? "" : "s"))
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(
                        "a linear layer follows a linear one; together they can do what one can"))
                .share(0.1).consequence("costs capacity and time, rarely the cause of a complaint")
                .remedy("activation='relu' in each convolution and dense layer but the last")
                .confirm("model.summary()"));
    }
}
