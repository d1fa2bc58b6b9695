package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.facts.FactKey;

/// Inputs are large and nothing rescales them.
final class InputsNotNormalised implements Check {
    @Override
    public Illness illness() {
        return Illness.INPUTS_NOT_NORMALISED;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var range = run.facts().get(FactKey.INPUT_RANGE);
        boolean rescaled = run.facts().value(FactKey.TRAINING_PREPROCESSING).map(Recipe::of).filter(Recipe::rescales)
                .isPresent()
                || run.layers().filter(l -> l.values().stream().anyMatch(layer -> layer.kind().equals("Rescaling")
                        || layer.kind().equals("Normalization"))).isPresent();
        if (range.isEmpty() || rescaled || Recipe.largest(range.get().value()) <= 10) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.WARNING, "Inputs are large and nothing rescales them")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated("inputs " + range.get().value()));
        if (!run.learned() || Explosion.of(run).isPresent()) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3,
                    new Evidence.Computed("and training does not learn or explodes"));
        }
        return Optional.of(suspicion.share(0.6).remedy("rescale=1./255, or a Rescaling(1./255) layer first")
                .confirm("print minimum, maximum and mean of one batch"));
    }
}
