package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.statistics.Robust;
import narwhal.doctor.statistics.Runs;

/// The ups and downs of validation are what a set of this size must show.
final class ValidationNoise implements Check {
    /// The share of changes that chance alone puts outside the band.
    private static final double OUTSIDE = 0.05;

    @Override
    public Illness illness() {
        return Illness.VALIDATION_NOISE;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var curve = run.validationAccuracy();
        if (curve.size() < 6 || run.scoring().rhythm().isPresent()) return Optional.empty();
        var late = curve.from(curve.size() / 3);
        double level = Math.clamp(late.median(), 0.01, 0.99);
        var error = run.standardError(level);
        if (error.isEmpty() || error.getAsDouble() == 0) return Optional.empty();
        double band = 1.96 * Math.sqrt(2) * error.getAsDouble();
        var steps = Robust.differences(late.values());
        long outside = Arrays.stream(steps).filter(step -> Math.abs(step) > band).count();
        double share = (double) outside / steps.length;
        boolean ordinary = share <= OUTSIDE || atLeast(outside, steps.length) > OUTSIDE;
        boolean lingers = Runs.score(Robust.detrended(late.values(), 2)) < -2.5;
        var suspicion = Suspicion.of(illness(), Severity.INFO, Say.format(
                "The ups and downs of validation are chance: differences below %s mean nothing", Say.points(band)))
                .sign(Grounds.SHAPE, ordinary && !lingers ? 0 : -5 * Math.clamp(share / 0.3, 0.2, 1),
                        new Evidence.Computed(Say.format("%d of %d late changes lie within the band of ± %s",
                                steps.length - outside, steps.length, Say.points(band))));
        return Optional.of(suspicion.share(0.1).remedy("nothing; compare averages of epochs, not single ones")
                .confirm("three seeds, or bootstrap the validation set"));
    }

    /// The chance that of `changes` ordinary ones at least `outside` lie outside the band.
    private static double atLeast(long outside, int changes) {
        double term = Math.pow(1 - OUTSIDE, changes);
        double below = 0;
        for (int k = 0; k < outside; k++) {
            below += term;
            term *= (changes - k) / (k + 1.0) * OUTSIDE / (1 - OUTSIDE);
        }
        return 1 - below;
    }
}
