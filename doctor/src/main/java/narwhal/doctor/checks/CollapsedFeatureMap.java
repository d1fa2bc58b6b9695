package narwhal.doctor.checks;

import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.ModelSummary.Layer;

/// Pooling shrinks the picture to a point before the last block, or throws rows away.
final class CollapsedFeatureMap implements Check {
    /// Of more rows, one is a small loss.
    private static final int FEW_ROWS = 16;

    @Override
    public Illness illness() {
        return Illness.COLLAPSED_FEATURE_MAP;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var layers = run.run().data().model().map(model -> model.layers()).orElse(List.of());
        Layer collapsed = null;
        for (var layer : layers) {
            if (collapsed != null && layer.kind().startsWith("Conv") && isPoint(layer))
                return Optional.of(found(collapsed, layer));
            if (collapsed == null && isPoint(layer) && isPool(layer)) collapsed = layer;
        }
        return lostRows(layers);
    }

    private static boolean isPool(Layer layer) {
        return layer.kind().contains("Pool") && !layer.kind().startsWith("Global");
    }

    private static boolean isPicture(Layer layer) {
        return layer.shape().size() == 3 && layer.shape().getFirst() > 0;
    }

    private static boolean isPoint(Layer layer) {
        return isPicture(layer) && layer.shape().get(0) == 1 && layer.shape().get(1) == 1;
    }

    private Suspicion found(Layer pool, Layer after) {
        long kernel = kernel(pool, after);
        var text = Say.format("%s leaves 1 x 1, %s follows", pool.name(), after.name());
        return Suspicion.of(illness(), kernel >= 3 ? Severity.WARNING : Severity.INFO,
                "The picture is one point wide before the last convolutions")
                .sign(Grounds.LEVEL, 5, new Evidence.Printed(kernel >= 3
                        ? text + Say.format(" with kernels of %d x %d", kernel, kernel)
                        : text))
                .share(0.1).consequence("kernels above 1 x 1 see only padding there")
                .remedy("fewer poolings or larger pictures")
                .confirm("model.summary()");
    }

    /// The width of square kernels, from the number of weights: k·k·in·out, and one more for each output where there is a bias; 0
    /// where no whole number fits.
    private static long kernel(Layer before, Layer convolution) {
        long out = convolution.shape().get(2);
        long in = before.shape().get(2);
        if (in <= 0 || out <= 0) return 0;
        for (long bias : new long[]{out, 0}) {
            long kernel = Math.round(Math.sqrt((double) (convolution.parameters() - bias) / (in * out)));
            if (kernel > 0 && kernel * kernel * in * out + bias == convolution.parameters()) return kernel;
        }
        return 0;
    }

    /// A pool that meets an odd size and halves it drops the last row and the last column.
    private Optional<Suspicion> lostRows(List<Layer> layers) {
        for (int i = 1; i < layers.size(); i++) {
            var pool = layers.get(i);
            var before = layers.get(i - 1);
            if (!isPool(pool) || !isPicture(pool) || !isPicture(before)) continue;
            long rows = before.shape().getFirst();
            if (rows % 2 == 0 || pool.shape().getFirst() != rows / 2 || rows > FEW_ROWS) continue;
            return Optional.of(Suspicion.of(illness(), Severity.INFO, Say.format(
                    "Pooling throws away the last of %d rows and columns", rows))
                    .sign(Grounds.LEVEL, 5, new Evidence.Printed(Say.format("%s makes %d rows of %d", pool.name(),
                            pool.shape().getFirst(), rows)))
                    .share(0.05).remedy("padding='same' in that pool, or pictures whose size halves evenly")
                    .confirm("model.summary()"));
        }
        return Optional.empty();
    }
}
