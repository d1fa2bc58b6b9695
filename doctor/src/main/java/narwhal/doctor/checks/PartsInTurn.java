package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Say;
import narwhal.doctor.Scoring;
import narwhal.doctor.forensics.HonestCurve;
import narwhal.doctor.forensics.Replay;
import narwhal.history.facts.FactKey;

/// What follows from scores that were taken on another part of the validation set in each epoch.
final class PartsInTurn {
    private PartsInTurn() {
    }

    /// In words, for a cycle of so many epochs.
    static List<String> of(Case run, int period) {
        var scoring = run.scoring();
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
}
