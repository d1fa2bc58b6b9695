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
import narwhal.doctor.forensics.Explanation.Coverage;

/// More validation steps than batches: some images count twice.
final class WrappedValidation implements Check {
    private static final double SOME_OF_THE_VARIANCE = 0.1;

    @Override
    public Illness illness() {
        return Illness.WRAPPED_VALIDATION;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var audits = Audits.of(run);
        if (audits.isPresent()) {
            return audits.get().most() > audits.get().setSize()
                    ? Optional.of(suspicion((double) audits.get().most() / audits.get().setSize()).sign(Grounds.AUDIT,
                            Grounds.AUDIT.cap(),
                            new Evidence.Printed(Say.format("the audit counted %d images in a set of %d",
                                    audits.get().most(), audits.get().setSize()))))
                    : Optional.empty();
        }
        var scoring = run.scoring();
        var stated = Loops.stated(run).filter(loop -> loop.steps() > loop.set().batches());
        boolean counts = scoring.proves(Coverage.WRAPPED);
        if (!counts && stated.isEmpty()) return Optional.empty();
        var loop = counts ? scoring.verdict().orElseThrow().best().loop() : stated.orElseThrow();
        var suspicion = suspicion((double) loop.images(0) / loop.set().images());
        if (counts) {
            suspicion = suspicion.sign(Grounds.COUNTS, scoring.nats(Coverage.WRAPPED), new Evidence.Inferred(Say.format(
                    "the printed values are shares of %d images, the set has %d", loop.images(0),
                    loop.set().images())));
        }
        if (stated.isPresent()) {
            suspicion = suspicion.sign(Grounds.STATED, Grounds.STATED.cap(),
                    new Evidence.Computed(
                            Say.format("%d steps of %d are more than the %d batches of the set", loop.steps(),
                                    loop.set().batch(), loop.set().batches())));
        }
        return Optional.of(sortedAndPhased(run) ? suspicion.severity(Severity.WARNING) : suspicion);
    }

    /// What counts twice changes from epoch to epoch, and since the list is sorted, so does the mix of classes.
    private static boolean sortedAndPhased(Case run) {
        boolean sorted = run.facts().value(FactKey.VALIDATION_SORTED).orElse(false)
                || run.facts().value(FactKey.VALIDATION_SHUFFLE).filter(shuffle -> !shuffle).isPresent();
        return sorted && run.scoring().rhythm().filter(r -> r.phases().share() >= SOME_OF_THE_VARIANCE).isPresent();
    }

    private Suspicion suspicion(double passes) {
        return Suspicion.of(illness(), Severity.INFO,
                Say.format("Validation goes through its set %.2f times per epoch: some images count twice", passes))
                .share(0.2).remedy("validation_steps=None          # or ceil(images / batch)")
                .confirm("print(validation_steps, len(validation_generator))");
    }
}
