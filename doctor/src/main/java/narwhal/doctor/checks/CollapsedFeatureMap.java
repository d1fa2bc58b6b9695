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
import narwhal.history.log.ModelSummary;

/// Pooling shrinks the picture to a point before the last block.
final class CollapsedFeatureMap implements Check {
    @Override
    public Illness illness() {
        return Illness.COLLAPSED_FEATURE_MAP;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var model = run.run().data().model();
        if (model.isEmpty()) return Optional.empty();
        ModelSummary.Layer collapsed = null;
        for (var layer : model.get().layers()) {
            boolean point = layer.shape().size() == 3 && layer.shape().get(0) == 1 && layer.shape().get(1) == 1;
            if (collapsed != null && layer.kind().startsWith("Conv") && point)
                return Optional.of(found(collapsed, layer));
            if (point && collapsed == null && layer.kind().contains("Pool")) collapsed = layer;
        }
        return Optional.empty();
    }

    private Suspicion found(ModelSummary.Layer pool, ModelSummary.Layer after) {
        return Suspicion.of(illness(), Severity.INFO, "The picture is one point wide before the last convolutions")
                .sign(Grounds.LEVEL, 5,
                        new Evidence.Printed(Say.format("%s leaves 1 x 1, %s follows", pool.name(), after.name())))
                .share(0.1).consequence("kernels above 1 x 1 see only padding there")
                .remedy("fewer poolings or larger pictures")
                .confirm("model.summary()");
    }
}
