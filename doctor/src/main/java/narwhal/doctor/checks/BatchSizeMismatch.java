package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.history.facts.FactKey;

/// The step count was computed with another batch size than the generator emits.
final class BatchSizeMismatch implements Check {
    private static final double FAR_LESS = 0.75;

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
        return stated(run).or(() -> training(run));
    }

    /// Training images for which steps were counted with another batch size than the generator's, so that an epoch leaves most of them out.
    private Optional<Suspicion> training(Case run) {
        var batch = run.facts().value(FactKey.TRAINING_BATCH).filter(b -> b > 0);
        var divisor = run.facts().value(FactKey.BATCH_DIVISOR).filter(d -> d > 0);
        var steps = run.sizes().trainingSteps();
        var images = run.sizes().trainingImages();
        if (batch.isEmpty() || divisor.isEmpty() || steps.isEmpty() || images.isEmpty()) return Optional.empty();
        long size = images.get().value();
        long count = steps.get().value();
        boolean follows = count == size / divisor.get() || count == (size + divisor.get() - 1) / divisor.get();
        if (!follows || count * batch.get() > FAR_LESS * size) return Optional.empty();
        var suspicion = Suspicion.of(illness(), Severity.WARNING,
                Say.format("Training batches hold %d images, the steps assumed %d", batch.get(), divisor.get()))
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Computed(Say.format(
                        "%d steps = %d / %d, but the generator gives %d: %d images per epoch", count, size,
                        divisor.get(), batch.get(), count * batch.get())));
        if (steps.get().origin() == Known.Origin.PRINTED) {
            suspicion = suspicion.sign(Grounds.COUNTS, 3, new Evidence.Printed(Say.format(
                    "the log counts %d steps in an epoch, which no other batch size than about %d makes of %d images",
                    count, divisor.get(), size)));
        }
        return Optional.of(suspicion.share(0.4).remedy("steps_per_epoch=len(training_generator)")
                .confirm("print(training_generator.batch_size, len(training_generator))"));
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
