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
import narwhal.doctor.forensics.Explanation.Coverage;

/// The step count was computed with another batch size than the generator emits.
final class BatchSizeMismatch implements Check {
    @Override
    public Illness illness() {
        return Illness.BATCH_SIZE_MISMATCH;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var scoring = run.scoring();
        var divisor = Loops.divisor(run);
        boolean proved = scoring.proves(Coverage.MOVING) || scoring.proves(Coverage.FIXED_PART);
        if (proved && divisor.isPresent()) return digits(run, divisor.getAsInt());
        return stated(run);
    }

    private Optional<Suspicion> digits(Case run, int divisor) {
        var verdict = run.scoring().verdict().orElseThrow();
        int batch = verdict.best().loop().set().batch();
        boolean follows = verdict.best().loop().steps() == verdict.best().loop().set().images() / divisor;
        if (batch == divisor || !follows) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                Say.format("The validation generator gave batches of %d, the steps assumed %d", batch, divisor))
                .sign(Grounds.COUNTS, Math.max(0, run.scoring().nats(verdict.best().coverage())),
                        new Evidence.Inferred(Say.format("the digits demand batches of %d (see the coverage finding)",
                                batch)))
                .note(new Evidence.Computed(Say.format("%d steps = %d // %d", verdict.best().loop().steps(),
                        verdict.best().loop().set().images(), divisor)))));
    }

    private Optional<Suspicion> stated(Case run) {
        var loop = Loops.stated(run);
        if (loop.isEmpty()) return Optional.empty();
        long images = loop.get().set().images();
        int batch = loop.get().set().batch();
        int steps = loop.get().steps();
        if (steps == images / batch || steps == loop.get().set().batches()) return Optional.empty();
        for (int other = 1; other <= 1024; other *= 2) {
            if (steps != images / other && steps != (images + other - 1) / other) continue;
            return Optional.of(finish(Suspicion.of(illness(), Severity.WARNING,
                    Say.format("Validation batches hold %d images, the steps assumed %d", batch, other))
                    .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Computed(Say.format(
                            "%d steps = %d / %d, but batches of %d are stated: %d images per epoch", steps, images,
                            other,
                            batch, (long) steps * batch)))));
        }
        return Optional.empty();
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.share(0.4).remedy("validation_steps=len(validation_generator)")
                .confirm("print(validation_generator.batch_size, len(validation_generator))");
    }
}
