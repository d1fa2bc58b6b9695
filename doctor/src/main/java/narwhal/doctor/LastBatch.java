package narwhal.doctor;

import java.util.Optional;
import narwhal.doctor.forensics.Digits;
import narwhal.history.log.Metric;

/// A loop that prints the accuracy of its last batch as that of the whole validation set: every value is a share of the few images that
/// full batches leave over.
///
/// @param images of the set
/// @param batch size
/// @param left images in the last batch
/// @param epochs whose values are such shares
public record LastBatch(long images, long batch, int left, int epochs) {
    private static final int MOST = 200;
    private static final int FEWEST_EPOCHS = 4;
    /// What chance may bring about.
    private static final double RARE = 1e-6;

    /// Such a loop, as the digits show it; empty where they do not, or where nobody says how many images and batches there are.
    static Optional<LastBatch> of(Case run) {
        var images = run.sizes().validationImages();
        var batch = run.sizes().batch();
        var series = run.run().evaluation(Metric.ACCURACY.name());
        if (images.isEmpty() || batch.isEmpty() || series.size() < FEWEST_EPOCHS || !series.finite())
            return Optional.empty();
        long left = images.get().value() % batch.get().value();
        if (left < 2 || left > MOST || images.get().value() < 2 * batch.get().value()) return Optional.empty();
        var digits = Digits.of(series);
        boolean all = digits.misses(left) == 0 && digits.chance(left) < RARE;
        return all
                ? Optional.of(new LastBatch(images.get().value(), batch.get().value(), (int) left, series.size()))
                : Optional.empty();
    }

    /// How it shows.
    public Evidence evidence() {
        return new Evidence.Inferred(Say.format(
                "all %d printed values are some k/%d, and %d images in batches of %d leave %d for the last one", epochs,
                left, images, batch, left));
    }
}
