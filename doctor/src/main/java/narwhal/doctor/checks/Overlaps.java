package narwhal.doctor.checks;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import narwhal.doctor.Case;
import narwhal.doctor.Curve;
import narwhal.doctor.Evidence;
import narwhal.doctor.Grounds;
import narwhal.doctor.Illness;
import narwhal.doctor.Say;
import narwhal.doctor.Severity;
import narwhal.doctor.Suspicion;
import narwhal.history.log.Series;

/// An overlap of masks is 1 at most, if masks are 0 and 1.
final class Overlaps {
    private static final double BEYOND = 1.02;
    private static final double FAR_BEYOND = 1.5;
    private static final List<String> OVERLAPS = List.of("dice", "iou", "jaccard", "f1");

    private Overlaps() {
    }

    static Optional<Suspicion> of(Case run) {
        return run.run().metrics().stream().filter(metric -> OVERLAPS.stream().anyMatch(metric.name()::startsWith))
                .filter(metric -> !metric.name().startsWith("f1") || !run.isClassification())
                .map(metric -> run.run().series(metric)).filter(Series::finite)
                .filter(series -> isBeyondOne(series.values(), run.loss()))
                .findFirst()
                .map(series -> LabelEncoding.finish(Suspicion.of(Illness.LABEL_ENCODING, Severity.ERROR,
                        "An overlap is larger than 1: the masks are not 0 and 1")
                        .sign(Grounds.LEVEL, 9, new Evidence.Printed(Say.format(
                                "%s is %s; twice what both share, over the sum of both, is 1 at most",
                                series.printedAs(), Say.value(series.values()[series.size() - 1]))))
                        .consequence("masks of 0 and 255 that were not divided do that")));
    }

    /// Above 1 where no percentage is: below 2.1 throughout or in three epochs, or growing from there while the loss is below zero. A single
    /// value has to be far above, beside a loss that no overlap makes.
    private static boolean isBeyondOne(double[] overlaps, Curve loss) {
        if (overlaps.length < 2)
            return overlaps.length == 1 && overlaps[0] > FAR_BEYOND && !loss.isEmpty() && loss.last() < -1;
        long beyond = Arrays.stream(overlaps).filter(value -> value > BEYOND && value < 2.1).count();
        boolean share = overlaps[0] < 2.1 && !loss.isEmpty() && loss.last() < 0;
        return beyond == overlaps.length || beyond >= 3
                || share && Arrays.stream(overlaps).filter(value -> value > BEYOND).count() >= 3;
    }
}
