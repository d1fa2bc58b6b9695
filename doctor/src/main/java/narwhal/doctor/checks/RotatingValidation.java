package narwhal.doctor.checks;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Rhythm;
import narwhal.doctor.Say;
import narwhal.doctor.Scoring;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.forensics.AlternatingCounts;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.doctor.forensics.MovingCounts;
import narwhal.doctor.statistics.Phases;

/// Each epoch scores another part of the validation set: the printed digits allow only numbers of images that a moving window
/// gives, or validation has a strict rhythm in which training has no part, or our own audit saw it.
final class RotatingValidation implements Check {
    @Override
    public Illness illness() {
        return Illness.ROTATING_VALIDATION;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        if (run.scoring().lastBatch().isPresent()) return Optional.empty();
        var scoring = run.scoring();
        var audits = Audits.of(run);
        if (audits.isPresent()) return audited(run, audits.get());
        boolean counts = scoring.proves(Coverage.MOVING);
        boolean either = scoring.proves(Coverage.FIXED_PART) && scoring.nats(Coverage.MOVING) > 0;
        // A part of a shuffled set is a random one, which stochastic-validation is about.
        if (Loops.shuffled(run) && (counts || either || scoring.alternation().isPresent())) return Optional.empty();
        if (counts) return Optional.of(MovingWindow.of(run, scoring.verdict().orElseThrow()));
        if (scoring.moving().isPresent()) return Optional.of(irregular(run, scoring, scoring.moving().get()));
        if (scoring.alternation().isPresent()) return Optional.of(counted(run, scoring, scoring.alternation().get()));
        if (scoring.rhythm().isPresent()) return Optional.of(rhythmic(run, scoring, scoring.rhythm().get()));
        if (either) return Optional.of(notToldApart(run, scoring));
        return stated(run);
    }

    /// The digits demand windows of two sizes in no fixed order: the iterator lives on, and a loader fetches ahead.
    private Suspicion irregular(Case run, Scoring scoring, MovingCounts found) {
        double left = 1 - (double) found.without() / found.set().images();
        var suspicion = Suspicion.of(illness(), left > Loops.LEFT_OUT ? Severity.WARNING : Severity.INFO,
                "Each epoch scored another part of your validation set")
                .note(run.sizes().validationImages().orElseThrow()
                        .evidence(found.set().images() + " validation images"))
                .sign(Grounds.COUNTS, Math.min(Grounds.COUNTS.cap(), -Math.log(found.chance())), new Evidence.Inferred(
                        Say.format(
                                "all %d printed %s are some k/%d or k/%d: %d batches of %d, with or without the last one of %d;"
                                        + " chance %s, the search counted in",
                                scoring.digits().orElseThrow().size(),
                                scoring.printedAs(), found.without(), found.with(), found.steps(), found.set().batch(),
                                found.set().lastBatch(), Say.chance(found.chance()))))
                .note(new Evidence.Inferred(
                        "no fixed order fits: the iterator goes on from epoch to epoch, and batches fetched ahead are lost"));
        suspicion = suspicion.sign(scoring.rhythm().map(Cycles::found));
        suspicion = suspicion
                .consequences(PartsInTurn.of(run, scoring.rhythm().map(Rhythm::period).orElse(3)));
        return suspicion.share(Math.max(0.3, left))
                .remedy(Say.format(Loops.REMEDY_STEPS, found.set().images()) + "\n" + Loops.REMEDY_RESET)
                .confirm(Loops.CONFIRM_TWICE);
    }

    /// The digits give the numbers of images, although nobody says how large the set is.
    private Suspicion counted(Case run, Scoring scoring, AlternatingCounts found) {
        var phases = found.period().map(period -> Cycles.phases(run, period));
        double share = phases.map(Phases::share).orElse(0.0);
        double error = run.standardError(Math.min(0.999, run.rawValidationAccuracy().mean())).orElse(0.01);
        boolean much = share >= Cycles.MOST_OF_THE_VARIANCE && phases.orElseThrow().swing() > 3 * error;
        // Windows that differ by nothing: parts of a shuffled list, or a loader that fills its last batch from the start of the list.
        boolean seen = share >= Cycles.SOME_OF_THE_VARIANCE && phases.orElseThrow().p() < Cycles.SURE
                || !nearlyAlike(found.images());
        var suspicion = Suspicion.of(illness(), much ? Severity.ERROR : seen ? Severity.WARNING : Severity.INFO,
                "Each epoch scored another part of your validation set")
                .sign(Grounds.COUNTS, found.gain(), new Evidence.Inferred(Say.format(
                        "the printed values are shares of %s; one number for all epochs fits worse by odds of %s to 1",
                        found.words(), Say.chance(Math.exp(Math.min(600, found.gain()))))));
        suspicion = suspicion.sign(scoring.rhythm().map(Cycles::found));
        if (phases.isPresent()) {
            suspicion = suspicion.note(new Evidence.Computed(Say.format(
                    "the phase of a %d-epoch cycle explains %s of the scatter, %s from best to worst",
                    found.images().size(), Say.percent(Math.max(0, share)), Say.points(phases.get().swing()))));
        }
        suspicion = suspicion
                .consequences(found.period().map(period -> PartsInTurn.of(run, period)).orElse(List.of()));
        return suspicion.share(Math.clamp(share, 0.3, 1)).remedy(Loops.REMEDY_UNCOUNTED + "\n" + Loops.REMEDY_RESET)
                .confirm(Loops.CONFIRM_TWICE);
    }

    private static boolean nearlyAlike(List<Long> images) {
        return Collections.min(images) > 0.9 * Collections.max(images);
    }

