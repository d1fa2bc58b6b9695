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
import narwhal.doctor.statistics.Correlation;
import narwhal.doctor.statistics.Robust;

/// Training and validation come from different sources: validation runs below training by a constant distance from the start and
/// follows it. From a log alone it is only a possibility.
final class DistributionShift implements Check {
    /// Images known by heart explain a distance by themselves.
    private static final double BY_HEART = 0.99;

    @Override
    public Illness illness() {
        return Illness.DISTRIBUTION_SHIFT;
    }

    /// Without accuracies: before training knows anything, validation costs several times as much, and it keeps doing so. What an
    /// untrained network costs is the size of the targets.
    private Optional<Suspicion> largerFromTheStart(Case run) {
        var training = run.loss();
        var validation = run.rawValidationLoss();
        if (run.isClassification() || training.size() < 8 || validation.size() != training.size())
            return Optional.empty();
        double times = validation.first() / training.first();
        boolean knowsNothing = training.value(1) > 0.9 * training.first() && training.value(1) < training.first();
        boolean stays = validation.late().median() > 3 * training.late().median()
                && validation.late().median() < validation.first();
        if (times < 3 || !knowsNothing || !stays || training.least() <= 0) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING,
                "Validation has targets of another size: it comes from another source, or from a later time")
                .sign(Grounds.LEVEL, 6, new Evidence.Computed(Say.format(
                        "validation loss %s beside training loss %s in the first epoch, %.1f times as much before anything is learned,"
                                + " and %.1f times late in the run",
                        Say.value(validation.first()), Say.value(training.first()), times,
                        validation.late().median() / training.late().median())))
                .share(0.9)
                .remedy("differences or ratios instead of levels as targets; scale by what is known at the time; or split again")
                .confirm("compare mean and spread of the targets on both sides"));
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var larger = largerFromTheStart(run);
        if (larger.isPresent()) return larger;
        var training = run.accuracy();
        var validation = run.validationAccuracy();
        if (training.size() < 8 || validation.size() != training.size() || !run.learning().validationGotAnywhere())
            return Optional.empty();
        var gaps = new double[training.size()];
        for (int i = 0; i < gaps.length; i++) gaps[i] = training.value(i) - validation.value(i);
        double gap = Robust.median(gaps);
        double spread = Robust.quantile(0.9, gaps) - Robust.quantile(0.1, gaps);
        double together = Correlation.of(training.values(), validation.values());
        if (training.late().median() > BY_HEART) return Optional.empty();
        if (gap < 0.1 || spread > 0.5 * gap || together < 0.8) return Optional.empty();
        return Optional.of(Suspicion.of(illness(), Severity.WARNING, "Validation images may come from another source")
                .sign(Grounds.SHAPE, 5, new Evidence.Computed(Say.format(
                        "validation stays %s below training from the first epoch on and follows it (correlation %.2f)",
                        Say.points(gap), together)))
                .open("a classifier that tells training from validation images would decide").share(0.5)
                .remedy("split again at random, or accept the difference and say so")
                .confirm("train a classifier to tell training from validation images: AUC above 0.6 confirms it"));
    }
}
