package narwhal.doctor.checks;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.LongStream;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Say;
import narwhal.doctor.forensics.Digits;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;

/// Full epochs and epochs of a step or two in turn, as Keras 3 has them when steps_per_epoch is below the pass.
final class FullAndBriefEpochs {
    private static final int MANY = 10;
    /// With full digits a share of so many images, or fewer, is no chance.
    private static final int MOST_OF_ONE = 128;

    private FullAndBriefEpochs() {
    }

    static Optional<Evidence> of(Case run) {
        return alternating(run).or(() -> singleBatches(run));
    }

    private static Optional<Evidence> alternating(Case run) {
        var epochs = run.run().completeEpochs();
        if (epochs.size() < 4) return Optional.empty();
        var seconds = epochs.stream().flatMap(e -> e.seconds().stream().boxed()).toList();
        var done = epochs.stream().flatMap(e -> e.progress().stream()).filter(p -> p.target().isPresent())
                .map(p -> p.done() < p.target().orElse(0) / 2 ? 1 : 0).toList();
        if (done.size() == epochs.size() && done.stream().mapToInt(d -> d).sum() >= 2 && alternates(done)) {
            return Optional.of(new Evidence.Printed("every second epoch stops after a few steps"));
        }
        if (seconds.size() != epochs.size()) return Optional.empty();
        var brief = new ArrayList<Integer>();
        double usual = seconds.stream().mapToDouble(s -> s).max().orElse(0);
        for (double s : seconds)
            brief.add(s < 0.2 * usual && (usual >= 5 || usual >= 2 && seconds.size() >= MANY) ? 1 : 0);
        return brief.stream().mapToInt(d -> d).sum() >= 2 && alternates(brief)
                ? Optional.of(new Evidence.Printed("every second epoch takes a fraction of the usual time"))
                : Optional.empty();
    }

    /// The same where nothing but the values is kept: in every second epoch training accuracy is a share of one batch at most.
    private static Optional<Evidence> singleBatches(Case run) {
        var series = run.run().series(Metric.ACCURACY);
        long batch = run.facts().value(FactKey.TRAINING_BATCH).orElse(32L);
        if (batch > MOST_OF_ONE || series.size() < MANY || !series.finite() || !series.precise())
            return Optional.empty();
        var digits = Digits.of(series);
        var single = new ArrayList<Integer>();
        for (int e = 0; e < digits.size(); e++) single.add(isShareOfOne(digits, e, batch) ? 1 : 0);
        if (!alternates(single)) return Optional.empty();
        return Optional.of(new Evidence.Inferred(Say.format(
                "in every second epoch training accuracy is a share of %d images or fewer, one batch, and in no other",
                batch)));
    }

    private static boolean isShareOfOne(Digits digits, int e, long batch) {
        return LongStream.rangeClosed(1, batch).anyMatch(images -> digits.attainable(e, images));
    }

    private static boolean alternates(List<Integer> flags) {
        for (int i = 1; i < flags.size(); i++) if (flags.get(i).equals(flags.get(i - 1))) return false;
        return true;
    }
}
