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
import narwhal.history.facts.FactKey;

/// The evaluation order is sorted by class while not every image is scored: windows then differ in their classes.
final class ClassSortedValidation implements Check {
    private static final double NOTABLE = 0.25;

    @Override
    public Illness illness() {
        return Illness.CLASS_SORTED_VALIDATION;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var audits = Audits.of(run);
        if (audits.isPresent()) return audited(audits.get());
        boolean sorted = run.facts().value(FactKey.VALIDATION_SORTED).orElse(false);
        boolean unshuffled = run.facts().value(FactKey.VALIDATION_SHUFFLE).filter(shuffle -> !shuffle).isPresent();
        var scoring = run.scoring();
        boolean moving = scoring.proves(Coverage.MOVING) || scoring.rhythm().isPresent();
        boolean part = moving || scoring.proves(Coverage.FIXED_PART)
                || Loops.stated(run).filter(loop -> loop.steps() < loop.set().batches()).isPresent();
        if (!part || !sorted && !unshuffled && !moving) return Optional.empty();
        if (!sorted && !unshuffled) return differing(run);
        var suspicion = Suspicion.of(illness(), Severity.WARNING,
                "The validation list is sorted by class and only a part of it is scored at a time")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Stated(sorted
                        ? "the validation images stand class by class"
                        : "shuffle=False for validation: a directory iterator lists class after class"));
        if (moving) {
            suspicion = suspicion.sign(Grounds.SHAPE, 3,
                    new Evidence.Inferred("the windows differ far more than chance, as parts sorted by class do"));
        }
        return Optional.of(finish(suspicion));
    }

    private Optional<Suspicion> differing(Case run) {
        var rhythm = run.scoring().rhythm();
        if (rhythm.isEmpty() || run.classes().isEmpty()) return Optional.empty();
        return Optional.of(finish(Suspicion.of(illness(), Severity.INFO,
                "The validation list seems to be sorted by class: its parts differ far more than chance")
                .sign(Grounds.SHAPE, 4, new Evidence.Inferred(Say.format(
                        "parts of the set differ by %s, as those of a list sorted by class do",
                        Say.points(rhythm.get().phases().swing()))))));
    }

    private static Suspicion finish(Suspicion suspicion) {
        return suspicion.share(0.3).remedy("score the whole set; else shuffle it once with a fixed seed")
                .confirm("print(validation_generator.classes[:steps * batch])");
    }

    private Optional<Suspicion> audited(Audits audits) {
        if (audits.fewest() >= audits.setSize()) return Optional.empty();
        double swing = audits.classShareSwing();
        var missed = audits.missed();
        if (missed.isEmpty() && swing < NOTABLE) return Optional.empty();
        var suspicion = Suspicion.of(illness(), missed.isEmpty() ? Severity.WARNING : Severity.ERROR,
                "Validation is read class by class, and only a part of it is scored at a time")
                .sign(Grounds.AUDIT, Grounds.AUDIT.cap(), new Evidence.Printed(missed.isEmpty()
                        ? Say.format("the share of a class changes by %s of itself between epochs", Say.percent(swing))
                        : "classes without a single image in some epoch: " + String.join(", ", missed)));
        return Optional.of(finish(suspicion));
    }
}