    private Suspicion rhythmic(Case run, Scoring scoring, Rhythm rhythm) {
        double error = run.standardError(Math.min(0.999, run.rawValidationAccuracy().mean())).orElse(0.01);
        boolean accuracy = !run.rawValidationAccuracy().isEmpty();
        var phases = accuracy ? Cycles.phases(run, rhythm.period()) : rhythm.phases();
        var severity = phases.share() >= Cycles.MOST_OF_THE_VARIANCE && (!accuracy || phases.swing() > 3 * error)
                ? Severity.ERROR
                : phases.share() >= (accuracy ? 1 : 3) * Cycles.SOME_OF_THE_VARIANCE ? Severity.WARNING : Severity.INFO;
        var suspicion = Suspicion.of(illness(), severity, Say.format(
                "Validation has a cycle of %d epochs: each epoch scores another part of the set", rhythm.period()))
                .sign(Cycles.found(rhythm));
        suspicion = suspicion.note(new Evidence.Computed(
                Say.format("the phase explains %s of the scatter", Say.percent(Math.max(0, phases.share())))));
        if (accuracy && !scoring.proves(Coverage.FULL) && scoring.verdict().isEmpty()) {
            suspicion = suspicion.note(new Evidence.Inferred(
                    "the window cannot be counted: the size of the validation set is not in the log"));
        }
        suspicion = suspicion.consequences(PartsInTurn.of(run, rhythm.period()));
        return suspicion.share(Math.clamp(phases.share(), 0.1, 1))
                .remedy(Loops.REMEDY_UNCOUNTED + "\n" + Loops.REMEDY_RESET)
                .confirm(Loops.CONFIRM_TWICE);
    }

    private Suspicion notToldApart(Case run, Scoring scoring) {
        var loop = scoring.verdict().orElseThrow().best().loop();
        double left = 1 - (double) loop.images(0) / loop.set().images();
        var suspicion = Suspicion
                .of(illness(), left > Loops.LEFT_OUT ? Severity.WARNING : Severity.INFO,
                        "Each epoch scored another part of your validation set")
                .sign(Grounds.COUNTS, scoring.nats(Coverage.MOVING),
                        new Evidence.Inferred("a window that moves gives the same numbers of images"));
        suspicion = suspicion.sign(Cycles.expected(run));
        return suspicion
                .remedy("validation_steps=None\n" + Loops.REMEDY_RESET)
                .confirm(Loops.CONFIRM_TWICE);
    }

    private Optional<Suspicion> stated(Case run) {
        var loop = Loops.stated(run);
        if (loop.isEmpty() || Loops.shuffled(run)) return Optional.empty();
        int n = loop.get().set().batches();
        int steps = loop.get().steps();
        var cycle = PredictedCycle.of(run);
        if (steps >= n || cycle.isEmpty() && !Loops.livesOn(run).orElse(false)) return Optional.empty();
        var suspicion = Suspicion
                .of(illness(), Severity.WARNING, "Each epoch scores another part of your validation set")
                .sign(Grounds.STATED, Grounds.STATED.cap(), new Evidence.Computed(Say.format(
                        "%d steps of %d leave %d of %d batches out%s", steps, loop.get().set().batch(), n - steps, n,
                        cycle.isPresent() ? "" : ", and this framework's iterator lives on")));
        return Optional.of(suspicion.sign(cycle.map(PredictedCycle::sign))
                .remedy(Say.format(Loops.REMEDY_STEPS, loop.get().set().images()) + "\n" + Loops.REMEDY_RESET)
                .confirm("print(validation_generator.batch_size, len(validation_generator))"));
    }

    private Optional<Suspicion> audited(Case run, Audits audits) {
        if (audits.fewest() >= audits.setSize() || !audits.moves()) return Optional.empty();
        double share = (double) audits.fewest() / audits.setSize();
        var missed = audits.missed();
        var severity = missed.isEmpty() && 1 - share <= Loops.LEFT_OUT ? Severity.WARNING : Severity.ERROR;
        var suspicion = Suspicion.of(illness(), severity,
                Say.format("Each epoch scored another %s of the validation set",
                        share < 0.85 ? Math.abs(share - 0.5) < 0.03 ? "half" : "part" : "portion"));
        suspicion = suspicion.sign(Grounds.AUDIT, Grounds.AUDIT.cap(), new Evidence.Printed(Say.format(
                "the audit counted %d to %d of %d images per epoch, of other classes each time", audits.fewest(),
                audits.most(), audits.setSize())));
        for (int i = 0; i < Math.min(2, audits.audits().size()); i++) {
            var parts = audits.audits().get(i).classes().stream()
                    .map(c -> Say.format("%s %d of %d (%.3f right)", c.name(), c.scored(), c.inSet(), Audits.recall(c)))
                    .limit(4).toList();
            suspicion = suspicion.note(new Evidence.Printed(
                    "epoch " + audits.epochs().get(i) + ": " + String.join(", ", parts).replace(" (NaN right)", "")));
        }
        suspicion = suspicion.sign(run.scoring().rhythm().map(Cycles::found));
        if (!missed.isEmpty()) {
            suspicion = suspicion.consequence("some epochs never met " + String.join(", ", missed));
        }
        suspicion = suspicion.consequences(PartsInTurn.of(run,
                run.scoring().rhythm().map(Rhythm::period).orElse(2)));
        return Optional.of(suspicion.remedy("leave validationSteps out, so that every image is scored once")
                .confirm(Loops.CONFIRM_TWICE));
    }
}
