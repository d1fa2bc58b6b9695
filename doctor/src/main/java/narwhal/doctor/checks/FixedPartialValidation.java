package narwhal.doctor.checks;

import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Check;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Known;
import narwhal.doctor.LastBatch;
import narwhal.doctor.Say;
import narwhal.doctor.Scoring;
import narwhal.doctor.Severity;
import narwhal.doctor.Sign;
import narwhal.doctor.Suspicion;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.doctor.forensics.ScoringLoop;
import narwhal.doctor.forensics.ValidationSet;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// The same part of the validation set is scored in every epoch: the digits allow one number of images below the set, or the
/// stated steps times batch stay below it, or our own audit saw it.
final class FixedPartialValidation implements Check {
    private static final double FAR = 4;

    @Override
    public Illness illness() {
        return Illness.FIXED_PARTIAL_VALIDATION;
    }

    @Override
    public Optional<Suspicion> examine(Case run) {
        var audits = Audits.of(run);
        if (audits.isPresent()) return audited(audits.get());
        var last = run.scoring().lastBatch();
        if (last.isPresent()) return Optional.of(lastBatch(last.get()));
        var scoring = run.scoring();
        var stated = Loops.stated(run).filter(loop -> loop.steps() < loop.set().batches());
        boolean counts = scoring.proves(Coverage.FIXED_PART)
                || scoring.proves(Coverage.MOVING) && scoring.nats(Coverage.FIXED_PART) > 0;
        // A part of a shuffled set is another one each time, which stochastic-validation is about.
        if (!counts && stated.isEmpty() || counts && Loops.shuffled(run)) return Optional.empty();
        var loop = scoring.proves(Coverage.FIXED_PART) || stated.isEmpty()
                ? inStatedBatches(run, scoring.verdict().orElseThrow().best().loop())
                : stated.get();
        double never = 1 - (double) loop.images(0) / loop.set().images();
        var images = run.sizes().validationImages().orElseThrow();
        var suspicion = Suspicion.of(illness(), never > Loops.LEFT_OUT ? Severity.WARNING : Severity.INFO,
                Say.format("The same part of your validation set is scored in every epoch; %s is never looked at",
                        Say.percent(never)))
                .note(images.evidence(loop.set().images() + " validation images"));
        if (counts)
            suspicion = suspicion.sign(Grounds.COUNTS, scoring.nats(Coverage.FIXED_PART), digits(scoring, loop));
        if (stated.isPresent()) {
            suspicion = suspicion.sign(Grounds.STATED, livesOn(run) ? -2 : Grounds.STATED.cap(),
                    new Evidence.Computed(Say.format("%d steps of %d are %d of %d images", stated.get().steps(),
                            stated.get().set().batch(), stated.get().images(0), stated.get().set().images())));
        }
        boolean printed = images.origin() == Known.Origin.PRINTED
                || run.run().data().found().stream().anyMatch(found -> found.images() == images.value());
        boolean onlyStated = stated.isPresent() && !counts && never > Loops.LEFT_OUT;
        if (onlyStated && printed) {
            suspicion = suspicion.sign(Grounds.COUNTS, 1, new Evidence.Printed(Say.format(
                    "the log itself says how many there are: %d", images.value())));
        }
        boolean sorted = run.facts().value(FactKey.VALIDATION_SORTED).orElse(false);
        if (onlyStated && sorted) {
            suspicion = suspicion.sign(Grounds.COUNTS, 1, new Evidence.Stated(
                    "the list stands class by class, so what is never looked at is whole classes"));
        }
        if (scoring.moving().isPresent()) {
            suspicion = suspicion.sign(Grounds.COUNTS, -12, new Evidence.Inferred(Say.format(
                    "some printed values need %d images, with the last batch among them: the part moves",
                    scoring.moving().get().with())));
        }
        var whole = wholeEvaluation(run, loop);
        if (stated.isPresent() && whole.isPresent()) suspicion = suspicion.sign(whole.get());
        var cycle = PredictedCycle.of(run);
        if (scoring.rhythm().isEmpty() && cycle.isPresent()) {
            suspicion = suspicion.sign(Grounds.PERIOD, -cycle.get().sign().nats(),
                    new Evidence.Computed("validation has the cycle of a window that moves"));
        }
        if (scoring.rhythm().isPresent()) {
            suspicion = suspicion.sign(Grounds.PERIOD, -scoring.rhythm().get().nats(),
                    new Evidence.Computed("validation has a rhythm, which a window that stands still cannot make"));
        }
        return Optional.of(suspicion.share(Math.max(0.2, never))
                .consequence(Say.format("the last %s of the list never counted; if it is sorted, whole classes did not",
                        Say.percent(never)))
                .remedy(Say.format(Loops.REMEDY_STEPS,
                        loop.set().images()))
                .confirm(
                        Say.format("print(validation_generator.batch_size, len(validation_generator))   # expect %d %d",
                                loop.set().batch(), loop.set().batches())));
    }

