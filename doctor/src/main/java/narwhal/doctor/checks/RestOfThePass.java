package narwhal.doctor.checks;

import java.util.Optional;
import java.util.stream.Stream;
import narwhal.doctor.Case;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Say;
import narwhal.doctor.Sign;
import narwhal.doctor.forensics.CountScan;
import narwhal.doctor.forensics.Digits;
import narwhal.history.facts.FactKey;
import narwhal.history.log.Metric;
import narwhal.history.log.Series;

/// What the digits of accuracy say of the images behind it: later epochs saw only what was left of the source.
final class RestOfThePass {
    /// So many times as large a set is as good as none.
    private static final int SURELY = 50;
    /// A rest is a few batches.
    private static final int MOST_LEFT = 500;
    private static final int FEW_BATCHES = 8;

    private RestOfThePass() {
    }

    /// What the digits of all epochs but the first say.
    ///
    /// @param images by which all of them are divided, and the first is not
    private record Rest(long images, double nats, Evidence words) {
        Sign sign() {
            return new Sign(Grounds.COUNTS, nats, words);
        }
    }

    /// The first evaluation scored other images than all later ones, and those scored few: by then the source had little left.
    static Optional<Sign> validated(Case run) {
        return rests(run.run().evaluation(Metric.ACCURACY.name()))
                .filter(rest -> run.sizes().validationImages().filter(n -> n.value() <= 2 * rest.images).isEmpty())
                .findFirst().map(Rest::sign);
    }

    /// The same of training: later epochs see fewer images than they announce steps.
    static Optional<Sign> trained(Case run) {
        return rests(run.run().series(Metric.ACCURACY))
                .filter(rest -> run.sizes().trainingSteps().filter(steps -> rest.images < 2 * steps.value())
                        .isPresent())
                .findFirst().map(Rest::sign);
    }

    /// After the message, training accuracies that are shares of a few batches.
    static Optional<Sign> fewBatches(Case run) {
        var series = run.run().series(Metric.ACCURACY);
        var steps = run.sizes().trainingSteps();
        if (series.size() < 6 || !series.finite() || steps.isEmpty() || steps.get().value() < 2 * FEW_BATCHES)
            return Optional.empty();
        long batch = run.facts().value(FactKey.TRAINING_BATCH).orElse(32L);
        var later = Digits
                .of(new Series(series.metric(), series.printedAs(), series.points().subList(2, series.size())));
        for (int batches = 1; batches <= FEW_BATCHES; batches++) {
            long images = batches * batch;
            double nats = -Math.log(later.chance(images)) - Math.log(FEW_BATCHES);
            if (later.misses(images) > 0 || !(nats >= 4)) continue;
            return Optional.of(new Sign(Grounds.COUNTS, Math.min(12, nats), new Evidence.Inferred(Say.format(
                    "from epoch %d on all values of %s are some k/%d: %d batches of %d, where an epoch announces %d steps",
                    series.epochs()[2], series.printedAs(), images, batches, batch, steps.get().value()))));
        }
        return Optional.empty();
    }

    /// The rest may be met first in the second epoch, or in the third, where the second had what was left of the first pass.
    private static Stream<Rest> rests(Series series) {
        return Stream.of(1, 2).flatMap(first -> rest(series, first).stream());
    }

    private static Optional<Rest> rest(Series series, int first) {
        if (series.size() < first + 5 || !series.finite()) return Optional.empty();
        var later = new Series(series.metric(), series.printedAs(), series.points().subList(first, series.size()));
        var scan = CountScan.of(Digits.of(later));
        if (scan.isEmpty() || scan.get().lowest() != scan.get().highest() || scan.get().misses() > 0
                || scan.get().corrected() > 1e-6) {
            return Optional.empty();
        }
        long images = scan.get().images();
        if (images > MOST_LEFT) return Optional.empty();
        var all = Digits.of(series);
        // Digits that let 4,997 through let 5,000 through as well, and that may have the first value, too.
        if (CountScan.of(all).filter(whole -> whole.corrected() <= scan.get().corrected() * 1e3).isPresent()) {
            return Optional.empty();
        }
        // A set m times as large has all these values, too, and the first; that the later ones are multiples of m is luck of 1/m each.
        int times = 1;
        while (times < SURELY && !all.attainable(0, times * images)) times++;
        if (times == 1) return Optional.empty();
        return Optional.of(new Rest(images, Math.min(12, later.size() * Math.log(times) - 3),
                new Evidence.Inferred(Say.format(
                        "from epoch %d on all values of %s are some k/%d, and the first is not", later.epochs()[0],
                        later.printedAs(), images))));
    }
}
