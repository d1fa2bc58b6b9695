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

/// Batch means are averaged without weights, so the images of the last batch count too much.
final class LastBatchWeighting implements Check {
    @Override
    public Illness illness() {
        return Illness.LAST_BATCH_WEIGHTING;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var means = run.scoring().batchMeans();
        if (means.isEmpty() || means.get().chance() > 1e-3) return Optional.empty();
        var found = means.get();
        double bias = found.bias(0.5);
        double error = run.standardError(Math.min(0.999, run.rawValidationAccuracy().mean())).orElse(1);
        return Optional.of(Suspicion.of(illness(), bias > error ? Severity.WARNING : Severity.INFO,
                "Validation averages its batches without weights: the short last batch counts too much")
                .sign(Grounds.COUNTS, Math.min(25, -Math.log(found.chance())), new Evidence.Inferred(Say.format(
                        "%d of %d values are no share of %d images, but all are means over batches of %d (chance %s)",
                        found.wholeMisses(), run.rawValidationAccuracy().size(), found.set().images(),
                        found.set().batch(), Say.chance(found.chance()))))
                .note(new Evidence.Computed(Say.format("the last batch has %d images and weighs like %d",
                        found.set().lastBatch(), found.set().batch())))
                .share(0.2).consequence(Say.format("moves the accuracy by at most %s", Say.points(found.bias(1))))
                .remedy("weight each batch by its size: sum(correct) / sum(images)")
                .confirm("compare the mean of batch means with correct / images of one pass"));
    }
}