    /// The digits know how many images are scored, not in which batches; the stated ones are believed where they can make that number.
    private static ScoringLoop inStatedBatches(Case run, ScoringLoop loop) {
        long images = loop.images(0);
        return run.sizes().batch().map(Known::value).filter(batch -> batch <= images && images % batch == 0)
                .<ScoringLoop>map(batch -> new ScoringLoop.Restarting(
                        new ValidationSet(loop.set().images(), (int) (long) batch), (int) (images / batch)))
                .orElse(loop);
    }

    private Suspicion lastBatch(LastBatch last) {
        return Suspicion.of(illness(), Severity.WARNING, Say.format(
                "What is printed for validation is its last batch: %d of %d images", last.left(), last.images()))
                .sign(Grounds.COUNTS, 20, last.evidence())
                .consequence(Say.format("an image more or less is %s; the other %d images do not count",
                        Say.points(1.0 / last.left()), last.images() - last.left()))
                .remedy("add up right answers and losses over all batches, and divide by the number of images")
                .confirm("score the whole set by hand after one epoch");
    }

    /// An evaluation behind the last epoch that is another by far than the validation just before it.
    private static Optional<Sign> wholeEvaluation(Case run, ScoringLoop loop) {
        var tested = run.tested(Metric.ACCURACY.name());
        if (tested.isEmpty() || run.rawValidationAccuracy().isEmpty()) return Optional.empty();
        double last = run.rawValidationAccuracy().last();
        double error = Math.sqrt(Math.max(1e-6, last * (1 - last)) / loop.images(0));
        if (Math.abs(tested.get() - last) < FAR * error) return Optional.empty();
        return Optional.of(new Sign(Grounds.SHAPE, 3, new Evidence.Printed(Say.format(
                "the evaluation behind the last epoch gives %.4f, validation just before it %.4f: other images",
                tested.get(), last))));
    }

    private static boolean livesOn(Case run) {
        return Loops.livesOn(run).orElse(false) || Loops.shuffled(run);
    }

    private static Evidence digits(Scoring scoring, ScoringLoop loop) {
        var verdict = scoring.verdict().orElseThrow();
        return new Evidence.Inferred(Say.format(
                "all %d printed values are some k/%d, none needs the whole set; chance %s, %s after correcting for %d trials",
                scoring.digits().orElseThrow().size(), loop.images(0), Say.chance(verdict.best().chance()),
                Say.chance(verdict.corrected()), verdict.trials()));
    }

    private Optional<Suspicion> audited(Audits audits) {
        if (audits.fewest() >= audits.setSize() || audits.moves()) return Optional.empty();
        var missed = audits.missed();
        double never = 1 - (double) audits.fewest() / audits.setSize();
        var severity = !missed.isEmpty() ? Severity.ERROR : never > Loops.LEFT_OUT ? Severity.WARNING : Severity.INFO;
        var suspicion = Suspicion.of(illness(), severity, Say.format(
                "The same part of your validation set is scored in every epoch; %s is never looked at",
                Say.percent(never)))
                .sign(Grounds.AUDIT, Grounds.AUDIT.cap(), new Evidence.Printed(
                        Say.format("the audit counted %d of %d images, of the same classes in every epoch",
                                audits.fewest(),
                                audits.setSize())));
        if (!missed.isEmpty()) suspicion = suspicion.consequence("never scored: " + String.join(", ", missed));
        return Optional.of(suspicion.share(Math.max(0.2, never))
                .remedy("leave validationSteps out, so that every image is scored once")
                .confirm("compare the audit's counts with the size of the set"));
    }
}
