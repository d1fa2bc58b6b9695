package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.Arrays;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Scoring;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.doctor.forensics.CountVerdict;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.doctor.forensics.HonestCurve;
import narwhal.doctor.forensics.PowersOfTwo;
import narwhal.doctor.forensics.ScoringLoop;

/// The printed digits allow only the numbers of images that a window gives which moves over the validation set.
final class MovingWindow {
    private MovingWindow() {
    }

    /// The proof, how much of the scatter it explains, and what follows.
    static Suspicion of(Case run, CountVerdict verdict) {
        var scoring = run.scoring();
        var loop = verdict.best().loop();
        var set = loop.set();
        double covered = (double) loop.steps() / set.batches();
        int period = period(scoring, loop);
        var phases = Cycles.phases(run, period);
        double swing = phases.swing();
        double error = run.standardError(Math.min(0.999, run.rawValidationAccuracy().mean())).orElse(0.01);
        var severity = phases.share() >= Cycles.MOST_OF_THE_VARIANCE && swing > 3 * error
                ? Severity.ERROR
                : 1 - covered > Loops.LEFT_OUT
                        || phases.share() >= Cycles.SOME_OF_THE_VARIANCE && phases.p() < Cycles.SURE
                                ? Severity.WARNING
                                : Severity.INFO;
        var title = covered >= 0.85
                ? "Each epoch left out another part of your validation set"
                : "Each epoch scored another " + Loops.part(loop) + " of your validation set";
        var suspicion = Suspicion.of(Illness.ROTATING_VALIDATION, severity, title);
        suspicion = suspicion.note(knowns(run, scoring));
        suspicion = suspicion.note(new Evidence.Inferred(inferred(run, loop, scoring)));
        suspicion = suspicion.sign(Grounds.COUNTS, scoring.nats(Coverage.MOVING), new Evidence.Inferred(
                proof(scoring, verdict)));
        suspicion = suspicion.sign(scoring.rhythm().map(Cycles::found));
        suspicion = suspicion.sign(Cycles.expected(run));
        suspicion = suspicion.note(new Evidence.Computed(Say.format(
                "the phase of a %d-epoch cycle explains %s of the scatter, %s from best to worst", period,
                Say.percent(Math.max(0, phases.share())), Say.points(swing))));
        suspicion = suspicion.consequences(PartsInTurn.of(run, period));
        return suspicion.share(Math.clamp(Math.max(phases.share(), 1 - covered), 0.1, 1))
                .remedy(Say.format(Loops.REMEDY_STEPS, set.images()) + "\n" + Loops.REMEDY_RESET)
                .confirm(Say.format(
                        "print(validation_generator.batch_size, len(validation_generator))   # expect %d %d",
                        set.batch(), set.batches()));
    }

    private static int period(Scoring scoring, ScoringLoop loop) {
        if (scoring.rhythm().isPresent()) return scoring.rhythm().get().period();
        int longest = Math.max(2, scoring.evaluations().length / 3);
        for (int q = 2; q <= Math.min(50, longest); q++) {
            if (loop.repeatsAfter(q)) return q;
        }
        return Math.clamp(HonestCurve.period(loop), 2, longest);
    }

    private static Evidence knowns(Case run, Scoring scoring) {
        var images = run.sizes().validationImages().orElseThrow();
        var text = new StringBuilder(Say.format("%d validation images", images.value()));
        var divisor = Loops.divisor(run);
        if (divisor.isPresent() && run.sizes().trainingImages().isPresent()
                && run.sizes().trainingSteps().isPresent()) {
            text.append(Say.format("; %d = %d // %d training steps, so steps assumed a batch of %d",
                    run.sizes().trainingSteps().get().value(), run.sizes().trainingImages().get().value(),
                    divisor.getAsInt(),
                    divisor.getAsInt()));
        }
        return images.evidence(text.toString());
    }

    private static String inferred(Case run, ScoringLoop loop, Scoring scoring) {
        var set = loop.set();
        long first = loop.images(scoring.evaluations()[0]);
        var text = Say.format("the generator gave batches of %d: %d steps = %d of %d images per epoch (%s)",
                set.batch(),
                loop.steps(), first, set.images(), Say.percent((double) first / set.images()));
        var stated = run.sizes().batch();
        return stated.isPresent() && stated.get().value() != set.batch()
                ? text + Say.format("; you state %d", stated.get().value())
                : text;
    }

    private static String proof(Scoring scoring, CountVerdict verdict) {
        var digits = scoring.digits().orElseThrow();
        var loop = verdict.best().loop();
        var images = Arrays.stream(loop.images(scoring.evaluations())).distinct().boxed().toList();
        var shares = new ArrayList<String>();
        for (long n : images.subList(0, Math.min(2, images.size()))) shares.add("k/" + n);
        var text = new StringBuilder(Say.format("all %d printed %s are some %s", digits.size(),
                scoring.printedAs(), String.join(" or ", shares)));
        if (images.size() == 2 && loop.set().lastBatch() < loop.set().batch()) {
            text.append(Say.format(" (last batch of %d inside)", loop.set().lastBatch()));
        }
        text.append(Say.format("; %d of %d misfit", verdict.best().misses(), digits.size()));
        PowersOfTwo.nextBest(digits, scoring.evaluations(), loop).ifPresent(next -> text
                .append(Say.format(", next best pair of sizes (%d and %d) %d", next.batch(), next.divisor(),
                        next.misses())));
        if (verdict.rivalMisses() >= 0) text.append(Say.format(" (%d over all sizes)", verdict.rivalMisses()));
        text.append(Say.format("; chance %s, %s after correcting for %d trials", Say.chance(verdict.best().chance()),
                Say.chance(verdict.corrected()), verdict.trials()));
        return text.toString();
    }
}
