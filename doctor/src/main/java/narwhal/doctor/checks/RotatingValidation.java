package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.Arrays;
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
import narwhal.doctor.forensics.CountSearch;
import narwhal.doctor.forensics.CountVerdict;
import narwhal.doctor.forensics.Explanation.Coverage;
import narwhal.doctor.forensics.HonestCurve;
import narwhal.doctor.forensics.MovingCounts;
import narwhal.doctor.forensics.Replay;
import narwhal.doctor.forensics.ScoringLoop;
import narwhal.doctor.statistics.Phases;
import narwhal.history.facts.FactKey;

/// Each epoch scores another part of the validation set: the printed digits allow only numbers of images that a moving window
/// gives, or validation has a strict rhythm in which training has no part, or our own audit saw it.
final class RotatingValidation implements Check {
    private static final double MOST_OF_THE_VARIANCE = 0.5;
    private static final double SOME_OF_THE_VARIANCE = 0.1;
    private static final double LEFT_OUT = 0.05;
    private static final double SURE = 1e-3;

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
        if (counts) return Optional.of(proved(run, scoring, scoring.verdict().orElseThrow()));
        if (scoring.moving().isPresent()) return Optional.of(irregular(run, scoring, scoring.moving().get()));
        if (scoring.alternation().isPresent()) return Optional.of(counted(run, scoring, scoring.alternation().get()));
        if (scoring.rhythm().isPresent()) return Optional.of(rhythmic(run, scoring, scoring.rhythm().get()));
        if (either) return Optional.of(notToldApart(run, scoring));
        return stated(run);
    }

    private Suspicion proved(Case run, Scoring scoring, CountVerdict verdict) {
        var loop = verdict.best().loop();
        var set = loop.set();
        double covered = (double) loop.steps() / set.batches();
        int period = period(scoring, loop);
        var phases = phases(run, period);
        double swing = phases.swing();
        double error = run.standardError(Math.min(0.999, run.rawValidationAccuracy().mean())).orElse(0.01);
        var severity = phases.share() >= MOST_OF_THE_VARIANCE && swing > 3 * error
                ? Severity.ERROR
                : 1 - covered > LEFT_OUT || phases.share() >= SOME_OF_THE_VARIANCE && phases.p() < SURE
                        ? Severity.WARNING
                        : Severity.INFO;
        var title = covered >= 0.85
                ? "Each epoch left out another part of your validation set"
                : "Each epoch scored another " + Loops.part(loop) + " of your validation set";
        var suspicion = Suspicion.of(illness(), severity, title);
        suspicion = suspicion.note(knowns(run, scoring));
        suspicion = suspicion.note(new Evidence.Inferred(inferred(run, loop, scoring)));
        suspicion = suspicion.sign(Grounds.COUNTS, scoring.nats(Coverage.MOVING), new Evidence.Inferred(
                proof(scoring, verdict)));
        if (scoring.rhythm().isPresent()) {
            suspicion = rhythmSign(suspicion, scoring.rhythm().get());
        }
        suspicion = cycle(run, scoring, suspicion);
        suspicion = suspicion.note(new Evidence.Computed(Say.format(
                "the phase of a %d-epoch cycle explains %s of the scatter, %s from best to worst", period,
                Say.percent(Math.max(0, phases.share())), Say.points(swing))));
        for (var consequence : consequences(run, scoring, period)) suspicion = suspicion.consequence(consequence);
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

    /// Over the whole run, or in the second half of a long one, where the learning curve itself no longer fills the variance.
    private static Phases phases(Case run, int period) {
        var values = run.rawValidationAccuracy().values();
        var all = Phases.of(values, period);
        if (values.length < 6 * period) return all;
        var late = Phases.of(Arrays.copyOfRange(values, values.length / 2, values.length), period);
        return late.share() > all.share() ? late : all;
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
        CountSearch.nextPowersOfTwo(digits, scoring.evaluations(), loop).ifPresent(next -> text
                .append(Say.format(", next best pair of sizes (%d and %d) %d", next.batch(), next.divisor(),
                        next.misses())));
        if (verdict.rivalMisses() >= 0) text.append(Say.format(" (%d over all sizes)", verdict.rivalMisses()));
        text.append(Say.format("; chance %s, %s after correcting for %d trials", Say.chance(verdict.best().chance()),
                Say.chance(verdict.corrected()), verdict.trials()));
        return text.toString();
    }

    private static Suspicion rhythmSign(Suspicion suspicion, Rhythm rhythm) {
        var text = rhythm.period() == 2
                ? Say.format(
                        "validation turns at %d of %d epochs (noise: 2 of 3), training at %d of %d and out of step",
                        rhythm.turns().turns(), rhythm.turns().interior(), rhythm.trainingTurns().turns(),
                        rhythm.trainingTurns().interior())
                : Say.format("%s repeats every %d epochs (autocorrelation %.2f), training does not", rhythm.metric(),
                        rhythm.period(), rhythm.autocorrelation());
        if (rhythm.trainingTurns().interior() == 0) {
            text = Say.format("%s repeats every %d epochs (autocorrelation %.2f)", rhythm.metric(), rhythm.period(),
                    rhythm.autocorrelation());
        }
        return suspicion.sign(Grounds.PERIOD, rhythm.nats(),
                new Evidence.Computed(text + "; chance " + Say.chance(rhythm.p())));
    }

    private List<String> consequences(Case run, Scoring scoring, int period) {
        var lines = new ArrayList<String>();
        var accuracy = run.rawValidationAccuracy();
        if (period == 2 && accuracy.size() >= 8) lines.add(halves(run));
        else
            lines.addAll(chunks(run, scoring));
        scoring.honest().ifPresent(honest -> {
            var late = honest.late().stream().mapToDouble(HonestCurve.Point::accuracy).toArray();
            lines.add(Say.format("the whole set would have scored about %.2f late in the run (%.3f to %.3f)",
                    Arrays.stream(late).average().orElse(Double.NaN), Arrays.stream(late).min().orElse(Double.NaN),
                    Arrays.stream(late).max().orElse(Double.NaN)));
            decisions(run, scoring, honest, lines);
        });
        return lines;
    }

    /// What odd and even epochs saw late in the run.
    private static String halves(Case run) {
        var late = run.rawValidationAccuracy().tail(Math.max(8, run.rawValidationAccuracy().size() / 3));
        var odd = new ArrayList<Double>();
        var even = new ArrayList<Double>();
        for (int i = 0; i < late.size(); i++) (late.epoch(i) % 2 == 1 ? odd : even).add(late.value(i));
        boolean shuffled = Loops.shuffled(run);
        boolean two = run.classes().filter(c -> c.value() == 2).isPresent() && !shuffled;
        return Say.format("odd epochs saw %s (%s), even epochs %s (%s)", two ? "class 0" : "one half", range(odd),
                two ? "class 1" : "the other", range(even));
    }

    private static String range(List<Double> values) {
        double low = values.stream().mapToDouble(v -> v).min().orElse(Double.NaN);
        double high = values.stream().mapToDouble(v -> v).max().orElse(Double.NaN);
        return high - low < 0.01 ? Say.format("%.3f", (low + high) / 2) : Say.format("%.2f to %.2f", low, high);
    }

    /// Which end of the list is hard.
    private static List<String> chunks(Case run, Scoring scoring) {
        var verdict = scoring.verdict();
        if (verdict.isEmpty() || !verdict.get().partial() || scoring.digits().isEmpty()) return List.of();
        var loop = verdict.get().best().loop();
        var parts = HonestCurve.chunks(scoring.digits().get(), scoring.evaluations(), loop,
                Math.min(11, loop.set().batches()));
        int worst = 0;
        int best = 0;
        for (int i = 1; i < parts.length; i++) {
            if (parts[i] < parts[worst]) worst = i;
            if (parts[i] > parts[best]) best = i;
        }
        return List.of(Say.format("hardest part of the list: images %d to %d (about %.2f); easiest: %d to %d (%.2f)",
                worst * loop.set().images() / parts.length + 1, (worst + 1) * loop.set().images() / parts.length,
                parts[worst], best * loop.set().images() / parts.length + 1,
                (best + 1) * loop.set().images() / parts.length, parts[best]));
    }

    /// What callbacks decided, or would have decided, on numbers that cannot be compared.
    private static void decisions(Case run, Scoring scoring, HonestCurve honest, List<String> lines) {
        var loss = run.rawValidationLoss();
        if (loss.isEmpty() || honest.points().stream().anyMatch(point -> point.loss().isEmpty())) return;
        int kept = Replay.kept(loss.values()).getLast();
        var best = honest.points().get(Replay.kept(honest.points().stream()
                .mapToDouble(point -> point.loss().orElseThrow()).toArray()).getLast());
        var epochs = scoring.epochsOf(best);
        boolean checkpoint = Loops.decides(run);
        lines.add(Say.format("%s epoch %d (%s %s), chosen by its part; the whole set prefers %s (%s, accuracy %.3f)",
                checkpoint ? "the checkpoint kept is" : "a best-only checkpoint would keep", loss.epoch(kept),
                run.run().evaluation("loss").printedAs(), Say.value(loss.value(kept)),
                Say.epochs(epochs[0], epochs[1]), Say.value(best.loss().orElseThrow()), best.accuracy()));
        run.facts().value(FactKey.REDUCE_LR).flatMap(rule -> rule.patience().isPresent()
                ? Optional.of((int) rule.patience().getAsLong())
                : Optional.empty()).ifPresent(patience -> {
                    var cuts = Replay.cuts(Math.max(1, patience), loss.values());
                    if (cuts.isEmpty()) return;
                    int cut = loss.epoch(cuts.getFirst());
                    lines.add(Say.format("the learning-rate cut at epoch %d was decided on those parts too", cut));
                });
    }

    /// The digits demand windows of two sizes in no fixed order: the iterator lives on, and a loader fetches ahead.
    private Suspicion irregular(Case run, Scoring scoring, MovingCounts found) {
        double left = 1 - (double) found.without() / found.set().images();
        var suspicion = Suspicion.of(illness(), left > LEFT_OUT ? Severity.WARNING : Severity.INFO,
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
        if (scoring.rhythm().isPresent()) suspicion = rhythmSign(suspicion, scoring.rhythm().get());
        for (var consequence : consequences(run, scoring, scoring.rhythm().map(Rhythm::period).orElse(3))) {
            suspicion = suspicion.consequence(consequence);
        }
        return suspicion.share(Math.max(0.3, left))
                .remedy(Say.format(Loops.REMEDY_STEPS, found.set().images()) + "\n" + Loops.REMEDY_RESET)
                .confirm("evaluate the same weights twice without training: the two numbers differ");
    }

    /// The digits give the numbers of images, although nobody says how large the set is.
    private Suspicion counted(Case run, Scoring scoring, AlternatingCounts found) {
        var phases = found.period().map(period -> phases(run, period));
        double share = phases.map(Phases::share).orElse(0.0);
        double error = run.standardError(Math.min(0.999, run.rawValidationAccuracy().mean())).orElse(0.01);
        boolean much = share >= MOST_OF_THE_VARIANCE && phases.orElseThrow().swing() > 3 * error;
        // Windows that differ by nothing: parts of a shuffled list, or a loader that fills its last batch from the start of the list.
        boolean seen = share >= SOME_OF_THE_VARIANCE && phases.orElseThrow().p() < SURE || !nearlyAlike(found.images());
        var suspicion = Suspicion.of(illness(), much ? Severity.ERROR : seen ? Severity.WARNING : Severity.INFO,
                "Each epoch scored another part of your validation set")
                .sign(Grounds.COUNTS, found.gain(), new Evidence.Inferred(Say.format(
                        "the printed values are shares of %s; one number for all epochs fits worse by odds of %s to 1",
                        found.words(), Say.chance(Math.exp(Math.min(600, found.gain()))))));
        if (scoring.rhythm().isPresent()) suspicion = rhythmSign(suspicion, scoring.rhythm().get());
        if (phases.isPresent()) {
            suspicion = suspicion.note(new Evidence.Computed(Say.format(
                    "the phase of a %d-epoch cycle explains %s of the scatter, %s from best to worst",
                    found.images().size(), Say.percent(Math.max(0, share)), Say.points(phases.get().swing()))));
        }
        for (var consequence : found.period().map(period -> consequences(run, scoring, period)).orElse(List.of())) {
            suspicion = suspicion.consequence(consequence);
        }
        return suspicion.share(Math.clamp(share, 0.3, 1)).remedy(
                "validation_steps=None          # or ceil(images / validation_generator.batch_size)\n"
                        + Loops.REMEDY_RESET)
                .confirm("evaluate the same weights twice without training: the two numbers differ");
    }

    private static boolean nearlyAlike(List<Long> images) {
        return Collections.min(images) > 0.9 * Collections.max(images);
    }

    private Suspicion rhythmic(Case run, Scoring scoring, Rhythm rhythm) {
        double error = run.standardError(Math.min(0.999, run.rawValidationAccuracy().mean())).orElse(0.01);
        boolean accuracy = !run.rawValidationAccuracy().isEmpty();
        var phases = accuracy ? phases(run, rhythm.period()) : rhythm.phases();
        var severity = phases.share() >= MOST_OF_THE_VARIANCE && (!accuracy || phases.swing() > 3 * error)
                ? Severity.ERROR
                : phases.share() >= (accuracy ? 1 : 3) * SOME_OF_THE_VARIANCE ? Severity.WARNING : Severity.INFO;
        var suspicion = rhythmSign(Suspicion.of(illness(), severity,
                Say.format("Validation has a cycle of %d epochs: each epoch scores another part of the set",
                        rhythm.period())),
                rhythm);
        suspicion = suspicion.note(new Evidence.Computed(
                Say.format("the phase explains %s of the scatter", Say.percent(Math.max(0, phases.share())))));
        if (accuracy && !scoring.proves(Coverage.FULL) && scoring.verdict().isEmpty()) {
            suspicion = suspicion.note(new Evidence.Inferred(
                    "the window cannot be counted: the size of the validation set is not in the log"));
        }
        for (var consequence : consequences(run, scoring, rhythm.period())) {
            suspicion = suspicion.consequence(consequence);
        }
        return suspicion.share(Math.clamp(phases.share(), 0.1, 1)).remedy(
                "validation_steps=None          # or ceil(images / validation_generator.batch_size)\n"
                        + Loops.REMEDY_RESET)
                .confirm("evaluate the same weights twice without training: the two numbers differ");
    }

    /// Where counts cannot tell a window that moves from one that stands still, the cycle that statements predict speaks for the former,
    /// many epochs without any rhythm for the latter.
    private static Suspicion cycle(Case run, Scoring scoring, Suspicion suspicion) {
        var predicted = PredictedCycle.of(run);
        if (scoring.rhythm().isEmpty() && predicted.isPresent()) return suspicion.sign(predicted.get().sign());
        boolean open = scoring.nats(Coverage.FIXED_PART) > scoring.nats(Coverage.MOVING) - 4;
        if (!open || scoring.rhythm().isPresent() || scoring.evaluations().length < 12) return suspicion;
        return suspicion.sign(Grounds.PERIOD, -3, new Evidence.Computed(
                "validation has no rhythm, which a window that moves over a list mostly makes"));
    }

    private Suspicion notToldApart(Case run, Scoring scoring) {
        var loop = scoring.verdict().orElseThrow().best().loop();
        double left = 1 - (double) loop.images(0) / loop.set().images();
        return cycle(run, scoring, Suspicion
                .of(illness(), left > LEFT_OUT ? Severity.WARNING : Severity.INFO,
                        "Each epoch scored another part of your validation set")
                .sign(Grounds.COUNTS, scoring.nats(Coverage.MOVING),
                        new Evidence.Inferred("a window that moves gives the same numbers of images")))
                .remedy("validation_steps=None\n" + Loops.REMEDY_RESET)
                .confirm("evaluate the same weights twice without training: the two numbers differ");
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
        if (cycle.isPresent()) suspicion = suspicion.sign(cycle.get().sign());
        return Optional.of(suspicion
                .remedy(Say.format(Loops.REMEDY_STEPS, loop.get().set().images()) + "\n" + Loops.REMEDY_RESET)
                .confirm("print(validation_generator.batch_size, len(validation_generator))"));
    }

    private Optional<Suspicion> audited(Case run, Audits audits) {
        if (audits.fewest() >= audits.setSize() || !audits.moves()) return Optional.empty();
        double share = (double) audits.fewest() / audits.setSize();
        var missed = audits.missed();
        var severity = missed.isEmpty() && 1 - share <= LEFT_OUT ? Severity.WARNING : Severity.ERROR;
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
        if (run.scoring().rhythm().isPresent()) suspicion = rhythmSign(suspicion, run.scoring().rhythm().get());
        if (!missed.isEmpty()) {
            suspicion = suspicion.consequence("some epochs never met " + String.join(", ", missed));
        }
        for (var consequence : consequences(run, run.scoring(),
                run.scoring().rhythm().map(Rhythm::period).orElse(2))) {
            suspicion = suspicion.consequence(consequence);
        }
        return Optional.of(suspicion.remedy("leave validationSteps out, so that every image is scored once")
                .confirm("evaluate the same weights twice without training: the two numbers differ"));
    }
}
